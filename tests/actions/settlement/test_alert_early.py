"""The interview before the decision: for those in the target group for collective protection (SET-01)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason, annul_departure, register_departure
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, StatusKind, annul_status, members_of, register_status
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import (
    alert_early,
    decline_request,
    finish_interview,
    release_municipality,
    send_request,
    withdraw_offer,
    withdraw_request,
)
from fotfeste.worklist.public import Task
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.settlement.stage import WEEK, found, offered, requested
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON, asked_and_heard, permitted, placed, prepared, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db

ALERTED_AT = datetime(2024, 3, 5, 9, 0, tzinfo=UTC)
ALERTED_ON = date(2024, 3, 5)


def alerted(cast: Cast) -> int:
    """A family at Voss that waits for a decision, and whose centre is asked for the interview on 5 March."""
    group = placed(cast, registered(cast, kovalenko()))
    with scope(cast.udi, cast.day):
        alert_early(group, by=cast.udi, at=ALERTED_AT)
    return group


def interviewed_early(cast: Cast) -> int:
    """The interview is held and registered, and there is no decision yet."""
    group = alerted(cast)
    prepared(cast, group)
    asked_and_heard(cast, group)
    with scope(cast.centre, cast.day):
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    return group


def case_of(cast: Cast, group: int) -> SettlementCase:
    """The newest case, as UDI sees it."""
    with scope(cast.udi, cast.day):
        return SettlementCase.objects.filter(subject_id=group).latest("pk")


def open_tasks(cast: Cast, group: int) -> set[str]:
    """What somebody has to do."""
    with scope(cast.udi, cast.day):
        return set(Task.objects.filter(subject_id=group, closed_at__isnull=True).values_list("kind", flat=True))


def everyone_in(cast: Cast, group: int, *names: str) -> list[int]:
    """The keys of the members, or of those named."""
    with scope(cast.udi, cast.day):
        return [each.subject_id for each in members_of(group, cast.day) if not names or each.given_name in names]


def permit_taken_back(cast: Cast, group: int, on: date) -> None:
    """UDI says that there never was a permit of a day."""
    kind, everyone = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, everyone_in(cast, group)
    with scope(cast.udi, cast.day):
        annul_status(group, everyone, kind, on, reason=Mistake.WRONG_CHOICE, by=cast.udi, at=cast.at)


def leave(cast: Cast, group: int, who: list[int]) -> None:
    """They leave the centre today, and say nothing of where to."""
    with scope(cast.centre, cast.day):
        register_departure(group, who, cast.day, DepartureReason.NO_ADDRESS, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-01")
def test_udi_asks_for_the_interview_of_those_who_wait_for_collective_protection(cast: Cast) -> None:
    group = alerted(cast)
    case = case_of(cast, group)
    assert (case.state, case.due_since_on, case.alerted_on) == ("interview_due", ALERTED_ON, ALERTED_ON)
    assert case.waits_for_decision
    assert "hold_interview" in open_tasks(cast, group)
    with scope(cast.imdi, cast.day):
        assert len(members_of(group, cast.day)) == 4


@pytest.mark.req("SET-01", "SET-07")
def test_no_municipality_is_asked_before_there_is_a_permit_and_then_imdi_has_the_move(cast: Cast) -> None:
    group = interviewed_early(cast)
    assert case_of(cast, group).state == "queued"
    assert not open_tasks(cast, group) & {"find_municipality", "hold_interview", "decide_without_permit"}
    with scope(cast.imdi, cast.day), pytest.raises(Refused, match="nobody_is_due"):
        send_request(group, cast.municipality.organisation_id, wanted_week=WEEK, by=cast.imdi, at=cast.at)
    permitted(cast, group, holds_on=cast.day)
    case = case_of(cast, group)
    assert (case.state, case.due_since_on, case.waits_for_decision) == ("queued", cast.day, False)
    assert "find_municipality" in open_tasks(cast, group)


@pytest.mark.parametrize("permit_on", [date(2024, 3, 4), ALERTED_ON, date(2024, 3, 12)])
def test_the_waiting_counts_from_the_permit_whether_before_on_or_after_the_day_of_the_alert(
    cast: Cast, permit_on: date
) -> None:
    group = alerted(cast)
    permitted(cast, group, holds_on=permit_on)
    case = case_of(cast, group)
    assert (case.due_since_on, case.waits_for_decision) == (permit_on, False)
    assert case.interview_from_on == min(permit_on, ALERTED_ON)
    assert "hold_interview" in open_tasks(cast, group)


def test_when_everyone_is_refused_imdi_decides_and_while_somebody_waits_nobody_has_to(cast: Cast) -> None:
    group = alerted(cast)
    with scope(cast.udi, cast.day):
        first, *others = [member.subject_id for member in members_of(group, cast.day)]
        register_status(group, [first], StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
        assert "decide_without_permit" not in open_tasks(cast, group)
        register_status(group, others, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    assert "decide_without_permit" in open_tasks(cast, group)


def test_a_permit_that_is_taken_back_leaves_the_case_waiting_as_before_it(cast: Cast) -> None:
    group = permitted(cast, alerted(cast), holds_on=date(2024, 3, 12))
    with scope(cast.udi, cast.day):
        everyone = [member.subject_id for member in members_of(group, cast.day)]
        kind, on = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, date(2024, 3, 12)
        annul_status(group, everyone, kind, on, reason=Mistake.WRONG_CHOICE, by=cast.udi, at=cast.at)
    case = case_of(cast, group)
    assert (case.state, case.due_since_on, case.waits_for_decision) == ("interview_due", ALERTED_ON, True)


def test_it_is_refused_where_there_is_a_case_where_nobody_waits_and_to_others_than_udi(cast: Cast) -> None:
    group = alerted(cast)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused, match="case_is_there"):
            alert_early(group, by=cast.udi, at=cast.at)
        refused = placed(cast, registered(cast, alone(person("Oleh", "Bondar"))))
        everyone = [member.subject_id for member in members_of(refused, cast.day)]
        register_status(refused, everyone, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="nobody_has_applied"):
            alert_early(refused, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        alert_early(refused, by=cast.centre, at=cast.at)


def test_it_is_refused_where_everybody_has_left(cast: Cast) -> None:
    group = placed(cast, registered(cast, kovalenko()))
    leave(cast, group, everyone_in(cast, group))
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="everybody_has_left"):
        alert_early(group, by=cast.udi, at=cast.at)
    with logged_in(cast, cast.udi) as browser:
        assert "form" not in (browser.get(reverse("alert_early", args=[reference_of(group)])).context or {})


@pytest.mark.req("SET-07")
@pytest.mark.parametrize("permit_on", [date(2024, 3, 4), ALERTED_ON, date(2024, 3, 12)])
def test_imdi_has_the_move_as_long_as_there_is_a_permit_of_whatever_day(cast: Cast, permit_on: date) -> None:
    group = interviewed_early(cast)
    waiting = open_tasks(cast, group)
    permitted(cast, group, holds_on=permit_on)
    case = case_of(cast, group)
    assert (case.due_since_on, case.alerted_on, case.waits_for_decision) == (permit_on, ALERTED_ON, False)
    assert open_tasks(cast, group) == waiting | {"find_municipality"}
    permit_taken_back(cast, group, permit_on)
    case = case_of(cast, group)
    assert (case.state, case.due_since_on, case.waits_for_decision) == ("queued", ALERTED_ON, True)
    assert open_tasks(cast, group) == waiting


def test_a_permit_that_is_taken_back_and_dated_on_the_day_of_the_alert_leaves_imdi_its_task(cast: Cast) -> None:
    group = permitted(cast, interviewed_early(cast), holds_on=date(2024, 3, 12))
    kind, everyone = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, everyone_in(cast, group)
    with scope(cast.udi, cast.day):
        on, right_on, why = date(2024, 3, 12), ALERTED_ON, Mistake.WRONG_DAY
        annul_status(group, everyone, kind, on, right_on=right_on, reason=why, by=cast.udi, at=cast.at)
    case = case_of(cast, group)
    assert (case.state, case.due_since_on, case.waits_for_decision) == ("queued", ALERTED_ON, False)
    assert "find_municipality" in open_tasks(cast, group)


@pytest.mark.req("ACC-04")
@pytest.mark.parametrize("permit_on", [None, ALERTED_ON])
def test_who_left_and_never_did_waits_as_before(cast: Cast, permit_on: date | None) -> None:
    group = interviewed_early(cast)
    if permit_on:
        permitted(cast, group, holds_on=permit_on)
    before = open_tasks(cast, group)
    everyone = everyone_in(cast, group)
    leave(cast, group, everyone)
    assert case_of(cast, group).state == "closed"
    with scope(cast.centre, cast.day):
        annul_departure(group, everyone, reason=Mistake.OTHER, text="Feil.", by=cast.centre, at=cast.at)
    assert (case_of(cast, group).state, open_tasks(cast, group)) == ("queued", before)


def test_the_others_wait_on_where_the_only_one_with_a_permit_leaves(cast: Cast) -> None:
    group = interviewed_early(cast)
    waiting = open_tasks(cast, group)
    permitted(cast, group, ["Olena"], holds_on=date(2024, 3, 12))
    leave(cast, group, everyone_in(cast, group, "Olena"))
    case = case_of(cast, group)
    assert (case.state, case.due_since_on, case.waits_for_decision) == ("queued", ALERTED_ON, True)
    assert open_tasks(cast, group) == waiting | {"see_household_again"}


def test_imdi_decides_and_looks_for_nothing_where_the_permit_is_followed_by_a_refusal_of_all(cast: Cast) -> None:
    group = permitted(cast, interviewed_early(cast), holds_on=date(2024, 3, 12))
    with scope(cast.udi, cast.day):
        refusal = StatusKind.REFUSAL
        register_status(group, everyone_in(cast, group), refusal, cast.day, by=cast.udi, at=cast.at)
    assert open_tasks(cast, group) & {"decide_without_permit", "find_municipality"} == {"decide_without_permit"}


def says_no(cast: Cast, group: int) -> None:
    """The municipality that is asked says no."""
    with scope(cast.municipality, cast.day):
        decline_request(group, reason="no_housing", follows="not_until_reassessed", by=cast.municipality, at=cast.at)


def let_go(act: Callable[..., object], **why: str) -> Callable[[Cast, int], None]:
    """IMDi does it."""

    def step(cast: Cast, group: int) -> None:
        with scope(cast.imdi, cast.day):
            act(group, by=cast.imdi, at=cast.at, **why)

    return step


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("come_to", "end"),
    [
        (requested, says_no),
        (requested, let_go(withdraw_request)),
        (found, let_go(release_municipality)),
        (offered, let_go(withdraw_offer, reason="does_not_fit")),
    ],
)
@pytest.mark.parametrize("is_refused", [False, True])
def test_nobody_looks_for_another_where_the_permit_is_gone_when_the_municipality_is(
    cast: Cast, come_to: Callable[[Cast, int], int], end: Callable[[Cast, int], None], is_refused: bool
) -> None:
    group = permitted(cast, interviewed_early(cast), holds_on=date(2024, 3, 12))
    come_to(cast, group)
    if is_refused:
        with scope(cast.udi, cast.day):
            everyone = everyone_in(cast, group)
            register_status(group, everyone, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    else:
        permit_taken_back(cast, group, date(2024, 3, 12))
    assert "decide_without_permit" in open_tasks(cast, group)
    end(cast, group)
    case = case_of(cast, group)
    assert (case.state, case.waits_for_decision) == ("queued", True)
    decides = {"decide_without_permit"} if is_refused else set()
    assert open_tasks(cast, group) & {"decide_without_permit", "find_municipality"} == decides


def test_the_database_lets_no_municipality_be_asked_for_those_who_wait(cast: Cast) -> None:
    group = interviewed_early(cast)
    refused = pytest.raises(IntegrityError, match="no_municipality_before_the_decision")
    with scope(cast.imdi, cast.day):
        with refused, transaction.atomic():
            SettlementCase.objects.filter(subject_id=group).update(state="requested")
        with refused, transaction.atomic():
            SettlementCase.objects.filter(subject_id=group).update(alerted_on=None)
