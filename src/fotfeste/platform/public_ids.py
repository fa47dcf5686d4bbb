"""Random public references for addresses: nobody can guess one from another."""

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, without letters that read as digits
_LENGTH = 12


def new_reference() -> str:
    """A reference of 12 characters (60 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def is_reference(text: str) -> bool:
    """Whether a text that came from outside could be a reference of ours."""
    return len(text) == _LENGTH and set(text) <= set(_ALPHABET)
