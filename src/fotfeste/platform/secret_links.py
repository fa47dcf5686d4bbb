"""Secrets in addresses: what lets somebody in who has no login. Only what is made of one is kept, never the secret.

A secret has 160 bits, so that nobody guesses one, and letters and digits that are not taken for each other, so that it
can be typed from paper. Logs blank it (`platform.logs`).
"""

import base64
import hashlib
import hmac
import re
import secrets

from cryptography.fernet import Fernet, InvalidToken

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, as in public references
LENGTH = 32
IN_TEXT = re.compile(rf"(?<![0-9a-z])[{_ALPHABET}]{{{LENGTH}}}(?![0-9a-z])")


def new_secret() -> str:
    """A secret of 32 characters (160 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))


def is_secret(text: str) -> bool:
    """Whether a text that came from outside could be a secret of ours."""
    return len(text) == LENGTH and set(text) <= set(_ALPHABET)


def digest_of(secret: str) -> str:
    """By which the row of a secret is found: the same each time, and nobody gets from it to the secret."""
    return _made_of(secret, "find").hex()


def seal(secret: str, content: bytes) -> bytes:
    """The content as only those can read it who have the secret."""
    return Fernet(_key(secret)).encrypt(content)


def unseal(secret: str, sealed: bytes | memoryview) -> bytes:
    """What was sealed with the secret. Raises ValueError for another's."""
    try:
        return Fernet(_key(secret)).decrypt(bytes(sealed))
    except InvalidToken as error:
        message = "sealed with another secret"
        raise ValueError(message) from error


def without_secrets(text: str) -> str:
    """The text with every secret blanked."""
    return IN_TEXT.sub("[hemmelig]", text)


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(_made_of(secret, "seal"))


def _made_of(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), f"fotfeste.secret_links.{purpose}".encode(), hashlib.sha256).digest()
