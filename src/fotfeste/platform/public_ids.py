"""Random public references for addresses: nobody can guess one from another."""

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, without letters that read as digits


def new_reference() -> str:
    """A reference of 12 characters (60 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))
