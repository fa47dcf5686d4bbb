"""Who has to send a claim for an own car, or to answer UDI's no: whoever may do it on the day (ADR 0063)."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from time_machine import travel

from fotfeste.access.public import ProtectionLevel
from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import protect_household
from fotfeste.settlement.actions.car_claim import (
    accept_car_denial,
    decide_car_claim,
    pay_own_car,
    refund_car_claim,
    resend_car_claim,
    send_car_claim,
)
from fotfeste.settlement.actions.claim_night import ClaimNight, follow_all_claims
from fotfeste.settlement.actions.withdrawal import withdraw_offer
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.car_claims import listed_claims
from fotfeste.worklist.public import Task
from tests.actions.refusal.test_night import stopping_at_tasks_of
from tests.actions.settlement.stage import claimed, denied, depart, open_kinds, paid, queued, with_car
from tests.actions.settlement.test_car_claim import (
    EACH,
    approves,
    come_back,
    denies,
    in_the_car,
    pay,
    sends,
    taken_back,
)
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRV-03")]
covered_until = import_module("fotfeste.settlement.migrations.0039_refunded_before").covered_until
SEND, SEE = "send_car_claim", "see_denied_claim"


def after(cast: Cast, days: int) -> Cast:
    """The same people so many days later: after 30 a centre that they have left sees a household no more."""
    return replace(cast, at=cast.at + timedelta(days=days), day=cast.day + timedelta(days=days))


def whose(cast: Cast, group: int, kind: str) -> list[int]:
    """Who has the task."""
    return sorted(organisation for each, organisation in open_kinds(cast, group) if each == kind)


def days_of(cast: Cast, group: int, kind: str) -> list[tuple[date | None, str]]:
    """When the tasks of a kind are or were due, and how they ended, the first first."""
    with scope(cast.udi, cast.day):
        return list(Task.objects.filter(subject_id=group, kind=kind).order_by("pk").values_list("due_on", "outcome"))


def moved(cast: Cast, group: int, to: Viewer) -> None:
    """They live at another centre from today."""
    placed(cast, group, to, cast.day)


def test_a_no_that_comes_when_the_former_centre_sees_them_no_more_goes_to_where_they_live(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    moved(cast, group, cast.other_centre)
    later = after(cast, 31)
    denies(later, group)
    assert whose(later, group, SEE) == [cast.other_centre.organisation_id]
    with scope(later.other_centre, later.day):
        claim = resend_car_claim(group, text="Vedlagt.", by=later.other_centre, at=later.at)
    assert (claim.state, claim.organisation_id) == ("sent", cast.centre.organisation_id)
    assert whose(later, group, SEE) == []


def test_where_they_live_now_the_no_can_be_seen_only_by_who_has_the_task(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    moved(cast, group, cast.other_centre)
    denies(cast, group)
    assert whose(cast, group, SEE) == [cast.centre.organisation_id]
    with scope(cast.other_centre, cast.day), pytest.raises(Refused, match="no_car_denial_to_see"):
        accept_car_denial(group, by=cast.other_centre, at=cast.at)
    later = after(cast, 31)
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1, followed=1)
    with scope(later.other_centre, later.day):
        accept_car_denial(group, by=later.other_centre, at=later.at)
    assert whose(later, group, SEE) == []


def test_a_no_that_nobody_is_left_to_see_is_nobodys_until_they_live_at_a_centre_again(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    later = after(cast, 31)
    denies(later, group)
    assert whose(later, group, SEE) == []
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1)
    moved(later, group, later.other_centre)
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1, followed=1)
    assert whose(later, group, SEE) == [cast.other_centre.organisation_id]


@pytest.mark.parametrize(("kind", "step"), [(SEND, paid), (SEE, denied)])
def test_at_night_a_task_goes_to_where_they_live_when_the_payer_sees_them_no_more(
    cast: Cast, kind: str, step: object
) -> None:
    group = step(cast, queued(cast))  # type: ignore[operator]
    moved(cast, group, cast.other_centre)
    assert follow_all_claims(after(cast, 29).at) == ClaimNight(looked_at=1)
    assert whose(after(cast, 29), group, kind) == [cast.centre.organisation_id]
    later = after(cast, 30)
    with travel(later.at, tick=False):
        call_command("follow_car_claims", verbosity=0)
    assert whose(later, group, kind) == [cast.other_centre.organisation_id]
    due_on = date(2024, 3, 21)  # the same day, whoever has it
    assert days_of(later, group, kind) == [(due_on, "void"), (due_on, "")]
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1)
    moved(later, group, later.centre)
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1, followed=1)
    assert whose(later, group, kind) == [cast.centre.organisation_id]


@pytest.mark.parametrize(("kind", "step"), [(SEND, paid), (SEE, denied)])
def test_at_night_a_task_that_nobody_is_left_to_do_is_closed(cast: Cast, kind: str, step: object) -> None:
    group = step(cast, queued(cast))  # type: ignore[operator]
    depart(cast, group)
    later = after(cast, 31)
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1, followed=1)
    assert whose(later, group, kind) == []
    assert [outcome for _due, outcome in days_of(later, group, kind)] == ["void"]


def test_a_household_that_comes_back_to_another_centre_has_its_older_claim_sent_by_either(cast: Cast) -> None:
    groups = [paid(cast, queued(cast)) for _ in range(2)]
    for group in groups:
        depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    later = after(cast, 6)
    for group, by in zip(groups, (later.centre, later.other_centre), strict=True):
        moved(later, group, later.other_centre)
        with scope(by, later.day):
            [claim] = send_car_claim(group, by=by, at=later.at)
        assert (claim.state, claim.organisation_id) == ("sent", cast.centre.organisation_id)
        assert whose(later, group, SEND) == []
    much_later = after(cast, 40)
    denies(much_later, groups[0])
    assert whose(much_later, groups[0], SEE) == [cast.other_centre.organisation_id]
    approves(much_later, groups[1])


def test_what_a_case_that_is_over_is_owed_is_settled_when_another_has_begun(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    later = come_back(cast, group)
    claim = pay(later, group)
    assert (claim.amount_ore, claim.owed_ore, claim.number, claim.case.state) == (-4 * EACH, 0, 2, "closed")
    with pytest.raises(Refused, match="no_car_money_due"):
        pay(later, group)


def test_a_denied_claim_that_is_paid_back_altogether_asks_for_nothing_more(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    in_the_car(cast, group, 3)
    pay(cast, group)
    assert whose(cast, group, SEE) == [cast.centre.organisation_id]
    taken_back(cast, group)
    assert whose(cast, group, SEE) == []
    assert [outcome for _due, outcome in days_of(cast, group, SEE)] == ["void"]


def test_a_no_that_was_seen_is_not_asked_about_again_and_a_new_one_is(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    with scope(cast.centre, cast.day):
        accept_car_denial(group, by=cast.centre, at=cast.at)
        assert follow_all_claims(cast.at) == ClaimNight()
        claim = resend_car_claim(group, text="Vedlagt.", by=cast.centre, at=cast.at)
        assert claim.denial_seen_on is None
    denies(cast, group)
    assert whose(cast, group, SEE) == [cast.centre.organisation_id]


def test_a_protected_household_is_followed_with_the_eyes_of_who_is_named(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    depart(cast, group)
    with scope(cast.udi, cast.day):
        protect_household(group, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    later = after(cast, 31)
    assert follow_all_claims(later.at) == ClaimNight(looked_at=1, followed=1)
    assert whose(later, group, SEND) == []


def test_only_the_system_itself_is_told_of_whom_there_are_claims(cast: Cast) -> None:
    paid(cast, queued(cast))
    with scope(cast.centre, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM car_claims_to_follow(%s)", [cast.day])
        assert cursor.fetchall() == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_one_that_cannot_be_followed_is_left_whole_and_the_others_are_not(cast: Cast) -> None:
    one, other = (denied(cast, queued(cast)) for _ in range(2))
    for group in (one, other):
        moved(cast, group, cast.other_centre)
    later = after(cast, 31)
    with stopping_at_tasks_of(one, SEE), travel(later.at, tick=False), pytest.raises(CommandError):
        call_command("follow_car_claims", verbosity=0)
    assert whose(later, one, SEE) == [cast.centre.organisation_id]
    assert whose(later, other, SEE) == [cast.other_centre.organisation_id]
    assert follow_all_claims(later.at) == ClaimNight(looked_at=2, followed=1)


def paid_twice(cast: Cast, step: str = "denied") -> tuple[int, CarClaim, CarClaim]:
    """Three drive, then four: two claims of one case, both sent; and both denied, unless told otherwise."""
    group = with_car(cast, queued(cast))
    for persons in (3, 4):
        in_the_car(cast, group, persons)
        pay(cast, group)
    sends(cast, group)
    for _ in range(2 if step == "denied" else 0):
        denies(cast, group)
    with scope(cast.udi, cast.day):
        first, second = CarClaim.objects.filter(subject_id=group).select_related("case").order_by("number")
    return group, first, second


def test_the_no_to_another_claim_is_still_to_be_seen_when_one_is_sent_once_more(cast: Cast) -> None:
    group, first, second = paid_twice(cast)
    with scope(cast.centre, cast.day):
        resend_car_claim(group, text="Vedlagt.", by=cast.centre, at=cast.at, claim_id=second.pk)
    assert whose(cast, group, SEE) == [cast.centre.organisation_id]
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="no_car_denial_to_see"):
            accept_car_denial(group, by=cast.centre, at=cast.at, claim_id=second.pk)
        accept_car_denial(group, by=cast.centre, at=cast.at, claim_id=first.pk)
        states = CarClaim.objects.filter(subject_id=group).order_by("number").values_list("state", "denial_seen_on")
        assert list(states) == [("denied", cast.day), ("sent", None)]
    assert whose(cast, group, SEE) == []
    assert [outcome for _due, outcome in days_of(cast, group, SEE)] == ["done"]


def test_udi_decides_and_refunds_the_claim_that_it_names(cast: Cast) -> None:
    group, first, second = paid_twice(cast, "sent")
    with scope(cast.udi, cast.day):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at, claim_id=second.pk)
        with pytest.raises(Refused, match="no_car_claim_to_decide"):
            decide_car_claim(group, approves=True, by=cast.udi, at=cast.at, claim_id=second.pk)
        with pytest.raises(Refused, match="no_car_claim_to_refund"):
            refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at, claim_id=first.pk)
        found = refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at, claim_id=second.pk)
        assert (found.pk, found.refunded_ore) == (second.pk, EACH)
        assert CarClaim.objects.get(pk=first.pk).state == "sent"


def test_what_came_back_at_another_centre_is_not_asked_for_once_more_by_who_paid(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    moved(cast, group, cast.other_centre)
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)
    with scope(cast.other_centre, cast.day):
        pay_own_car(group, paid_on=cast.day, by=cast.other_centre, at=cast.at)
    with scope(cast.centre, cast.day):
        assert CarClaim.objects.filter(subject_id=group).count() == 1  # what another paid it does not see
        with pytest.raises(Refused, match="no_car_claim_to_resend"):
            resend_car_claim(group, text="Vedlagt.", by=cast.centre, at=cast.at)


def test_a_centres_own_list_has_the_shares_that_udis_list_has(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    moved(cast, group, cast.other_centre)
    with scope(cast.other_centre, cast.day):
        pay_own_car(group, paid_on=cast.day, by=cast.other_centre, at=cast.at)
        send_car_claim(group, by=cast.other_centre, at=cast.at)
    moved(cast, group, cast.centre)
    taken_back(cast, group)
    sends(cast, group)
    moved(cast, group, cast.other_centre)
    own = shares(cast, cast.centre)
    assert own == {2: -4 * EACH}  # by its own claims alone nothing was UDI's
    assert own.items() <= shares(cast, cast.udi).items()


def shares(cast: Cast, viewer: Viewer) -> dict[int, int]:
    """What of each claim is between UDI and who paid, as the viewer's list has it."""
    with scope(viewer, cast.day):
        return {each.claim.number: each.share_ore for each in listed_claims(viewer)}


def test_only_who_has_paid_in_a_case_is_told_its_figures(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    with scope(cast.udi, cast.day):
        case_id = CarClaim.objects.get(subject_id=group).case_id
    for viewer, is_told in ((cast.centre, True), (cast.other_centre, False), (cast.municipality, False)):
        with scope(viewer, cast.day), connection.cursor() as cursor:
            cursor.execute("SELECT car_claim_figures(%s) IS NOT NULL", [case_id])
            assert cursor.fetchone() == (is_told,), viewer.organisation_kind


def test_what_passed_before_it_was_written_down_is_written_where_it_is_known() -> None:
    def claim(number: int, amount: int, state: str, decided: int = 1, **changes: object) -> SimpleNamespace:
        plain: dict[str, object] = {
            "denials": [],
            "asked_ore": None,
            "refunded_ore": None,
            "refunded_on": date(2024, 3, 9),
        }
        known = {"number": number, "amount_ore": amount, "state": state, "decided_on": date(2024, 3, decided)}
        return SimpleNamespace(**plain | known | changes)

    back = claim(2, -100, "refunded", 9)
    assert covered_until([claim(1, 100, "refunded", refunded_ore=100)], back) == 100
    assert covered_until([claim(1, 100, "denied", 8)], back) == 0
    assert covered_until([claim(1, 100, "denied", 10)], back) == 100  # it was not answered yet, and counted as covered
    assert covered_until([claim(1, 100, "denied", 9)], back) is None  # which came first that day is not known
    assert covered_until([claim(1, 100, "sent", asked_ore=50, denials=[{}])], back) is None
    assert covered_until([claim(1, 100, "refunded")], back) is None
    assert covered_until([claim(1, -50, "kept", 8)], back) == 0
