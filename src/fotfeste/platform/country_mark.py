"""How a database says of itself that it holds a country of the demo: a comment on its schema.

It travels with backups, and only the owner of the database writes it. Nobody in such a country exists.
"""

from typing import Any

LOADING, LOADED = "Fotfeste demo, loading", "Fotfeste demo"
READ_MARK = "SELECT obj_description('public'::regnamespace, 'pg_namespace')"


def is_marked(cursor: Any) -> bool:
    """Whether the cursor's database holds a whole country of the demo. One query."""
    cursor.execute(READ_MARK)
    return bool(cursor.fetchone()[0] == LOADED)
