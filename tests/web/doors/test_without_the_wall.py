"""The queries' own fence, alone: the pages with the database's fences down show nobody else.

Two fences stand around everybody. That the wall in the database holds where a query forgets to ask is tried elsewhere;
here it is taken away, and the queries must do with what they ask themselves.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any

import pytest
import time_machine
from bench.fences import fences, households_on, readable
from django.db import connection
from django.test import Client

from fotfeste.demo.public import load_country
from fotfeste.directory.public import User
from tests.web.test_query_budgets import PEOPLE, TODAY, USERS, addresses_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
# On the pages of one household the database alone says which compartments of it are open (ADR 0014): of them it is
# asked only that they are there for the same viewers, and lead to nobody else.
OF_ONE_HOUSEHOLD = "/husstand/"


@pytest.fixture
def country(transactional_db: None) -> Iterator[None]:
    """A country on its day, committed."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        load_country(PEOPLE, TODAY, seed=5)
        yield
    connection.close()


@contextmanager
def wall_down() -> Iterator[None]:
    """The program's queries as a role that row-level security does not bind."""
    away = fences(up=False)
    try:
        with away.standing():
            yield
    finally:
        away.close()


def difference(one: Any, other: Any, *, is_list: bool) -> str:
    """The first words in which two answers differ; empty where they are the same."""
    if one.status_code != other.status_code:
        return f"{one.status_code}, {other.status_code}"
    if one.status_code != 200:
        return ""
    if not is_list:
        led = [households_on(each.content) for each in (one, other)]
        return "" if led[0] == led[1] else f"{led[0]} {led[1]}"
    lines = ([line.strip() for line in readable(each.content).decode().splitlines()] for each in (one, other))
    apart = [f"{a[:90]!r} {b[:90]!r}" for a, b in zip_longest(*lines, fillvalue="") if a != b]
    return apart[0] if apart else ""


@pytest.mark.req("ACS-01")
def test_every_page_shows_the_same_where_only_the_queries_ask(country: None) -> None:
    wrong, compared = [], 0
    for user in User.objects.filter(username__in=USERS).select_related("organisation").order_by("pk"):
        client = Client()
        client.force_login(user)
        addresses = list(addresses_for(user))
        with_it = [client.get(address) for address in addresses]
        with wall_down():
            without = [client.get(address) for address in addresses]
        for address, one, other in zip(addresses, with_it, without, strict=True):
            compared += one.status_code == 200
            page = re.sub(r"[0-9a-z]{12}", "…", address)
            if different := difference(one, other, is_list=not address.startswith(OF_ONE_HOUSEHOLD)):
                wrong.append(f"{user.username} {page}: {different}")
    assert compared > 100
    assert wrong == [], "\n".join(wrong)
