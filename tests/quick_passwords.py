"""Passwords that are quick to look at: the program's take half a second each, so that guessing takes long."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickPasswords(PBKDF2PasswordHasher):
    """The program's own way, once over."""

    algorithm = "pbkdf2_sha256_quick"
    iterations = 1
