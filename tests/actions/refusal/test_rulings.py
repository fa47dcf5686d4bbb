"""UDI rules on what the sources contradict each other on: dated, with who and why, and the earlier ones stay."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.refusal.models import Ruling
from fotfeste.refusal.public import give_ruling, ruling_on, training_ruled
from fotfeste.refusal.queries.rulings import rulings
from fotfeste.settlement.domain.types import Training
from tests.actions.refusal.letter_stage import ruled
from tests.actions.settlement.stage import offered, queued
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-04")]


def test_a_ruling_holds_from_its_day_until_the_next_and_none_goes(cast: Cast) -> None:
    later = cast.day + timedelta(days=10)
    kept = ruled(cast)
    lost = ruled(cast, Training.LOST, valid_from=later)
    assert [training_ruled(day) for day in (cast.day - timedelta(days=1), cast.day, later)] == ["", "kept", "lost"]
    assert [(each.ruling, each.ends_on) for each in rulings()] == [(lost, None), (kept, later)]
    assert [each.holds_on(cast.day) for each in rulings()] == [False, True]
    assert (kept.ruled_by, kept.given_on, kept.is_demo) == ("Avdelingsdirektør Kari Nordmann", cast.day, False)
    assert every_event().filter(type="refusal.ruled").count() == 2


def test_of_two_that_begin_on_one_day_the_last_one_given_holds(cast: Cast) -> None:
    wrong = ruled(cast, Training.LOST)
    right = ruled(cast)
    assert ruling_on(cast.day) == right
    assert [each.holds_on(cast.day) for each in rulings()] == [True, False]
    assert [each.ruling for each in rulings()] == [right, wrong]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"days": -1}, "ruling_backwards"),
        ({"ruled_by": " "}, "ruling_needs_words"),
        ({"source": ""}, "ruling_needs_words"),
        ({"reasoning": "\n"}, "ruling_needs_words"),
    ],
)
def test_a_ruling_says_who_and_why_and_changes_nothing_behind_it(
    cast: Cast, changes: dict[str, Any], code: str
) -> None:
    valid_from = cast.day + timedelta(days=changes.pop("days", 0))
    with pytest.raises(Refused, match=code):
        ruled(cast, valid_from=valid_from, **changes)


def test_udi_rules_and_nobody_else_and_a_colleague_who_did_meanwhile_is_not_overlooked(cast: Cast) -> None:
    said: dict[str, Any] = {"valid_from": cast.day, "ruled_by": "X", "source": "Y", "reasoning": "Z", "at": cast.at}
    for other in (cast.imdi, cast.centre, cast.municipality):
        with scope(other, cast.day), pytest.raises(NotAllowed):
            give_ruling(Training.KEPT, by=other, **said)
    ruled(cast)
    with scope(cast.udi, cast.day), pytest.raises(Stale):
        give_ruling(Training.KEPT, by=cast.udi, version=0, **said)


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The database refuses by a constraint, and goes on."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_the_database_keeps_rulings_and_takes_them_of_udi_alone(cast: Cast) -> None:
    found = ruled(cast)
    with scope(cast.udi, cast.day):
        for sql in ("UPDATE refusal_ruling SET answer = 'lost'", "DELETE FROM refusal_ruling"):
            with refused_by("ruling_is_kept"), connection.cursor() as cursor:
                cursor.execute(sql)
    for who, constraint, changes in (
        (cast.imdi, "ruling_of_others", {}),
        (cast.imdi, "ruling_of_others", {"organisation_id": cast.imdi.organisation_id}),
        (cast.udi, "ruling_is_not_given_backwards", {"valid_from": cast.day - timedelta(days=1)}),
        (cast.udi, "ruling_says_who_and_why", {"ruled_by": ""}),
    ):
        columns = {
            field.attname: getattr(found, field.attname)
            for field in Ruling._meta.concrete_fields
            if field.attname not in ("id", "reference")
        }
        with scope(who, cast.day), refused_by(constraint):
            Ruling(**(columns | changes)).save(force_insert=True)


@pytest.mark.req("SET-07")
def test_the_letter_of_the_offer_says_what_is_ruled_and_that_it_is_not_clear_before(cast: Cast) -> None:
    said = {}
    for ruling in (None, Training.LOST, Training.KEPT):
        if ruling:
            ruled(cast, ruling)
        group = offered(cast, queued(cast))
        with scope(cast.centre, cast.day):
            facts = Letter.objects.get(subject_id=group, kind="offer").facts
        said[ruling] = tuple("training" in facts[what] for what in ("lost", "kept", "unclear"))
    assert said == {
        None: (False, False, True),
        Training.LOST: (True, False, False),
        Training.KEPT: (False, True, False),
    }
