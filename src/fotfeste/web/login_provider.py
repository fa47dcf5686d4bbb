"""Login by a provider (OpenID Connect, authorisation code with PKCE): to the provider, and back with its answer."""

import logging
import secrets
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.directory.public import User
from fotfeste.platform.typed import CARRIED
from fotfeste.web.login_begun import LoginRefused, begin_session, check_may_log_in
from fotfeste.web.login_refused import refused_page
from fotfeste.web.login_tokens import ProvenLogin, ProviderConversation, StaffProvider
from fotfeste.web.login_typed import seal
from fotfeste.web.next_page import next_page
from fotfeste.web.providers import LoginProvider

logger = logging.getLogger("fotfeste.login")
UNREACHABLE = (OAuth2Error, requests.RequestException)


def provider_named(name: str) -> LoginProvider:
    """The provider of this name. Raises Http404 where the installation has none."""
    for provider in settings.LOGIN_PROVIDERS:
        if provider.name == name:
            return provider
    raise Http404


class ConfiguredProviders(DefaultSocialAccountAdapter):
    """What allauth asks of us: only what the environment names is a provider, and every login ends here."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> StaffProvider:
        """The provider of this name, never one from a row in the database."""
        found = provider_named(provider)
        app = SocialApp(
            provider=StaffProvider.id,
            provider_id=found.name,
            name=found.label,
            client_id=found.client_id,
            secret=found.client_secret,
            settings={"server_url": found.issuer, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
        )
        return StaffProvider(request, app=app)

    def pre_social_login(self, request: HttpRequest, sociallogin: ProvenLogin) -> None:
        """Log in whom the provider vouches for, or say why not. Answers always: nothing of allauth follows."""
        raise ImmediateHttpResponse(_let_in(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: StaffProvider, error: str = "", exception: Any = None, **_more: object
    ) -> None:
        """The page for an answer that proves nothing: not asked for by this browser, wrong, too late, or a no."""
        name = provider.app.provider_id
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(refused_page(request, "cancelled", name))
        why = str(exception or error).partition(": b'")[0]  # what the provider answered may hold a token
        logger.warning("login not proven", extra={"fields": {"provider": name, "why": why}})
        code = "unreachable" if isinstance(exception, requests.RequestException) else "not_proven"
        raise ImmediateHttpResponse(refused_page(request, code, name))


@require_http_methods(["GET", "POST"])
def begin_login(request: HttpRequest, name: str) -> HttpResponse:
    """Send somebody to the provider. What they had typed waits here until they are back.

    A form may not lead away from our pages (form-action), so that what is sent is answered by a page that goes on.
    """
    provider = provider_named(name)
    target = next_page(request)
    if request.method == "POST":
        here = reverse("begin_login", args=[name])
        return _kept_and_on(request, provider, f"{here}?{urlencode({'next': reverse('resume_typed')})}", target)
    nonce = secrets.token_urlsafe(24)
    asked = {"nonce": nonce, "acr_values": " ".join(provider.acr)}
    try:
        answer = ConfiguredProviders(request).get_provider(request, name)
        found: HttpResponse = answer.redirect(request, "login", next_url=target, auth_params=asked, nonce=nonce)
    except UNREACHABLE as error:
        logger.warning("provider unreachable", extra={"fields": {"provider": name, "why": type(error).__name__}})
        return refused_page(request, "unreachable", name)
    return found


def _kept_and_on(request: HttpRequest, provider: LoginProvider, onward: str, target: str) -> HttpResponse:
    response = render(request, "web/to_provider.html", {"provider": provider, "onward": onward})
    seal(request, response, target, request.POST.get(CARRIED, ""))
    return response


@require_GET
def provider_answer(request: HttpRequest, name: str) -> HttpResponse:
    """Somebody comes back from the provider: allauth checks the state and fetches the tokens with the verifier."""
    provider_named(name)
    view = OAuth2CallbackView.adapter_view(ProviderConversation(request, name))
    answer: HttpResponse = view(request)
    return answer


@require_GET
def log_out_at_provider(request: HttpRequest, name: str) -> HttpResponse:
    """Send somebody to where the provider ends its own session; to our login where it has no such place."""
    provider = provider_named(name)
    login_page = request.build_absolute_uri(reverse("login"))
    try:
        place = ProviderConversation(request, name).openid_config.get("end_session_endpoint")
    except UNREACHABLE:
        return refused_page(request, "unreachable", name)
    asked = urlencode({"client_id": provider.client_id, "post_logout_redirect_uri": login_page})
    return HttpResponseRedirect(f"{place}?{asked}" if place else login_page)


def _let_in(request: HttpRequest, proven: ProvenLogin) -> HttpResponse:
    provider = provider_named(proven.account.provider)
    try:
        user = _user_of(request, provider, proven)
    except LoginRefused as refused:
        fields = {"provider": provider.name, "why": refused.code}
        logger.warning("login refused", extra={"fields": fields})
        return refused_page(request, refused.code, provider.name)
    begin_session(request, user, provider.name)
    return redirect(proven.state.get("next") or "/")


def _user_of(request: HttpRequest, provider: LoginProvider, proven: ProvenLogin) -> User:
    """The user that a proven login is. Raises LoginRefused."""
    sent = str(proven.state.get("nonce") or "")
    if not sent or not secrets.compare_digest(sent, str(proven.claims.get("nonce", ""))):
        raise LoginRefused("not_proven")
    if proven.claims.get("acr") not in provider.acr:
        raise LoginRefused("too_weak")
    with transaction.atomic():
        account = SocialAccount.objects.filter(provider=provider.name, uid=proven.account.uid).first()
        found = _tied(account) if account else _named(provider, proven)
        if found is not None and not provider.speaks_for(found.organisation.reference):
            raise LoginRefused("unknown")
        user = check_may_log_in(found, request.day)  # type: ignore[attr-defined]
        SocialAccount.objects.get_or_create(provider=provider.name, uid=proven.account.uid, defaults={"user": user})
    return user


def _tied(account: SocialAccount) -> User | None:
    return User.objects.select_related("organisation").filter(pk=account.user_id).first()


def _named(provider: LoginProvider, proven: ProvenLogin) -> User | None:
    """The user whom an administrator has made for somebody who comes for the first time, by the configured claim.

    From then on the subject counts and the name does not: one who is tied already is nobody else's.
    """
    username = proven.claims.get(provider.username_claim)
    if not isinstance(username, str):
        return None
    users = User.objects.select_related("organisation").select_for_update(of=("self",))
    user = users.filter(username=username).first()
    tied = SocialAccount.objects.filter(provider=provider.name, user=user).first() if user else None
    return None if tied and tied.uid != proven.account.uid else user
