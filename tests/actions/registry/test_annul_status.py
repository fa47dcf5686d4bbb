"""A status that was registered by mistake is taken back, or dated anew."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.types import Mistake, StatusKind
from fotfeste.registry.models import Correction, StatusEvent
from fotfeste.registry.public import PlacementGroup, annul_status, members_of, register_group, register_status
from tests.actions.registry.families import kovalenko
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-05")]

PERMIT, REFUSAL = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, StatusKind.REFUSAL
APPLIED = StatusKind.APPLIED_FOR_PROTECTION
EARLY, RIGHT = date(2024, 3, 1), date(2024, 3, 4)


@pytest.fixture
def group(cast: Cast) -> PlacementGroup:
    with scope(cast.registrar, cast.day):
        return register_group(kovalenko(), by=cast.registrar, at=cast.at)


def registers(cast: Cast, group: PlacementGroup, kind: StatusKind, on: date, *names: str) -> list[int]:
    with scope(cast.udi, cast.day):
        chosen = [each.subject_id for each in members_of(group.pk, cast.day) if each.given_name in names]
        register_status(group.pk, chosen, kind, on, by=cast.udi, at=cast.at)
    return chosen


def now(cast: Cast, group: PlacementGroup) -> dict[str, tuple[StatusKind | None, date | None]]:
    with scope(cast.udi, cast.day):
        return {each.given_name: (each.current_status, each.status_on) for each in members_of(group.pk, cast.day)}


def test_a_refusal_typed_on_the_wrong_person_is_gone_and_the_permit_before_it_counts(
    cast: Cast, group: PlacementGroup
) -> None:
    registers(cast, group, PERMIT, RIGHT, "Olena")
    chosen = registers(cast, group, REFUSAL, cast.day, "Olena")
    with scope(cast.udi, cast.day):
        annul_status(group.pk, chosen, REFUSAL, cast.day, reason=Mistake.WRONG_PERSON, by=cast.udi, at=cast.at)
        row = StatusEvent.objects.get(kind=REFUSAL)
        said = Correction.objects.get()
    assert now(cast, group)["Olena"] == (PERMIT, RIGHT)
    assert (row.annulled_at, row.annul_reason) == (cast.at, "wrong_person")
    assert (said.subject_id, said.taken_back, said.holds_on, said.reason) == (
        group.pk,
        "status",
        cast.day,
        "wrong_person",
    )
    event = every_event().get(type="registry.status_annulled")
    assert (event.subject_id, event.transition, event.holds_on) == (group.pk, REFUSAL, cast.day)


def test_a_wrong_day_is_put_right_in_one_act_and_the_old_row_is_kept(cast: Cast, group: PlacementGroup) -> None:
    chosen = registers(cast, group, PERMIT, EARLY, "Olena", "Sofia")
    with scope(cast.udi, cast.day):
        annul_status(group.pk, chosen, PERMIT, EARLY, reason=Mistake.WRONG_DAY, right_on=RIGHT, by=cast.udi, at=cast.at)
        rows = StatusEvent.objects.filter(kind=PERMIT)
        assert {(row.holds_on, row.annulled_at is None) for row in rows} == {(EARLY, False), (RIGHT, True)}
        assert all(row.supersedes_id for row in rows if row.annulled_at is None)
    assert (now(cast, group)["Olena"], now(cast, group)["Sofia"]) == ((PERMIT, RIGHT), (PERMIT, RIGHT))


@pytest.mark.parametrize(
    ("reason", "text", "code"), [("", "", "mistake_missing"), ("other", " ", "mistake_needs_words")]
)
def test_why_must_be_said(cast: Cast, group: PlacementGroup, reason: str, text: str, code: str) -> None:
    chosen = registers(cast, group, PERMIT, RIGHT, "Olena")
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        annul_status(group.pk, chosen, PERMIT, RIGHT, reason=reason, text=text, by=cast.udi, at=cast.at)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "on", "right_on", "code", "field"),
    [
        (PERMIT, EARLY, None, "status_not_registered", "status"),
        (StatusKind.REGISTERED_BY_POLICE, date(2024, 2, 12), None, "status_is_kept", "status"),
        (PERMIT, RIGHT, RIGHT, "same_day_again", "right_on"),
        (PERMIT, RIGHT, date(2024, 3, 15), "day_in_future", "right_on"),
        (PERMIT, RIGHT, date(2024, 2, 1), "status_before_registration", "right_on"),
        (APPLIED, date(2024, 2, 12), date(2024, 3, 5), "application_after_decision", "right_on"),
    ],
)
def test_what_cannot_be_taken_back_says_why(
    cast: Cast, group: PlacementGroup, kind: StatusKind, on: date, right_on: date | None, code: str, field: str
) -> None:
    chosen = registers(cast, group, PERMIT, RIGHT, "Olena")
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        annul_status(group.pk, chosen, kind, on, reason="wrong_day", right_on=right_on, by=cast.udi, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_whoever_registered_it_and_udi_take_it_back_and_nobody_else(cast: Cast, group: PlacementGroup) -> None:
    with scope(cast.registrar, cast.day):
        chosen = [each.subject_id for each in members_of(group.pk, cast.day) if each.given_name == "Olena"]

    def takes_back(by: Viewer, kind: StatusKind, on: date) -> None:
        with scope(by, cast.day):
            annul_status(group.pk, chosen, kind, on, reason="wrong_day", by=by, at=cast.at)

    registers(cast, group, APPLIED, EARLY, "Olena")
    with pytest.raises(Refused, match="annulled_by_whoever_registered"):
        takes_back(cast.registrar, APPLIED, EARLY)
    takes_back(cast.registrar, APPLIED, date(2024, 2, 12))
    takes_back(cast.udi, APPLIED, EARLY)
    registers(cast, group, PERMIT, RIGHT, "Olena")
    with pytest.raises(NotAllowed):
        takes_back(cast.registrar, PERMIT, RIGHT)


def test_two_at_once_and_the_second_is_told(cast: Cast, group: PlacementGroup) -> None:
    chosen = registers(cast, group, PERMIT, RIGHT, "Olena")
    with scope(cast.udi, cast.day), pytest.raises(Stale):
        annul_status(group.pk, chosen, PERMIT, RIGHT, reason="wrong_day", by=cast.udi, at=cast.at, version=1)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"reason": "because"}, "mistake_known"),
        ({"reason": "other"}, "mistake_needs_words"),
        ({"taken_back": "life"}, "taken_back_known"),
    ],
)
def test_the_database_refuses_a_correction_that_says_nothing(
    cast: Cast, group: PlacementGroup, changes: dict[str, str], constraint: str
) -> None:
    plain = {"taken_back": "status", "reason": "wrong_day", "text": ""}
    with scope(cast.udi, cast.day), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Correction(
            subject_id=group.pk,
            holds_on=cast.day,
            recorded_at=cast.at,
            reported_by_id=cast.udi.organisation_id,
            **(plain | changes),
        ).stored()
