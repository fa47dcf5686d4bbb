"""What the app role may do: read and write rows. It owns nothing, empties nothing, changes no structure."""

from typing import Any, Protocol

TABLE_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
SEQUENCE_RIGHTS = "USAGE"
# What everything rests on: what the acts do to these tables, and no more. The rest is for functions of the owner's.
NARROWER: dict[str, str] = {
    "access_subject": "SELECT, INSERT",
    "access_need": "SELECT, INSERT",
    "access_emergencyaccess": "SELECT, INSERT",
    "access_look": "SELECT, INSERT",
    "access_lookreview": "SELECT, INSERT",
    "access_protection": "SELECT",  # written by the functions of registry/migrations/0003_protected.py
    "access_clearance": "SELECT",
    # What a plan was computed from and proposed stays: its state moves on, a proposal is sent.
    "allocation_plan": "SELECT, INSERT, UPDATE",
    "allocation_proposal": "SELECT, INSERT, UPDATE",
    "allocation_policyversion": "SELECT, INSERT",
    "allocation_whatif": "SELECT, INSERT, UPDATE",
    # What was decided ahead of plans is taken back, never away.
    "allocation_steeredgroup": "SELECT, INSERT, UPDATE",
    "allocation_closedmunicipality": "SELECT, INSERT, UPDATE",
    # What is in the books stays. Lines and totals are written by functions of ledger/migrations/0002_fence.py.
    "ledger_run": "SELECT, INSERT, UPDATE",
    "ledger_line": "SELECT",
    "ledger_linecorrection": "SELECT",
    "ledger_refusal": "SELECT",
    "ledger_runtotal": "SELECT",
    "ledger_payment": "SELECT, INSERT",
    "ledger_claim": "SELECT, INSERT, UPDATE",
    "ledger_claimpart": "SELECT, INSERT",
    "ledger_claimsettlement": "SELECT, INSERT",
    "platform_event": "SELECT, INSERT",
    "platform_feedcounter": "SELECT",
    "retention_run": "SELECT",  # what retention does, it does as the owner
    "retention_runline": "SELECT",
    "retention_notice": "",
    "retention_gone": "",
    # What was asked, sent and answered stays; the state moves on.
    "self_settlement_request": "SELECT, INSERT, UPDATE",
    "self_settlement_home": "SELECT, INSERT, UPDATE",
    "settlement_municipalityyear": "SELECT, INSERT, UPDATE",  # a decision is said anew, never taken away
    "socialaccount_socialaccount": "SELECT, INSERT",  # which subject of a provider a user is: tied once
    "web_loginattempt": "SELECT, INSERT, DELETE",
    "alternative_doorattempt": "SELECT, INSERT, DELETE",
}
# Functions with the owner's rights: made, they are open to all.
_FUNCTIONS = """
    SELECT string_agg(format(
        'REVOKE ALL ON FUNCTION %%1$s FROM PUBLIC; GRANT EXECUTE ON FUNCTION %%1$s TO %%2$I', p.oid::regprocedure, r.app
    ), '; ')
    FROM pg_proc p CROSS JOIN (SELECT %s::text AS app) r
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
"""


class Cursor(Protocol):
    """A cursor of psycopg or of Django, logged in as the owner."""

    def execute(self, query: Any, params: Any = ..., /) -> object:
        """Run one statement."""
        ...

    def fetchone(self) -> Any:
        """The next row of its answer."""
        ...


def grant_app(cursor: Cursor, app_role: str) -> None:
    """Give the app role its rights in the cursor's database; run after each migrate.

    It may read and change rows and draw numbers from sequences; never TRUNCATE, REFERENCES or TRIGGER, and
    Django's list of migrations is for reading. Functions that look past row-level security are open to the app role
    and to nobody else; others are open to all, as PostgreSQL has it.
    A need can only be opened, an event only be written, a subject only be made, a look only be written;
    of what retention does, only the counts can be read.
    Tables that stand are granted once, those that come later through default privileges, so that a REVOKE in a
    migration holds: the next run does not undo it.
    """
    role = '"' + app_role.replace('"', '""') + '"'
    cursor.execute("SELECT quote_ident(current_database())")
    (database,) = cursor.fetchone()
    cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {role}")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    if not _has_default_rights(cursor, app_role):
        for rights, things in ((TABLE_RIGHTS, "TABLES"), (SEQUENCE_RIGHTS, "SEQUENCES")):
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {things} TO {role}")
            cursor.execute(f"GRANT {rights} ON ALL {things} IN SCHEMA public TO {role}")
    if _has_table(cursor, "django_migrations"):
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {role}")
    for table, rights in NARROWER.items():
        if _has_table(cursor, table):
            cursor.execute(f"REVOKE ALL ON public.{table} FROM {role}")
            if rights:
                cursor.execute(f"GRANT {rights} ON public.{table} TO {role}")
    cursor.execute(_FUNCTIONS, [app_role])
    (functions,) = cursor.fetchone()
    if functions:
        cursor.execute(functions)


def _has_table(cursor: Cursor, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{table}"])
    return bool(cursor.fetchone()[0])


def _has_default_rights(cursor: Cursor, app_role: str) -> bool:
    cursor.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_default_acl AS d, aclexplode(d.defaclacl) AS right_given"
        " WHERE d.defaclnamespace = 'public'::regnamespace AND pg_get_userbyid(d.defaclrole) = current_user"
        " AND d.defaclobjtype = 'r' AND pg_get_userbyid(right_given.grantee) = %s)",
        [app_role],
    )
    return bool(cursor.fetchone()[0])
