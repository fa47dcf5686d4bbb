"""Whoever is not named gets the pages of a country in which the protected household never was. REG-08, ACS-02.

`test_protected_outsiders` compares with those who have nothing to do with the household, in a world that has it: what
leaves it out by its protection alone, and not by the need to know, looks alike on both sides. Here it is on one side
only. What counts it still counts it, so of such pages what is compared is what they say, and not how many.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

import pytest
from django.db import transaction

from fotfeste.access.public import ProtectionLevel, Subject, SubjectKind
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PlacementGroup
from fotfeste.settlement.public import Capability, decline_request
from fotfeste.worklist.public import Task, close_tasks
from tests.actions.allocation.stage import planned
from tests.actions.registry.test_protection import colleague, protected
from tests.actions.settlement.stage import accepted, queued, refused, requested
from tests.conftest import Cast
from tests.platform.in_every_table import everything, room_of
from tests.web.test_access_matrix import Stage, parts_about, parts_of_nobody_there
from tests.web.test_protected_outsiders import OUTSIDERS, asked_for, walk

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08", "ACS-02")]
# Pages that count beds, places and persons, whoever they are of (REG-08: a bed that is taken is taken).
COUNTING = re.compile(r"/(mottak|kommuner|kommunen|innsikt/bosetting|selvbosetting/tall|bosettingsnekt)/")
# Of no person: what is paid to municipalities and what they owe, and a plan, which is another by whom it was made for;
# its proposals are of households, and tried in tests/web/allocation.
OF_NOBODY = re.compile(r"/tilskudd/|/innsikt/mamot/|/bosetting/planer/([0-9a-z]{12}/|$)")
# The same figures as the page beside it, as a spreadsheet or a picture.
SAID_ELSEWHERE = re.compile(r"/innsikt/bosetting/.+\.(xlsx|svg)$")
_HOW_MANY = re.compile(
    r'<span class="muted"( aria-hidden="true">–</span><span class="ds-sr-only")?>under \d+, eller vises ikke</span>'
    r"|for få (svar )?til å vises"
    r'|under \d+|vises ikke|\d+([.,]\d+)*|data-state="(free|unavailable)"|(Ikke l|L)edig\b'
)
_REFERENCE = re.compile(r"/[0-9a-z]{12}/")

type Answers = Mapping[tuple[str, str], tuple[int, str]]


@dataclass(frozen=True)
class Hidden:
    """Households that are protected, by those who see them: what could lead to them."""

    addresses: list[str]
    own: str


def others_in_the_country(cast: Cast) -> None:
    """What there is on both sides: households that wait, that come, that are declined and that say no (two of them:
    one more are several still), with the same names; the room; a plan.
    """
    queued(cast)
    accepted(cast, queued(cast, has_pets=True), [Capability.PETS])
    declined(cast)
    for _ in range(2):
        refused(cast, queued(cast))
    planned(cast)
    room_of(cast)


def declined(cast: Cast) -> int:
    """A household that Levanger has said no to."""
    group = requested(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        decline_request(group, reason="no_housing", follows="not_until_reassessed", by=cast.municipality, at=cast.at)
    return group


def hidden(cast: Cast, of_nobody: Mapping[tuple[str, str], list[str]]) -> Hidden:
    """A household that has something of everything and one that was declined, both protected by UDI; what the books
    have of the first is done.
    """
    subjects = everything(cast)
    books = set(Subject.objects.filter(pk__in=subjects, kind=SubjectKind.MONEY).values_list("pk", flat=True))
    with scope(cast.udi, cast.day):
        for book in books:
            kinds = set(Task.objects.filter(subject_id=book).values_list("kind", flat=True))
            close_tasks(kinds, subject_id=book, by=cast.udi, at=cast.at, outcome="void")
        stage = Stage(cast, subjects, {**parts_about(cast, subjects), **of_nobody})
        group = PlacementGroup.objects.select_related("subject").get(pk=subjects[0])
    people = Subject.objects.in_bulk([each for each in subjects if each not in books])
    addresses = list(dict.fromkeys([*asked_for(group, people), *stage.addresses()]))
    for each in (subjects[0], declined(cast)):
        protected(cast, ProtectionLevel.STRICTLY_CONFIDENTIAL, each)
    return Hidden(addresses, f"/husstand/{group.subject.reference}/")


def answers(outsiders: Mapping[str, Viewer], addresses: Collection[str], at: datetime) -> Answers:
    """What each of them gets from each address."""
    return {
        (who, address): answer
        for who, viewer in outsiders.items()
        for address, answer in walk(viewer, list(addresses), at).items()
    }


def lines(address: str, text: str) -> Counter[str]:
    """The lines of a page, without how many where it counts, and without what is drawn anew for each thing."""
    without = _REFERENCE.sub("/…/", text)
    if COUNTING.match(address):
        without = _HOW_MANY.sub("#", without)
    return Counter(filter(None, map(str.strip, without.splitlines())))


def test_whoever_is_not_named_gets_the_pages_of_a_country_without_the_household(cast: Cast) -> None:
    outsiders = {who: colleague(getattr(cast, who), role, f"ny-{who}") for who, role in OUTSIDERS.items()}
    noon = datetime.combine(cast.day, time(12), UTC)
    of_nobody = parts_of_nobody_there(cast)
    others_in_the_country(cast)
    with transaction.atomic():
        there = hidden(cast, of_nobody)
        asked = [
            each
            for each in there.addresses
            if not (OF_NOBODY.search(each) or SAID_ELSEWHERE.match(each) or each.startswith(there.own))
        ]
        found = answers(outsiders, [*asked, there.own], noon)
        transaction.set_rollback(True)
    wrong = []
    for (who, address), (status, text) in answers(outsiders, [*asked, there.own], noon).items():
        told, more = found[who, address]
        differing = (lines(address, more) - lines(address, text)) + (lines(address, text) - lines(address, more))
        if status != told or differing:
            wrong.append(f"{who} at {address}: {status}, {told}: {list(differing)[:9]}")
    assert not wrong, "\n".join(wrong)
