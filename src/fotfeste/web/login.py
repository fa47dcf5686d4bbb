"""Logging in and out, and the choice of language. In the demo a user is chosen with one click."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.public import KINDS_ON_THE_WAY, Role, demo_users
from fotfeste.directory.public import OrganisationKind, User
from fotfeste.platform.typed import CARRIED, carried, kept_page, unpacked, whose
from fotfeste.web.words import role_name

LANGUAGE_COOKIE_DAYS = 365


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the login form and, in the demo, the users to choose from; log in with name and password."""
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return _go_on(request)
    return _login_page(request, form, 422 if request.method == "POST" else 200, request.POST.get(CARRIED, ""))


def ask_to_log_in(request: HttpRequest, target: str) -> HttpResponse:
    """The login for somebody who sent a form after their session had ended; what they typed goes along, unseen.

    Fills the slot of `platform.views`. `target`: where the form belongs.
    """
    typed = carried(request.POST)
    return _login_page(request, AuthenticationForm(request), 403, typed, target if typed else _next(request))


def _login_page(
    request: HttpRequest, form: AuthenticationForm, status: int, typed: str, target: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "demo_groups": _demo_groups() if settings.IS_DEMO else [],
        "next": target or _next(request),
        "carried": typed,
    }
    return render(request, "web/login.html", context, status=status)


def _go_on(request: HttpRequest) -> HttpResponse:
    """Where somebody who has just logged in wanted to go; what they themselves had typed comes back."""
    pairs = unpacked(request.POST.get(CARRIED, ""))
    if not pairs or _next(request) == "/":
        return redirect(_next(request))
    if whose(dict(pairs)) != request.user.pk:
        messages.warning(request, _("Skjemaet var åpnet av noen andre. Det som sto der, er ikke tatt med."))
        return redirect(_next(request))
    return kept_page(
        request,
        status=200,
        title=_("Du er logget inn igjen"),
        sentences=[_("Det du skrev, er ikke borte, men ingenting er lagret ennå.")],
        again=(_next(request), pairs),
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
    user = User.objects.filter(username=request.POST.get("username", ""), is_active=True).first()
    if not settings.IS_DEMO or user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return _go_on(request)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("login")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_next(request))
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


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return target
    return "/"


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
