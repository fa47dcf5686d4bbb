"""PostgreSQL, embedded or given: where it is, how it starts, who logs in, how it is backed up.

For everyone who needs a database address: the commands, the settings, the tests. Without `DATABASE_URL` a
server of our own is started from the wheel's programs, shared by all commands of this project and stopped by
the last of them; with it, a given PostgreSQL (15 or later) is used. Two login roles always: the *owner* makes
tables, loads and backs up, and sees every row; the *app* owns nothing and is held by row-level security.
There is no Django here, so that the server is up before Django reads its settings.
"""

from fotfeste.platform.postgres.archive import backup, recreate, restore
from fotfeste.platform.postgres.errors import DatabaseSetupError
from fotfeste.platform.postgres.grants import grant_app
from fotfeste.platform.postgres.lease import Lease, Urls, ensure, export, export_for_tests, provide_for_tests
from fotfeste.platform.postgres.urls import url_to_django

__all__ = [
    "DatabaseSetupError",
    "Lease",
    "Urls",
    "backup",
    "ensure",
    "export",
    "export_for_tests",
    "grant_app",
    "provide_for_tests",
    "recreate",
    "restore",
    "url_to_django",
]
