"""Logging in and out, and the choice of language. In the demo a user is chosen with one click."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.public import Role, RoleAssignment
from fotfeste.directory.public import User
from fotfeste.web.words import role_name

LANGUAGE_COOKIE_DAYS = 365


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the login form and, in the demo, the users to choose from; log in with name and password."""
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request))
    context = {"form": form, "demo_users": _demo_users() if settings.IS_DEMO else [], "next": _next(request)}
    return render(request, "web/login.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def choose_demo_user(request: HttpRequest) -> HttpResponse:
    """Log in as a demo user; there is no such thing outside the demo."""
    user = User.objects.filter(username=request.POST.get("username", ""), is_active=True).first()
    if not settings.IS_DEMO or user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_next(request))


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


def _demo_users() -> list[dict[str, str]]:
    assignments = (
        RoleAssignment.objects.filter(user__is_active=True, user__username__startswith="demo-")
        .select_related("user__organisation")
        .order_by("user__organisation__kind", "user__organisation__sort_key", "user__username")
    )
    return [
        {
            "username": a.user.username,
            "name": a.user.name,
            "organisation": a.user.organisation.name,
            "role": role_name(Role(a.role)),
        }
        for a in assignments
    ]
