"""The demo's country in the database: made once, kept, made anew when asked; other people's data are never touched."""

import os
from typing import Literal

import psycopg

from fotfeste.cli.problems import CommandProblem
from fotfeste.cli.project import migrate, set_up_django
from fotfeste.platform.country_mark import LOADED, LOADING, READ_MARK
from fotfeste.platform.postgres import Urls, recreate
from fotfeste.platform.postgres.state import locked, state_folder
from fotfeste.platform.postgres.urls import DatabaseUrl

PEOPLE = 5000

type State = Literal["empty", "loading", "demo", "real"]


def have(urls: Urls, *, people: int | None, is_reset: bool) -> None:
    """Have the country. Raises CommandProblem when the database holds what the demo did not make.

    A demo logs anyone in as anyone, and --reset throws everything away; neither may meet real people's data.
    """
    with locked(state_folder("demo") / "country.lock"):
        _have(urls, people, is_reset=is_reset)


def _have(urls: Urls, people: int | None, *, is_reset: bool) -> None:
    state = state_of(urls)
    if state == "real":
        message = (
            f"The database {DatabaseUrl.parse(urls.owner).name} holds data that ./fotfeste demo did not make; "
            "name another database in DATABASE_URL, or use ./fotfeste serve."
        )
        raise CommandProblem(message)
    if is_reset or state == "loading":
        recreate(urls)
        state = "empty"
    os.environ["FOTFESTE_DEMO"] = "1"
    set_up_django()
    migrate(urls)
    if state == "empty":
        _load(urls, people or PEOPLE)
    elif people is not None:
        print(f"The country is kept as it is; --reset --people {people} makes a new one.")


def _load(urls: Urls, people: int) -> None:
    from django.core.management import call_command
    from django.db import connections

    print(f"Making a country of {people} people ...", flush=True)
    mark(urls, LOADING)
    call_command("load_demo", people=people)
    connections.close_all()
    mark(urls, LOADED)


def state_of(urls: Urls) -> State:
    """Whether the database is empty, holds a country, one that was cut short, or what the demo did not make."""
    with psycopg.connect(urls.owner) as connection:
        (found,) = connection.execute(READ_MARK).fetchone() or (0,)
        if found in (LOADING, LOADED):
            return "demo" if found == LOADED else "loading"
        if connection.execute("SELECT to_regclass('public.access_subject')").fetchone() == (None,):
            return "empty"
        return "real" if connection.execute("SELECT 1 FROM access_subject LIMIT 1").fetchone() else "empty"


def mark(urls: Urls, text: str) -> None:
    """Say in the database itself whether it holds a country, whole or half made."""
    with psycopg.connect(urls.owner) as connection:
        connection.execute(psycopg.sql.SQL("COMMENT ON SCHEMA public IS {}").format(psycopg.sql.Literal(text)))


def users_table() -> str:
    """The demo users, a line each: who, where, as what."""
    from django.utils.translation import override

    from fotfeste.access.public import Role, demo_users
    from fotfeste.web.words import role_name

    with override("en"):
        users = [(a.user.name, a.user.organisation.name, role_name(Role(a.role))) for a in demo_users()]
    rows = [("Log in as", "of", "who is"), *users]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"  {name:<{widths[0]}}  {place:<{widths[1]}}  {role}" for name, place, role in rows)
