"""Logging in and out, and the choice of language. In the demo a user is chosen with one click."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fotfeste.access.public import DEMO_USERS, KINDS_ON_THE_WAY, Role, demo_users
from fotfeste.directory.public import OrganisationKind, User
from fotfeste.platform.typed import CARRIED, carried, kept_page, unpacked, whose
from fotfeste.web.login_begun import begin_session, way_of
from fotfeste.web.login_password import PasswordForm
from fotfeste.web.login_typed import forget_key, unseal
from fotfeste.web.next_page import next_page
from fotfeste.web.sessions import end_sessions_of
from fotfeste.web.words import role_name

LANGUAGE_COOKIE_DAYS = 365
OUT = "ut_av"  # by which provider somebody had come who has just logged out


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the ways to log in that this installation has; log in with name and password, where that is one of them."""
    if request.method != "POST":
        return _login_page(request, PasswordForm(request))
    if not settings.HAS_PASSWORDS:
        raise Http404
    form = PasswordForm(request, data=request.POST)
    if form.is_valid():
        begin_session(request, form.get_user(), "password")
        return _go_on(request)
    response = _login_page(request, form, form.status, request.POST.get(CARRIED, ""))
    if seconds := form.seconds_to_wait(request.at):  # type: ignore[attr-defined]
        response.headers["Retry-After"] = str(seconds)
    return response


def ask_to_log_in(request: HttpRequest, target: str) -> HttpResponse:
    """The login for somebody who sent a form after their session had ended; what they typed goes along, unseen.

    Fills the slot of `platform.views`. `target`: where the form belongs.
    """
    typed = carried(request.POST)
    return _login_page(request, PasswordForm(request), 403, typed, target if typed else next_page(request))


def _login_page(
    request: HttpRequest, form: PasswordForm, status: int = 200, typed: str = "", target: str = ""
) -> HttpResponse:
    context = {
        "form": form if settings.HAS_PASSWORDS else None,
        "demo_groups": _demo_groups() if settings.IS_DEMO else [],
        "providers": settings.LOGIN_PROVIDERS,
        "still_in": [each for each in settings.LOGIN_PROVIDERS if each.name == request.GET.get(OUT)],
        "next": target or next_page(request),
        "carried": typed,
    }
    return render(request, "web/login.html", context, status=status)


def _go_on(request: HttpRequest) -> HttpResponse:
    """Where somebody who has just logged in wanted to go, with what they had typed there."""
    return resumed_page(request, next_page(request), unpacked(request.POST.get(CARRIED, "")))


@require_GET
def resume_typed(request: HttpRequest) -> HttpResponse:
    """Back from the provider: where somebody wanted to go, with what they had typed there."""
    if not request.user.is_authenticated:
        return redirect("login")
    response = resumed_page(request, *unseal(request))
    forget_key(response)
    return response


def resumed_page(request: HttpRequest, target: str, pairs: Sequence[tuple[str, str]]) -> HttpResponse:
    """What somebody had typed before they logged in, if they themselves had; else the page they wanted."""
    if not pairs or target == "/":
        return redirect(target)
    if whose(dict(pairs)) != request.user.pk:
        messages.warning(request, _("Skjemaet var åpnet av noen andre. Det som sto der, er ikke tatt med."))
        return redirect(target)
    return kept_page(
        request,
        status=200,
        title=_("Du er logget inn igjen"),
        sentences=[_("Det du skrev, er ikke borte, men ingenting er lagret ennå.")],
        again=(target, pairs),
    )


def form_was_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer counts: somebody logged in anew since it was opened, or it came from elsewhere.

    One from our own pages is shown again with what was typed; of one from elsewhere nothing is repeated.
    """
    if not _is_from_here(request):
        return render(request, "403_csrf.html", status=403)
    if not request.user.is_authenticated:
        return ask_to_log_in(request, request.get_full_path())
    if whose(request.POST) != request.user.pk:
        return render(request, "403_csrf.html", status=403)
    return kept_page(
        request,
        status=403,
        title=_("Siden var åpen for lenge"),
        sentences=[_("Du har logget inn på nytt siden du åpnet siden. Ingenting er lagret ennå.")],
        again=(request.get_full_path(), unpacked(carried(request.POST))),
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on one of our own pages."""
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", "") == here or request.headers.get("Referer", "").startswith(f"{here}/")


@require_POST
def choose_demo_user(request: HttpRequest) -> HttpResponse:
    """Log in as a demo user; there is no such thing outside the demo."""
    chosen = request.POST.get("username", "")
    if not settings.IS_DEMO or not chosen.startswith(DEMO_USERS):
        raise Http404
    user = get_object_or_404(User, username=chosen, is_active=True)
    begin_session(request, user, "demo")
    return _go_on(request)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, and the user's others: what is open on a phone or at another desk is closed too.

    A user of the demo is many visitors, who do not log each other out. Whoever came by a provider is told that they
    are still logged in there.
    """
    way = way_of(request)
    user_id = request.user.pk
    logout(request)
    if user_id is not None and not settings.IS_DEMO:
        end_sessions_of(user_id)
    return redirect(f"{reverse('login')}?{urlencode({OUT: way})}" if way else "login")


@require_http_methods(["GET", "POST"])
def session_left(request: HttpRequest) -> HttpResponse:
    """How many seconds the session lasts; a POST lets it go on. Asking alone does not."""
    seconds = request.session.seconds_left() if request.user.is_authenticated else 0  # type: ignore[attr-defined]
    return JsonResponse({"seconds": seconds})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(next_page(request))
    if language in dict(settings.LANGUAGES):
        activate(language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=LANGUAGE_COOKIE_DAYS * 24 * 3600,
            httponly=True,
            samesite="Lax",
        )
    return response


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """The demo users of one kind of organisation: what it does on the household's way, and who can be chosen."""

    title: str
    part: str
    users: Sequence[Mapping[str, str]]


def _demo_groups() -> list[DemoGroup]:
    """The users by kind of organisation, in the order in which a household meets them."""
    words = {
        OrganisationKind.POLICE: (_("Politiet"), _("Registrerer dem som kommer.")),
        OrganisationKind.UDI: (_("UDI"), _("Plasserer dem på mottak og gir tillatelse.")),
        OrganisationKind.CENTRE: (_("Mottakene"), _("Gir senger, holder bosettingssamtalen og avtaler reisen.")),
        OrganisationKind.IMDI: (_("IMDi"), _("Finner en kommune og gir tilbudet.")),
        OrganisationKind.MUNICIPALITY: (_("Kommunene"), _("Svarer på forespørsler og tar imot dem.")),
    }
    users = _demo_users()
    groups = [DemoGroup(*words[kind], [each for each in users if each["kind"] == kind]) for kind in KINDS_ON_THE_WAY]
    return [group for group in groups if group.users]


def _demo_users() -> list[dict[str, str]]:
    return [
        {
            "username": a.user.username,
            "name": a.user.name,
            "kind": a.user.organisation.kind,
            "organisation": a.user.organisation.name,
            "role": role_name(Role(a.role)),
        }
        for a in demo_users()
    ]
