"""A municipality has said no: a plan leaves it out for as long as it said, and tells until when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json, to_json
from fotfeste.allocation.domain.types import Group, Resource
from fotfeste.allocation.explained import for_case_worker
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.allocation.queries.plans import municipality_names
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.needs import add_need, end_need
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import decline_request, in_queue, recently_in_queue, send_request
from fotfeste.settlement.queries.candidates import candidate_for
from tests.actions.allocation.stage import WAITED, planned, proposed, waited
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07", "SET-15")]


def levanger_says_no(
    cast: Cast, group: int, follows: str, again_from: Week | None = None, unmet: tuple[Capability, ...] = ()
) -> None:
    """IMDi asks Levanger about the household, and it says no."""
    with scope(cast.imdi, cast.day):
        send_request(group, cast.municipality.organisation_id, by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day):
        decline_request(
            group,
            reason="no_housing",
            follows=follows,
            again_from=again_from,
            unmet=unmet,
            by=cast.municipality,
            at=cast.at,
        )


def finn_says_yes(cast: Cast, group: int) -> bool:
    """Whether Levanger fits the household where IMDi asks one at a time."""
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        levanger = candidate_for(cast.imdi, case, cast.day, cast.municipality.organisation_id)
    return levanger is not None and not levanger.fits.is_no


def later(cast: Cast, days: int) -> Cast:
    """The cast some days later."""
    return replace(cast, at=cast.at + timedelta(days=days), day=cast.day + timedelta(days=days))


def not_possible(cast: Cast, plan: Plan, group: int) -> list[str]:
    """What the proposal's page says was not possible."""
    with scope(cast.imdi, cast.day):
        why = from_json(Explanation, Proposal.objects.get(plan=plan, subject_id=group).explanation)
        sections = for_case_worker(why, municipality_names(), plan.week)
    return [line for section in sections if section.heading == "Ikke mulig" for line in section.lines]


@pytest.fixture
def family(cast: Cast) -> int:
    """A household that waits, with room for it in Levanger alone."""
    group = queued(cast)
    decided("5038", 3)
    return group


def test_a_plan_asks_again_from_the_week_that_the_municipality_named(cast: Cast, family: int) -> None:
    cast = waited(cast)  # 22 June, in week 25
    levanger_says_no(cast, family, "not_this_week", Week(2024, 28))
    plan = planned(cast)
    assert proposed(cast, plan) == {family: ""}
    told = "Levanger svarte nei 22. juni 2024 (ingen egnet bolig): ikke denne uken. Kan spørres igjen fra uke 28, 2024."
    assert f"{told} Planen gjelder uke 25, 2024." in not_possible(cast, plan, family)
    assert proposed(later(cast, 14), planned(later(cast, 14))) == {family: ""}  # in week 27
    assert proposed(later(cast, 21), planned(later(cast, 21))) == {family: "5037"}


def test_a_plan_leaves_out_who_waits_for_a_new_assessment(cast: Cast, family: int) -> None:
    cast = waited(cast)
    levanger_says_no(cast, family, "not_until_reassessed")
    plan = planned(later(cast, 100))
    assert proposed(later(cast, 100), plan) == {family: ""}
    (told,) = [line for line in not_possible(later(cast, 100), plan, family) if line.startswith("Levanger")]
    assert told.endswith("ikke før ny vurdering. Kan spørres igjen når husstanden er vurdert på nytt.")


def test_what_one_household_cannot_get_no_other_is_planned_for(cast: Cast) -> None:
    first, second, third = queued(cast, has_pets=True), queued(cast, has_pets=True), queued(cast)
    decided("5038", 3)
    cast = waited(cast)
    assert proposed(cast, planned(cast)) == dict.fromkeys((first, second, third), "5037")
    levanger_says_no(cast, first, "not_this_need", unmet=(Capability.PETS,))
    plan = planned(cast)
    assert proposed(cast, plan) == {first: "", second: "", third: "5037"}
    assert any("ikke dette behovet (bolig der kjæledyr er tillatt)" in line for line in not_possible(cast, plan, first))
    assert not any("ikke dette behovet" in line for line in not_possible(cast, plan, second))


@pytest.mark.req("SET-10")
def test_a_plan_goes_by_the_needs_that_imdi_has_ended(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    decided("5038", 3)
    cast = waited(cast)
    levanger_says_no(cast, group, "not_this_need", unmet=(Capability.PETS,))
    assert proposed(cast, planned(cast)) == {group: ""}
    with scope(cast.imdi, cast.day):
        end_need(group, Capability.PETS, reason="Hunden er hos søsteren.", by=cast.imdi, at=cast.at)
    assert finn_says_yes(cast, group)
    assert proposed(cast, planned(cast)) == {group: "5037"}


@pytest.mark.req("SET-10")
def test_a_plan_goes_by_the_needs_that_imdi_has_added(cast: Cast, family: int) -> None:
    cast = waited(cast)
    with scope(cast.imdi, cast.day):
        add_need(family, Capability.STAFFED_HOUSING, reason="Etter et fall.", by=cast.imdi, at=cast.at)
        add_need(family, Capability.ADAPTED_HOUSING, reason="Etter et fall.", by=cast.imdi, at=cast.at)
        (group,) = candidates_on(cast.imdi, cast.day).groups
    assert group.uses[Resource.ADAPTED_HOMES] == 1
    levanger_says_no(cast, family, "not_this_need", unmet=(Capability.STAFFED_HOUSING,))
    assert not finn_says_yes(cast, family)
    plan = planned(cast)
    assert proposed(cast, plan) == {family: ""}
    (told,) = [line for line in not_possible(cast, plan, family) if line.startswith("Levanger")]
    assert "ikke dette behovet (bemannet bolig)" in told


def test_of_an_answer_a_plan_reads_no_texts_and_of_those_of_late_no_answers(cast: Cast, family: int) -> None:
    cast = waited(cast)
    levanger_says_no(cast, family, "not_until_reassessed")
    with scope(cast.imdi, cast.day):
        with CaptureQueriesContext(connection) as read:
            (waiting,) = in_queue(cast.imdi, cast.day)
        with CaptureQueriesContext(connection) as late:
            (recent,) = recently_in_queue(cast.imdi, cast.day - 2 * WAITED, cast.day)
    assert set(waiting.said_no) == {"5037"}
    assert not any(column in each["sql"] for each in read for column in ('"message"', '"reasoning"', '"answer_text"'))
    assert recent.said_no == {}
    assert not any("settlement_settlementrequest" in each["sql"] for each in late)


def test_the_snapshot_keeps_who_said_no_and_what_follows(cast: Cast, family: int) -> None:
    cast = waited(cast)
    levanger_says_no(cast, family, "not_this_week", Week(2024, 28))
    with scope(cast.imdi, cast.day):
        (group,) = candidates_on(cast.imdi, cast.day).groups
        kept = Proposal.objects.get(plan=planned(cast)).explanation
    (said,) = group.said_no
    assert said.municipality == "5037"
    assert said.declined is not None
    assert said.declined.following.from_week == Week(2024, 28)
    assert from_json(Group, to_json(group)) == group
    assert from_json(Explanation, kept).group.said_no == group.said_no
