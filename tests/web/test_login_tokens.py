"""ID tokens: believed when signed by a published key of the provider, and not otherwise."""

import base64
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from fotfeste.web.login_tokens import proven_claims

ISSUER, CLIENT = "https://login.example.no", "fotfeste"
OURS, THEIRS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def published(*keys: tuple[str, rsa.RSAPrivateKey]) -> dict[str, Any]:
    """The keys as a provider publishes them, under these names."""
    rows = [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid} for kid, key in keys]
    return {"keys": rows}


def claims(**changes: object) -> dict[str, Any]:
    """What a good token says."""
    at = int(datetime.now(UTC).timestamp())
    return {"iss": ISSUER, "aud": CLIENT, "sub": "1", "iat": at, "exp": at + 300} | changes


def proven(token: str, keys: dict[str, Any]) -> dict[str, Any]:
    """What is believed of it."""
    return proven_claims(token, keys=keys, issuer=ISSUER, client_id=CLIENT)


def test_a_good_token_is_believed() -> None:
    token = jwt.encode(claims(), OURS, "RS256", {"kid": "a"})
    assert proven(token, published(("a", OURS)))["sub"] == "1"


def test_one_without_a_key_name_is_believed_where_there_is_one_key() -> None:
    token = jwt.encode(claims(), OURS, "RS256")
    assert proven(token, published(("a", OURS)))["sub"] == "1"
    with pytest.raises(OAuth2Error):
        proven(token, published(("a", OURS), ("b", THEIRS)))


@pytest.mark.parametrize("kid", ["a", "b"])
def test_one_that_somebody_else_signed_is_not(kid: str) -> None:
    token = jwt.encode(claims(), THEIRS, "RS256", {"kid": kid})
    with pytest.raises(OAuth2Error, match="not to be trusted"):
        proven(token, published(("a", OURS)))


def forged(algorithm: str, key: bytes) -> str:
    """A token that no library would make: unsigned, or signed with a secret that is none."""
    parts = [json.dumps({"alg": algorithm, "kid": "a"}).encode(), json.dumps(claims()).encode()]
    said = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    signature = hmac.digest(key, said, "sha256") if key else b""
    return (said + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def test_one_that_nobody_signed_is_not() -> None:
    with pytest.raises(OAuth2Error, match="not to be trusted"):
        proven(forged("none", b""), published(("a", OURS)))


@pytest.mark.parametrize("encoding", [serialization.Encoding.DER, serialization.Encoding.PEM])
def test_one_signed_with_what_everybody_can_read_is_not(encoding: serialization.Encoding) -> None:
    everybodys = OURS.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(OAuth2Error, match="not to be trusted"):
        proven(forged("HS256", everybodys), published(("a", OURS)))


@pytest.mark.parametrize("text", ["", "a.b.c", "x"])
def test_what_is_no_token_is_not(text: str) -> None:
    with pytest.raises(OAuth2Error, match="not to be trusted"):
        proven(text, published(("a", OURS)))


@pytest.mark.parametrize("lacking", ["iss", "aud", "sub", "iat", "exp"])
def test_one_that_says_too_little_is_not(lacking: str) -> None:
    said = {name: value for name, value in claims().items() if name != lacking}
    with pytest.raises(OAuth2Error, match="not to be trusted"):
        proven(jwt.encode(said, OURS, "RS256", {"kid": "a"}), published(("a", OURS)))


def test_a_subject_that_is_too_long_to_keep_is_refused() -> None:
    token = jwt.encode(claims(sub="1" * 192), OURS, "RS256", {"kid": "a"})
    with pytest.raises(OAuth2Error, match="subject"):
        proven(token, published(("a", OURS)))


def test_no_key_published_is_no_reason_to_believe() -> None:
    with pytest.raises(OAuth2Error, match="not to be trusted"):
        proven(jwt.encode(claims(), OURS, "RS256", {"kid": "a"}), {"keys": []})
