"""What a provider of logins hands over, and what of it is believed (OpenID Connect Core 3.1.3.7).

allauth asks for the code with state and PKCE, and exchanges it. It does not look at the signature of an ID token that
comes straight from the provider, and knows no nonce. Here the token is always proven: signature by one of the
provider's published keys, issuer as configured, audience, expiry, and the nonce that this browser was sent away with.
"""

from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse

# Keys of two halves only: what verifies cannot sign, and "none" is no signature.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_MAY_DIFFER = 30  # seconds
LONGEST_SUBJECT = 191  # the column's


class ProvenLogin(SocialLogin):
    """Somebody whom the provider has vouched for. `claims`: of the ID token; they are read and not kept."""

    claims: Mapping[str, Any]

    def lookup(self) -> None:
        """Nothing: which user it is, is decided by `login_provider`, when everything has been looked at."""


class ProviderConversation(OpenIDConnectOAuth2Adapter):
    """The addresses of a provider, and what it answers."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be who we were told."""
        found: dict[str, Any] = super().openid_config
        if found.get("issuer") != self.issuer:
            raise OAuth2Error(f"the provider {self.provider_id} calls itself something else than it is configured as")
        return found

    @property
    def issuer(self) -> str:
        """As it is configured."""
        return str(self.get_provider().app.settings["server_url"])

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """Where the provider sends somebody back to."""
        return request.build_absolute_uri(reverse("provider_answer", args=[self.provider_id]))

    def complete_login(self, request: HttpRequest, app: Any, token: object, **kwargs: Any) -> ProvenLogin:
        """The login that an answer proves. Raises OAuth2Error where it does not."""
        claims = proven_claims(
            str(kwargs["response"].get("id_token", "")),
            keys=self._published_keys(),
            issuer=self.issuer,
            client_id=app.client_id,
        )
        provider = self.get_provider()
        account = SocialAccount(provider=provider.sub_id, uid=claims["sub"], extra_data={})
        login = ProvenLogin(account=account, provider=provider)
        login.claims = claims
        return login

    def _published_keys(self) -> dict[str, Any]:
        from allauth.socialaccount.adapter import get_adapter

        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        return found


class StaffProvider(OpenIDConnectProvider):
    """A provider of staff's logins, which is talked to as above."""

    oauth2_adapter_class = ProviderConversation


def proven_claims(token: str, *, keys: dict[str, Any], issuer: str, client_id: str) -> dict[str, Any]:
    """What a token says, when everything about it is right. Raises OAuth2Error where anything is not."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _signer(token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=CLOCKS_MAY_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error(f"the ID token is not to be trusted: {error}") from error
    if claims.get("azp", client_id) != client_id:
        raise OAuth2Error("the ID token was made for another client")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise OAuth2Error("the ID token's subject is empty or too long")
    return claims


def _signer(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The published key that the token names; the only one, where it names none."""
    published = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    named = jwt.get_unverified_header(token).get("kid")
    found = [key for key in published if named is None or key.key_id == named]
    if len(found) != 1:
        raise jwt.InvalidKeyError(f"{len(found)} of the published keys fit")
    return found[0]
