"""What can go wrong before there is a database: always one sentence that says what to do."""


class DatabaseSetupError(Exception):
    """No usable database. The text is written for the person at the keyboard; no traceback helps them."""


class LocaleMissingError(DatabaseSetupError):
    """The server knows none of the locales that handle letters beyond ASCII."""
