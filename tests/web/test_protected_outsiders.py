"""A colleague who is not named tries everything: a protected household answers as if it were not there. REG-08.

The strong form: every page that somebody outside the group asks for is, to the byte, the page that they get where their
organisation has nothing to do with the household at all. What must still count, counts (a bed that is taken). The
household is protected on both sides; test_protected_unheard_of.py holds it against a country without it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import NeedReason, ProtectionLevel, Role, Subject, SubjectKind
from fotfeste.directory.public import User
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PlacementGroup
from fotfeste.settlement.public import decline_request
from fotfeste.worklist.public import Task, close_tasks
from tests.actions.registry.test_protection import colleague, protected
from tests.actions.settlement.stage import queued, requested
from tests.as_owner import needs_ended
from tests.conftest import Cast
from tests.platform.in_every_table import everything
from tests.web.test_access_matrix import ASKED_FOR, Stage, parts_about, parts_of_nobody_there, shown_by

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08")]
# Who works where the household is known of, and for which reasons.
OUTSIDERS = {
    "registrar": Role.REGISTRAR,
    "udi": Role.UDI_CASEWORKER,
    "imdi": Role.IMDI_CASEWORKER,
    "centre": Role.CENTRE_STAFF,
    "municipality": Role.REFUGEE_SERVICE,
    "other_municipality": Role.REFUGEE_SERVICE,
}
NAMES = (
    "Olena",
    "Andrij",
    "Danylo",
    "Kovalenko",
    "Verge Vergesen",
    "Levanger stasjon",
    "De har to hunder",
    "Trenger ro",
)
# What differs from one answer to the next of the same page: tokens, the number of the request, a reference drawn anew.
_OF_THE_REQUEST = re.compile(
    r'name="(csrfmiddlewaretoken|reference)" value="\w+"|"X-CSRFToken": ?"\w+"|oppgi nummeret \w+'
)


def a_household(cast: Cast) -> list[int]:
    """A household that has something of everything, and its people; not the runs and claims, which are of no person."""
    whole = everything(cast)
    books = Subject.objects.filter(pk__in=whole, kind=SubjectKind.MONEY).values_list("pk", flat=True)
    return [each for each in whole if each not in set(books)]


def asked_for(group: PlacementGroup, references: Mapping[int, Subject]) -> list[str]:
    """Lists and searches by every word and number of theirs."""
    words = [*NAMES[:4], str(group.number), synthetic_duf(4711), group.subject.reference, "2010-08-09"]
    words += [subject.reference for subject in references.values()]
    return [
        *ASKED_FOR,
        *(f"/sok/?q={word}" for word in words),
        *(f"/husstander/?text={word}" for word in words),
        *(f"/bosetting/ko/?text={word}" for word in words[:5]),
        "/?kind=name_follower",
        "/husstander/?sort=number&status=",
    ]


def walk(viewer: Viewer, addresses: Sequence[str], day: datetime) -> Mapping[str, tuple[int, str]]:
    """What each address answers."""
    found = {}
    with time_machine.travel(day, tick=False):
        client = Client()
        client.force_login(User.objects.get(pk=viewer.user_id or 0))
        for address in addresses:
            answer = client.get(address)
            found[address] = (answer.status_code, _OF_THE_REQUEST.sub("", shown_by(answer)))
    return found


def in_turn(addresses: Sequence[str], own: str, place: int, of: int) -> list[str]:
    """Everything but the forms of the household, which are one view each and refuse all alike; of those a share."""
    return [
        address
        for turn, address in enumerate(addresses)
        if not (address.startswith(own) and address != own) or turn % of == place % of
    ]


def test_whoever_is_not_named_gets_the_answers_of_a_stranger(cast: Cast) -> None:
    outsiders = {who: colleague(getattr(cast, who), role, f"ny-{who}") for who, role in OUTSIDERS.items()}
    subjects = a_household(cast)
    noon = datetime.combine(cast.day, time(12), UTC)
    with scope(cast.udi, cast.day):
        stage = Stage(cast, subjects, {**parts_about(cast, subjects), **parts_of_nobody_there(cast)})
        group = PlacementGroup.objects.select_related("subject").get(pk=subjects[0])
    own = f"/husstand/{group.subject.reference}/"
    addresses = list(dict.fromkeys([*asked_for(group, Subject.objects.in_bulk(subjects)), *stage.addresses()]))
    # At the stricter level two try each form, and all of them everything else; at the other, whose fence is the same,
    # one tries each address.
    asked = {who: in_turn(addresses, own, place, 3) for place, who in enumerate(outsiders)}
    found: dict[tuple[str, str], Mapping[str, tuple[int, str]]] = {}
    for level in (ProtectionLevel.CONFIDENTIAL, ProtectionLevel.STRICTLY_CONFIDENTIAL):
        protected(cast, level, subjects[0])
        to_the_named = " ".join(text for _, text in walk(cast.udi, [own, *addresses[:20]], noon).values())
        assert {name for name in NAMES[:4] if name not in to_the_named} == set()
        for place, (who, viewer) in enumerate(outsiders.items()):
            each_once = level is ProtectionLevel.CONFIDENTIAL
            wanted = [each for each in asked[who] if addresses.index(each) % 6 == place] if each_once else asked[who]
            found[level, who] = walk(viewer, wanted, noon)
    assert {address for answers in found.values() for address in answers} == set(addresses)
    forget(cast, subjects)
    wrong = []
    to_strangers = {who: walk(viewer, asked[who], noon) for who, viewer in outsiders.items()}
    for (then, who), answers in found.items():
        for address, (status, text) in answers.items():
            if (status, text) != to_strangers[who][address]:
                wrong.append(f"{then}, {who} at {address}: {status}, {to_strangers[who][address][0]}")
            wrong += [f"{who} finds {name} at {address}" for name in NAMES if name in text and name not in address]
    assert wrong == []


def test_what_a_municipality_said_no_to_is_as_if_it_was_never_asked(cast: Cast) -> None:
    named, outsider = cast.municipality, colleague(cast.municipality, Role.REFUGEE_SERVICE, "ny-municipality")
    group, page = queued(cast), [reverse("my_municipality")]
    noon = datetime.combine(cast.day, time(12), UTC)
    without = walk(outsider, page, noon)
    requested(cast, group)
    with scope(named, cast.day):
        decline_request(group, reason="no_housing", follows="not_until_reassessed", by=named, at=cast.at)
    assert walk(outsider, page, noon) != without
    protected(cast, group=group)
    assert walk(outsider, page, noon) == without


def forget(cast: Cast, subjects: list[int]) -> None:
    """Nobody has ever had to do with the household."""
    with scope(cast.udi, cast.day):
        kinds = set(Task.objects.filter(subject_id__in=subjects).values_list("kind", flat=True))
        for subject in subjects:
            close_tasks(kinds, subject_id=subject, by=cast.udi, at=cast.at, outcome="void")
    needs_ended(subjects, NeedReason, on=cast.day.replace(year=2020), at=cast.at)


def test_no_row_speaks_of_a_protected_household_to_who_is_not_named(cast: Cast) -> None:
    outsiders = [colleague(getattr(cast, who), role, f"ny-{who}") for who, role in OUTSIDERS.items()]
    subjects = a_household(cast)
    naming = {"worklist_task"}  # that somebody must be named
    for level, told in ((ProtectionLevel.STRICTLY_CONFIDENTIAL, set[str]()), (ProtectionLevel.CONFIDENTIAL, naming)):
        protected(cast, level, subjects[0])
        assert rows_about(cast.udi, cast, subjects) >= {"registry_person", "settlement_journey"}
        for viewer in [*outsiders, cast.other_centre]:
            assert rows_about(viewer, cast, subjects) == set(), f"{viewer.name}, {level}"
        assert rows_about(cast.centre_administrator, cast, subjects) == told


def rows_about(viewer: Viewer, cast: Cast, subjects: list[int]) -> set[str]:
    """The tables in which the app role finds any of the subjects, whatever the column is called.

    `access_subject` is left out: it tells that there is a key, to everybody, and nothing of whose.
    """
    found = set()
    with scope(viewer, cast.day), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name NOT IN ('access_subject', 'registry_searchtoken')"
            " AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
            " AND (column_name IN ('subject_id', 'other_id', 'group_id', 'household_id', 'same_as_id', 'person_ids'))"
            " GROUP BY table_name"
        )
        for table, columns in cursor.fetchall():
            asked = " OR ".join(f"jsonb_path_exists(to_jsonb(t.{each}), '$[*] ? (@ == $w[*])', %s)" for each in columns)
            values = [f'{{"w": {subjects}}}'] * len(columns)
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE {asked}", values)
            if cursor.fetchone()[0]:
                found.add(table)
    return found
