"""What a plan keeps of what it weighed: the trade-off along its policy's curve, and each household's fate by lot."""

import pytest

from fotfeste.allocation.actions.computing import computed, keep_plan, read_candidates
from fotfeste.allocation.domain.households import Fate, Household, Person
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.tradeoff import chosen_of, given_up
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.public import send_proposals
from fotfeste.allocation.queries.fairness import below_in, curve_of, fairness_of
from fotfeste.allocation.queries.outcomes import outcomes_of
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Sex
from tests.actions.allocation.stage import asked_for, planned, waited
from tests.actions.allocation.test_policy_changed import changed
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-09")]


def unfair(cast: Cast) -> Plan:
    """A plan of those who wait, beside draws that would have been better for everybody."""
    plan = asked_for(cast)
    with scope(cast.imdi, cast.day):
        found = computed(read_candidates(cast.imdi, cast.at), cast.at)
        for proposal in found.proposals:
            proposal.fate["drawn_points"] = proposal.fate["points"] + 1
        return keep_plan(plan.pk, found, by=cast.imdi, at=cast.at)


def test_a_plan_keeps_its_curve_with_its_own_point_and_no_number_of_people(cast: Cast) -> None:
    queued(cast)
    plan = planned(waited(cast))
    with scope(cast.imdi, cast.day):
        curve = curve_of(plan)
    assert [each.weight for each in curve] == [0, 5, 10, 20, 40]
    assert chosen_of(curve).weight == 10
    assert given_up(curve) >= 0
    assert {name for each in plan.curve for name in each} == {"weight", "is_chosen", "accuracy", "room", "unevenness"}


def test_a_weight_beside_the_curve_is_a_point_of_it(cast: Cast) -> None:
    queued(cast)
    changed(cast, weight_spread=13)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        assert [(each.weight, each.is_chosen) for each in curve_of(plan)][2:4] == [(10, False), (13, True)]


def test_the_fate_of_a_household_is_kept_with_its_proposal_by_kind_and_no_name(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        proposal = Proposal.objects.get(plan=plan)
    fate = from_json(Fate, proposal.fate)
    assert proposal.total is not None
    assert fate.points >= proposal.total / 1000  # less for all who come there, not as for the last of them
    assert fate.days > 90
    assert fate.drawn_points <= fate.points
    ages = (30, 30, 13, 6)  # the first of each band
    assert fate.household == Household(tuple(Person(age, Sex.UNKNOWN, "UKR") for age in ages))


def test_sets_are_counted_over_those_whom_the_viewer_sees(cast: Cast) -> None:
    _seen, hidden = queued(cast), queued(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        assert [each.persons for each in fairness_of(plan)][:1] == [8]
    protected(cast, group=hidden)
    with scope(cast.imdi, cast.day):
        assert [each.persons for each in fairness_of(plan)][:1] == [None]  # four: too few to show


def test_a_fair_plan_is_sent_without_a_reason(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        assert not below_in(outcomes_of(plan))
        send_proposals(plan.reference, [family], despite="Ingen grunn.", by=cast.imdi, at=cast.at)
        assert Proposal.objects.get(plan=plan).sent_despite == ""


def test_one_that_leaves_a_protected_set_below_is_sent_with_a_reason_that_is_kept(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = unfair(cast)
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused, match="unfair_without_reason"):
            send_proposals(plan.reference, [family], despite="  ", by=cast.imdi, at=cast.at)
        send_proposals(plan.reference, [family], despite=" De kan ikke vente. ", by=cast.imdi, at=cast.at)
        proposal = Proposal.objects.get(plan=plan)
    assert (proposal.sent_despite, proposal.request_id is not None) == ("De kan ikke vente.", True)


def test_a_set_that_the_policy_does_not_protect_needs_no_reason(cast: Cast) -> None:
    queued(cast)
    changed(cast, protected_sets="")
    plan = unfair(waited(cast))
    with scope(cast.imdi, cast.day):
        assert not below_in(outcomes_of(plan))
