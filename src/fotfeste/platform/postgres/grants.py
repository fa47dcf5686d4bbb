"""What the app role may do: read and write rows. It owns nothing, empties nothing, changes no structure."""

from typing import Protocol


class Executes(Protocol):
    """A cursor, of psycopg or of Django."""

    def execute(self, query: str) -> object:
        """Run one statement."""
        ...


def grant_app(cursor: Executes, app_role: str) -> None:
    """Give the app role its rights on everything in the schema, and on what the owner makes later."""
    role = '"' + app_role.replace('"', '""') + '"'
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ):
        cursor.execute(statement)
