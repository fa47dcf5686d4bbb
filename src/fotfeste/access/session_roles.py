"""How the database asks for the roles of a session's user, for the migrations."""

from collections.abc import Iterable

_WORKS = """CREATE FUNCTION {name}() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_roleassignment r
        JOIN directory_user u ON u.id = r.user_id
        JOIN access_employment e ON e.user_id = r.user_id AND e.annulled_at IS NULL
         AND e.period @> nullif(current_setting('fotfeste.day', true), '')::date
        WHERE r.user_id = nullif(current_setting('fotfeste.user', true), '')::bigint
          AND u.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
          AND r.role IN ({roles}) AND r.annulled_at IS NULL
          AND r.period @> nullif(current_setting('fotfeste.day', true), '')::date
    )
$$;
"""


def asked_for_role(name: str, roles: Iterable[str]) -> str:
    """The SQL of a function that tells whether the session's user works in the session's organisation on its day, in
    one of these roles.
    """
    return _WORKS.format(name=name, roles=", ".join(f"'{role}'" for role in sorted(roles)))
