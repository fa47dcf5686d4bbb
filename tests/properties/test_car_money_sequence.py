"""Any sequence of payments, claims, denials and second tries, on committed rows: no claim is refunded twice, none with
more than was paid, and what UDI owes is what it has approved less what it has refunded.

The test keeps its own accounts of what was approved and refunded, and asks the database after each act.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import ClassVar

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.public import (
    LegPlan,
    OwnCar,
    TravelMode,
    agree_journey,
    decide_car_claim,
    pay_own_car,
    postpone_journey,
    refund_car_claim,
    resend_car_claim,
    send_car_claim,
)
from fotfeste.settlement.queries.car_claims import listed_claims, sums_of
from tests.actions.settlement.stage import accepted, decided, depart, family, plan
from tests.conftest import Cast, make_cast
from tests.settlement_steps import interviewed, placed

# Quick by default, the same every time; FOTFESTE_EXAMPLES=1000 looks further, at random.
EXAMPLES = int(os.environ.get("FOTFESTE_EXAMPLES", "0"))
BOUNDS = settings(
    max_examples=EXAMPLES or 8,
    stateful_step_count=40 if EXAMPLES else 16,
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink) if os.environ.get("FOTFESTE_SHRINK", "1") == "1" else (Phase.generate,),
)
AHEAD = date(2024, 4, 2)
PRICES = st.sampled_from((100_000, 129_950, 40_001))

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class Money(RuleBasedStateMachine):
    """Two centres, UDI, and one household that drives."""

    cast: ClassVar[Cast]

    def __init__(self) -> None:
        super().__init__()
        self.group = 0
        self.at_home = self.cast.centre
        self.refunded: dict[int, int] = {}  # by claim: what passed, as the test was told when it did
        self.denied: dict[int, int] = {}  # by claim: how often

    @initialize(price=PRICES)
    def they_drive(self, price: int) -> None:
        """The journey is agreed, with a price."""
        decided("5037", 9000, 900)  # each run is another household
        self.group = accepted(self.cast, interviewed(self.cast, family()))
        self.agree(4, price)

    def agree(self, persons: int, price: int | None) -> None:
        """They drive, so many; or go by train, which has no price."""
        journey = plan()
        if price is not None:
            car = OwnCar(persons, price, self.cast.day, AHEAD)
            leg = LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger")
            journey = replace(journey, hub="", legs=(leg,), own_car=car)
        self.try_it(self.at_home, lambda by: agree_journey(self.group, journey, by=by, at=self.cast.at))

    def try_it(self, by: Viewer, act: Callable[[Viewer], object]) -> object:
        """An act that may be refused; None where it was."""
        with scope(by, self.cast.day):
            try:
                with transaction.atomic():
                    return act(by)
            except (Refused, IllegalStep):
                return None

    @rule(persons=st.integers(1, 4), price=st.one_of(st.none(), PRICES, PRICES))
    def the_journey_changes(self, persons: int, price: int | None) -> None:
        """Others drive, or at another price, or nobody."""
        self.agree(persons, price)

    @rule()
    def the_journey_is_put_off(self) -> None:
        """No day is known."""
        day = self.cast.day
        self.try_it(
            self.at_home,
            lambda by: postpone_journey(self.group, kind="cancelled", happened_on=day, by=by, at=self.cast.at),
        )

    @rule()
    def they_move_to_the_other_centre(self) -> None:
        """Or back."""
        there = self.cast.other_centre if self.at_home is self.cast.centre else self.cast.centre
        placed(self.cast, self.group, there, self.cast.day)
        self.at_home = there

    @rule(former=st.booleans())
    def a_centre_pays(self, former: bool) -> None:
        """What is due, or what is too much comes back; the one that they have left pays nothing."""
        by = self.centre(former=former)
        self.try_it(by, lambda by: pay_own_car(self.group, paid_on=self.cast.day, by=by, at=self.cast.at))

    @rule(former=st.booleans())
    def a_centre_sends(self, former: bool) -> None:
        """What is not sent."""
        self.try_it(self.centre(former=former), lambda by: send_car_claim(self.group, by=by, at=self.cast.at))

    @rule(former=st.booleans())
    def a_centre_sends_once_more(self, former: bool) -> None:
        """What UDI has denied."""
        by = self.centre(former=former)
        self.try_it(by, lambda by: resend_car_claim(self.group, text="Vedlagt.", by=by, at=self.cast.at))

    def centre(self, *, former: bool) -> Viewer:
        """Where they live, or the other."""
        is_first = (self.at_home is self.cast.centre) is not former
        return self.cast.centre if is_first else self.cast.other_centre

    @rule(approves=st.booleans())
    def udi_decides(self, approves: bool) -> None:
        """Yes, or no with words."""
        found = self.try_it(
            self.cast.udi,
            lambda by: decide_car_claim(self.group, approves=approves, text="Nei.", by=by, at=self.cast.at),
        )
        if isinstance(found, CarClaim) and not approves:
            self.denied[found.pk] = self.denied.get(found.pk, 0) + 1

    @rule()
    def udi_refunds(self) -> None:
        """The oldest that is approved."""
        found = self.try_it(
            self.cast.udi,
            lambda by: refund_car_claim(self.group, refunded_on=self.cast.day, by=by, at=self.cast.at),
        )
        if isinstance(found, CarClaim):
            assert found.pk not in self.refunded, "refunded twice"
            assert found.refunded_ore is not None
            self.refunded[found.pk] = found.refunded_ore

    @rule(state=st.sampled_from(("paid_out", "sent", "approved")))
    def somebody_opens_what_is_refunded(self, state: str) -> None:
        """The database refuses it, whoever asks."""
        with scope(self.cast.udi, self.cast.day):
            refunded = CarClaim.objects.filter(state="refunded")
            for claim in refunded:
                with pytest.raises(IntegrityError), transaction.atomic():
                    refunded.filter(pk=claim.pk).update(state=state, refunded_on=None, refunded_ore=None)

    @invariant()
    def the_accounts_agree(self) -> None:
        """Of each claim, and of all."""
        with scope(self.cast.udi, self.cast.day):
            listed = [each for each in listed_claims(self.cast.udi) if each.claim.subject_id == self.group]
        claims = [each.claim for each in listed]
        assert {claim.pk: claim.refunded_ore for claim in claims if claim.state == "refunded"} == self.refunded
        for claim in claims:
            refunded, amount = self.refunded.get(claim.pk, 0), claim.amount_ore
            assert min(0, amount) <= refunded <= max(0, amount), "more than was paid"
            shown = len(claim.denials) + (claim.state == "denied")
            assert shown == self.denied.get(claim.pk, 0), "a denial is gone"
        approved = sum(each.share_ore for each in listed if each.claim.state in ("approved", "refunded"))
        sums = sums_of(listed)
        assert sums.owed_ore == approved - sum(self.refunded.values())
        assert sums.refunded_ore == sum(self.refunded.values()) >= 0
        # What UDI covers is never more than the household has, but for what UDI itself has said that it does not want.
        covered = sum(each.share_ore for each in listed)
        let_be = -sum(claim.amount_ore for claim in claims if claim.amount_ore < 0 and claim.state == "denied")
        assert 0 <= covered <= sum(claim.amount_ore for claim in claims) + let_be

    def teardown(self) -> None:
        """Whoever paid is who is refunded: a claim says who, and never another. They leave, which frees their places;
        what was paid for a journey that nobody drives is asked back.
        """
        if not self.group:
            return
        depart(replace(self.cast, centre=self.at_home), self.group, DepartureReason.PRIVATE_ADDRESS)
        self.the_accounts_agree()
        with scope(self.cast.udi, self.cast.day):
            payers = set(CarClaim.objects.filter(subject_id=self.group).values_list("organisation_id", flat=True))
        assert payers <= {self.cast.centre.organisation_id, self.cast.other_centre.organisation_id}


@pytest.fixture
def money(transactional_db: None) -> type[Money]:
    """The cast, committed."""

    class Here(Money):
        cast = make_cast()

    return Here


@pytest.mark.req("TRV-03")
def test_no_claim_is_refunded_twice_or_with_more_than_was_paid(money: type[Money]) -> None:
    run_state_machine_as_test(money, settings=BOUNDS)
