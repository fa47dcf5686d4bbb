"""Money for an own car: paid once, asked of UDI, decided, refunded once; it follows what becomes of the journey."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.car_claim import (
    accept_car_denial,
    decide_car_claim,
    pay_own_car,
    refund_car_claim,
    resend_car_claim,
    send_car_claim,
)
from fotfeste.settlement.actions.interruption import postpone_journey
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.actions.withdrawal import withdraw_offer
from fotfeste.settlement.domain.states_travel import CAR_CLAIM
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.settlement.models import CarClaim, Journey, SettlementCase
from fotfeste.settlement.queries.travel import travel_of
from tests.actions.settlement.stage import (
    approved,
    claimed,
    denied,
    depart,
    driving,
    open_kinds,
    paid,
    plan,
    queued,
    with_car,
    with_journey,
)
from tests.actions.settlement.test_coming_back import a_week_later
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db
EACH = 129_900


def due(cast: Cast, group: int) -> int:
    """What is still to be paid."""
    with scope(cast.centre, cast.day):
        return travel_of(SettlementCase.objects.get(subject_id=group), cast.day).due_ore


def in_the_car(cast: Cast, group: int, persons: int) -> None:
    """As many drive now."""
    drive = driving()
    assert drive.own_car is not None
    with scope(cast.centre, cast.day):
        fewer = replace(drive, own_car=replace(drive.own_car, persons=persons))
        agree_journey(group, fewer, by=cast.centre, at=cast.at)


def pay(cast: Cast, group: int) -> CarClaim:
    """The centre settles what is due."""
    with scope(cast.centre, cast.day):
        return pay_own_car(group, paid_on=cast.day, by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-03")
def test_the_centre_pays_asks_and_is_refunded_once(cast: Cast) -> None:
    group = approved(cast, queued(cast))
    assert ("answer_car_claim", cast.udi.organisation_id) in open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        claim = refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at)
        assert (claim.amount_ore, claim.state) == (4 * EACH, "refunded")
        with pytest.raises(Refused, match="no_car_claim_to_refund"):
            refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at)
    assert ("answer_car_claim", cast.udi.organisation_id) not in open_kinds(cast, group)
    assert due(cast, group) == 0
    with pytest.raises(Refused, match="no_car_money_due"):
        pay(cast, group)


@pytest.mark.req("TRV-03")
def test_a_denied_claim_has_words_and_is_not_paid_again(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused, match="a_denied_car_claim_says_why"):
            decide_car_claim(group, approves=False, by=cast.udi, at=cast.at)
        decide_car_claim(group, approves=False, text="Ingen egenerklæring.", by=cast.udi, at=cast.at)
    assert ("answer_car_claim", cast.udi.organisation_id) not in open_kinds(cast, group)
    assert due(cast, group) == 0
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="no_car_claim_to_refund"):
        refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at)


def denies(cast: Cast, group: int) -> None:
    """UDI does not pay."""
    with scope(cast.udi, cast.day):
        decide_car_claim(group, approves=False, text="Ingen egenerklæring.", by=cast.udi, at=cast.at)


def taken_back(cast: Cast, group: int) -> None:
    """IMDi takes the offer back, and the household pays back what it has."""
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)
    pay(cast, group)


def sends(cast: Cast, group: int) -> list[str]:
    """The centre sends what is not sent; the states of what it sent."""
    with scope(cast.centre, cast.day):
        return [claim.state for claim in send_car_claim(group, by=cast.centre, at=cast.at)]


@pytest.mark.req("TRV-03")
def test_what_udi_never_paid_is_the_centres_own_when_it_is_paid_back(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    denies(cast, group)
    taken_back(cast, group)
    assert sends(cast, group) == ["kept"]
    assert ("answer_car_claim", cast.udi.organisation_id) not in open_kinds(cast, group)
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="no_car_claim_to_decide"):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at)
    assert due(cast, group) == 0


@pytest.mark.req("TRV-03")
def test_what_waits_for_udi_is_kept_once_udi_has_denied_what_it_is_of(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    taken_back(cast, group)
    assert sends(cast, group) == ["sent"]
    denies(cast, group)
    with scope(cast.centre, cast.day):
        assert list(CarClaim.objects.order_by("number").values_list("state", flat=True)) == ["denied", "kept"]
    assert ("answer_car_claim", cast.udi.organisation_id) not in open_kinds(cast, group)


@pytest.mark.req("TRV-03")
def test_what_udi_has_covered_is_paid_back_to_it(cast: Cast) -> None:
    group = approved(cast, queued(cast))
    taken_back(cast, group)
    assert sends(cast, group) == ["sent"]
    with scope(cast.udi, cast.day):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at)
        travel = travel_of(SettlementCase.objects.get(subject_id=group), cast.day)
    assert [travel.share_ore(claim) for claim in travel.claims] == [4 * EACH, -4 * EACH]


@pytest.mark.req("TRV-03")
def test_another_number_of_persons_is_settled_by_the_difference(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    in_the_car(cast, group, 3)
    assert pay(cast, group).amount_ore == -EACH
    in_the_car(cast, group, 4)
    assert pay(cast, group).amount_ore == EACH
    with scope(cast.centre, cast.day):
        assert sum(CarClaim.objects.values_list("amount_ore", flat=True)) == 4 * EACH
        assert len(send_car_claim(group, by=cast.centre, at=cast.at)) == 3


@pytest.mark.req("TRV-03")
def test_what_was_paid_for_a_journey_that_is_not_driven_is_asked_back(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)
    assert due(cast, group) == -4 * EACH
    assert pay(cast, group).owed_ore == 0
    assert due(cast, group) == 0


@pytest.mark.req("TRV-03")
def test_who_goes_by_train_after_all_pays_back(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    assert pay(cast, group).amount_ore == -4 * EACH


@pytest.mark.req("TRV-03")
def test_a_journey_that_is_put_off_pays_nothing_and_asks_nothing_back(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    with scope(cast.centre, cast.day):
        postpone_journey(group, kind="fell_ill", happened_on=cast.day, by=cast.centre, at=cast.at)
    assert due(cast, group) == 0


@pytest.mark.req("TRV-03")
def test_the_centre_pays_and_asks_also_after_they_have_gone(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    depart(cast, group)
    assert pay(cast, group).amount_ore == 4 * EACH
    with scope(cast.centre, cast.day):
        send_car_claim(group, by=cast.centre, at=cast.at)
    assert ("answer_car_claim", cast.udi.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("TRV-03")
def test_nothing_is_due_for_the_train_and_days_that_have_not_been_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="no_car_money_due"):
        pay(cast, with_journey(cast, queued(cast)))
    group = with_car(cast, queued(cast))
    with scope(cast.centre, cast.day):
        for days in (1, -1):
            with pytest.raises(Refused, match="paid_in_the_future"):
                pay_own_car(group, paid_on=cast.day + timedelta(days=days), by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="no_car_claim_to_send"):
            send_car_claim(group, by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="no_car_claim_to_decide"):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at)


@pytest.mark.req("TRV-03")
def test_the_database_refuses_to_pay_twice_or_otherwise_than_owed(cast: Cast) -> None:
    paid(cast, queued(cast))
    with scope(cast.centre, cast.day):
        first = CarClaim.objects.get()
        again = {field.attname: getattr(first, field.attname) for field in CarClaim._meta.concrete_fields}
        again |= {"id": None, "number": 2}
        wrong: tuple[dict[str, int], ...] = (
            {},
            {"amount_ore": 1, "owed_ore": 4 * EACH + 1},
            {"amount_ore": -1, "owed_ore": 4 * EACH - 1},
        )
        for change in wrong:
            with pytest.raises(IntegrityError, match="more or less than is owed"), transaction.atomic():
                CarClaim.objects.create(**again | change)
        changes: tuple[dict[str, object], ...] = ({"amount_ore": 1}, {"owed_ore": 1}, {"state": "refunded"})
        for each in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                CarClaim.objects.update(**each)
        with pytest.raises(IntegrityError), transaction.atomic():
            CarClaim.objects.all().delete()


def again(cast: Cast, group: int, text: str = "Egenerklæringen er vedlagt.") -> CarClaim:
    """The centre sends what UDI denied once more."""
    with scope(cast.centre, cast.day):
        return resend_car_claim(group, text=text, by=cast.centre, at=cast.at)


def approves(cast: Cast, group: int) -> None:
    """UDI pays."""
    with scope(cast.udi, cast.day):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at)


def refunded(cast: Cast, group: int) -> int:
    """UDI refunds the oldest that is approved; what, in øre."""
    with scope(cast.udi, cast.day):
        return refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at).refunded_ore or 0


@pytest.mark.req("TRV-03")
def test_a_denied_claim_is_sent_once_more_with_a_reason_and_the_denial_stays(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    assert ("see_denied_claim", cast.centre.organisation_id) in open_kinds(cast, group)
    with pytest.raises(Refused, match="a_resent_car_claim_says_why"):
        again(cast, group, " ")
    claim = again(cast, group)
    assert (claim.state, claim.asked_ore, claim.decided_on) == ("sent", 4 * EACH, None)
    assert [(each["why"], each["text"]) for each in claim.denials] == [("", "Ingen egenerklæring.")]
    assert ("see_denied_claim", cast.centre.organisation_id) not in open_kinds(cast, group)
    assert ("answer_car_claim", cast.udi.organisation_id) in open_kinds(cast, group)
    denies(cast, group)
    claim = again(cast, group, "Her er den.")
    assert [each["why"] for each in claim.denials] == ["", "Egenerklæringen er vedlagt."]
    approves(cast, group)
    assert refunded(cast, group) == 4 * EACH
    with pytest.raises(Refused, match="no_car_claim_to_refund"):
        refunded(cast, group)
    with pytest.raises(Refused, match="no_car_claim_to_resend"):
        again(cast, group)


@pytest.mark.req("TRV-03")
def test_what_is_paid_back_is_not_asked_for_once_more(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    in_the_car(cast, group, 3)
    pay(cast, group)
    assert again(cast, group).asked_ore == 3 * EACH
    assert sends(cast, group) == ["kept"]
    approves(cast, group)
    assert refunded(cast, group) == 3 * EACH


@pytest.mark.req("TRV-03")
def test_what_is_paid_back_altogether_is_not_sent_once_more(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    taken_back(cast, group)
    with pytest.raises(Refused, match="no_car_claim_to_resend"):
        again(cast, group)


@pytest.mark.req("TRV-03")
def test_what_is_paid_back_after_it_was_refunded_at_last_is_udis(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    again(cast, group)
    approves(cast, group)
    refunded(cast, group)
    taken_back(cast, group)
    assert sends(cast, group) == ["sent"]
    approves(cast, group)
    assert refunded(cast, group) == -4 * EACH


@pytest.mark.req("TRV-03")
def test_the_centre_covers_what_is_denied_and_may_still_send_it(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    with scope(cast.centre, cast.day):
        accept_car_denial(group, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="no_car_denial_to_see"):
            accept_car_denial(group, by=cast.centre, at=cast.at)
    assert ("see_denied_claim", cast.centre.organisation_id) not in open_kinds(cast, group)
    assert again(cast, group).state == "sent"


@pytest.mark.req("TRV-03")
def test_the_database_keeps_a_denial(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    with scope(cast.centre, cast.day):
        changes: tuple[dict[str, object], ...] = (
            {"state": "sent", "decided_on": None},
            {"state": "sent", "decided_on": None, "asked_ore": 1, "resent_after": 1, "resend_text": "x"},
            {"denials": [{}]},
        )
        for each in changes:
            with pytest.raises(IntegrityError, match="a denial stays"), transaction.atomic():
                CarClaim.objects.update(**each)
    again(cast, group)
    with scope(cast.centre, cast.day):
        later: tuple[dict[str, object], ...] = ({"denials": []}, {"asked_ore": 1}, {"resend_text": "Noe annet"})
        for each in later:
            with pytest.raises(IntegrityError), transaction.atomic():
                CarClaim.objects.update(**each)


@pytest.mark.req("TRV-03")
def test_the_centre_that_paid_asks_and_is_refunded_after_they_have_moved(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    placed(cast, group, cast.other_centre, cast.day)
    assert ("send_car_claim", cast.centre.organisation_id) in open_kinds(cast, group)
    assert sends(cast, group) == ["sent"]
    assert ("send_car_claim", cast.centre.organisation_id) not in open_kinds(cast, group)
    denies(cast, group)
    assert ("see_denied_claim", cast.centre.organisation_id) in open_kinds(cast, group)
    again(cast, group)
    approves(cast, group)
    refunded(cast, group)
    for viewer in (cast.centre, cast.other_centre, cast.udi):
        with scope(viewer, cast.day):
            claim = CarClaim.objects.get()
            assert (claim.organisation_id, claim.state) == (cast.centre.organisation_id, "refunded")


@pytest.mark.req("TRV-03")
def test_a_centre_that_paid_nothing_asks_for_nothing_once_they_have_moved(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    placed(cast, group, cast.other_centre, cast.day)
    other = cast.other_centre
    with scope(other, cast.day):
        pay_own_car(group, paid_on=cast.day, by=other, at=cast.at)
    with scope(cast.centre, cast.day):
        assert not CarClaim.objects.exists()
        with pytest.raises(Refused, match="not_their_centre"):
            send_car_claim(group, by=cast.centre, at=cast.at)
    with scope(other, cast.day):
        assert [claim.organisation_id for claim in send_car_claim(group, by=other, at=cast.at)] == [
            other.organisation_id
        ]


@pytest.mark.req("TRV-03")
def test_where_they_live_now_the_centre_may_send_what_the_former_one_paid(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    placed(cast, group, cast.other_centre, cast.day)
    with scope(cast.other_centre, cast.day):
        [claim] = send_car_claim(group, by=cast.other_centre, at=cast.at)
    assert (claim.state, claim.organisation_id) == ("sent", cast.centre.organisation_id)
    assert ("send_car_claim", cast.centre.organisation_id) not in open_kinds(cast, group)


def test_no_step_leads_from_refunded() -> None:
    with pytest.raises(IllegalStep):
        CAR_CLAIM.step("refunded", "refund_car_claim")


def test_the_centre_does_not_decide_its_own_claim(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        decide_car_claim(group, approves=True, by=cast.centre, at=cast.at)
    with scope(cast.municipality, cast.day):
        assert not CarClaim.objects.exists()
        assert Journey.objects.exists()


def come_back(cast: Cast, group: int) -> Cast:
    """They move to a home of their own, and are at the centre again six days later, with a case anew; who is asked."""
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    later = a_week_later(cast)
    placed(later, group, from_on=later.day)
    with scope(later.udi, later.day):
        assert SettlementCase.objects.filter(subject_id=group).count() == 2
    return later


@pytest.mark.req("TRV-03")
def test_a_claim_of_a_case_that_is_over_is_sent_decided_sent_once_more_and_refunded(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    later = come_back(cast, group)
    assert sends(later, group) == ["sent"]
    assert ("send_car_claim", cast.centre.organisation_id) not in open_kinds(later, group)
    denies(later, group)
    assert ("answer_car_claim", cast.udi.organisation_id) not in open_kinds(later, group)
    assert again(later, group).state == "sent"
    assert ("see_denied_claim", cast.centre.organisation_id) not in open_kinds(later, group)
    approves(later, group)
    assert refunded(later, group) == 4 * EACH
    assert ("answer_car_claim", cast.udi.organisation_id) not in open_kinds(later, group)


@pytest.mark.req("TRV-03")
def test_a_denial_of_a_case_that_is_over_is_seen(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    later = come_back(cast, group)
    with scope(later.centre, later.day):
        accept_car_denial(group, by=later.centre, at=later.at)
        [claim] = CarClaim.objects.filter(subject_id=group)
        assert (claim.case.state, claim.denial_seen_on) == ("closed", later.day)
        seen = Event.objects.filter(type="settlement.car_denial_seen", subject_id=group)
        assert list(seen.values_list("object_id", flat=True)) == [claim.pk]
    assert ("see_denied_claim", cast.centre.organisation_id) not in open_kinds(later, group)
