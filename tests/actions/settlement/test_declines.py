"""A municipality says no, and what follows: it is not asked again until then, by any way of asking."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.actions.finishing import finish_supplement
from fotfeste.settlement.actions.needs import add_need, end_need
from fotfeste.settlement.actions.request import accept_request, decline_request, release_municipality
from fotfeste.settlement.domain.candidates import Candidate
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterDecline, Capability, DeclineReason
from fotfeste.settlement.models import Interview, MunicipalityCapability, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.candidates import candidate_for
from fotfeste.settlement.queries.declared import declared_by_all
from fotfeste.settlement.queries.planning import in_queue
from tests.actions.settlement.asking import ask
from tests.actions.settlement.stage import WEEK, queued, requested
from tests.actions.settlement.test_reopened import TEACHER, finishes, mended, reopens
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

LEVANGER = "5037"


def says_no(
    cast: Cast,
    group: int,
    follows: AfterDecline | str,
    *,
    again_from: Week | None = None,
    unmet: tuple[Capability, ...] = (),
) -> SettlementRequest:
    """Levanger says no, and what follows."""
    with scope(cast.municipality, cast.day):
        return decline_request(
            group,
            reason=DeclineReason.NO_HOUSING,
            follows=follows,
            again_from=again_from,
            unmet=unmet,
            by=cast.municipality,
            at=cast.at,
        )


def levanger(cast: Cast, group: int, week: Week | None = None) -> Candidate:
    """Levanger as IMDi sees it from the household."""
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        found = candidate_for(cast.imdi, case, cast.day, cast.municipality.organisation_id, week=week)
    assert found is not None
    return found


def planned_without(cast: Cast, group: int, days: int = 0) -> set[str]:
    """Which municipalities a plan of a later day leaves out because they have said no."""
    day = cast.day + timedelta(days=days)
    with scope(cast.imdi, day):
        (waiting,) = in_queue(cast.imdi, day, group)
    return set(waiting.said_no)


@pytest.mark.req("SET-07")
def test_a_no_says_what_follows(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        says_no(cast, group, "")
    assert (caught.value.code, caught.value.field) == ("what_follows_missing", "follows")
    with scope(cast.imdi, cast.day):
        assert SettlementRequest.objects.get().state == "open"


@pytest.mark.req("SET-07")
def test_not_this_week_holds_until_the_week_after_the_one_that_was_asked_for(cast: Cast) -> None:
    group = requested(cast, queued(cast))  # for week 14
    request = says_no(cast, group, AfterDecline.NOT_THIS_WEEK)
    assert request.again_from_week == "2024-W15"
    assert levanger(cast, group).fits.is_no
    assert levanger(cast, group, WEEK).fits.is_no
    assert levanger(cast, group, Week(2024, 15)).declined.is_yes
    assert planned_without(cast, group) == {LEVANGER}
    assert planned_without(cast, group, days=28) == set()  # in week 15


@pytest.mark.req("SET-07")
def test_a_municipality_names_from_which_week_it_may_be_asked(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says_no(cast, group, AfterDecline.NOT_THIS_WEEK, again_from=Week(2024, 20))
    with pytest.raises(Refused) as caught:
        ask(cast, group, week=Week(2024, 19))
    assert (caught.value.code, caught.value.field) == ("municipality_has_declined", "reasoning")
    assert sentence_for(caught.value) == (
        "Levanger svarte nei 14. mars 2024 (ingen egnet bolig): ikke denne uken. "
        "Kan spørres igjen fra uke 20, 2024. Skriv hvorfor dere spør kommunen likevel."
    )
    assert ask(cast, group, week=Week(2024, 20)).state == "open"


@pytest.mark.req("SET-07")
def test_imdi_can_ask_all_the_same_when_it_says_why(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    assert ask(cast, group, "Kommunen ringte og har fått en bolig.", week=None).state == "open"


@pytest.mark.req("SET-10")
def test_what_it_has_not_for_one_household_it_has_not_for_any(cast: Cast) -> None:
    first, second, third = queued(cast, has_pets=True), queued(cast, has_pets=True), queued(cast)
    requested(cast, first)
    says_no(cast, first, AfterDecline.NOT_THIS_NEED, unmet=(Capability.PETS,))
    assert levanger(cast, first).declined.is_no
    assert levanger(cast, second).fits.is_no
    assert levanger(cast, second).declined.is_yes
    assert levanger(cast, third).fits.is_yes
    said = MunicipalityCapability.objects.get(capability=Capability.PETS, annulled_at__isnull=True)
    assert (said.is_offered, said.organisation_id) == (False, cast.municipality.organisation_id)
    assert said.period.start == cast.day
    assert every_event().filter(type="settlement.capabilities_declared").count() == 1


@pytest.mark.req("SET-10")
def test_when_it_has_what_they_need_it_is_asked_again(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    says_no(cast, group, AfterDecline.NOT_THIS_NEED, unmet=(Capability.PETS,))
    with scope(cast.municipality, cast.day):
        declare_capabilities({Capability.PETS: True}, by=cast.municipality, at=cast.at)
    assert declared_by_all(cast.day)[cast.municipality.organisation_id] == {Capability.PETS: True}
    assert levanger(cast, group).fits.is_yes


@pytest.mark.req("SET-10")
def test_when_they_need_it_no_more_it_is_asked_again(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    says_no(cast, group, AfterDecline.NOT_THIS_NEED, unmet=(Capability.PETS,))
    with scope(cast.imdi, cast.day):
        end_need(group, Capability.PETS, reason="Hunden er hos søsteren.", by=cast.imdi, at=cast.at)
    assert levanger(cast, group).fits.is_yes


@pytest.mark.req("SET-10")
def test_only_what_they_were_told_of_can_be_unmet(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    for unmet, code in (((), "unmet_need_missing"), ((Capability.STAFFED_HOUSING,), "need_not_told")):
        with pytest.raises(Refused) as caught:
            says_no(cast, group, AfterDecline.NOT_THIS_NEED, unmet=unmet)
        assert (caught.value.code, caught.value.field) == (code, "unmet")
    assert declared_by_all(cast.day) == {}


@pytest.mark.req("SET-07")
def test_not_until_reassessed_holds_until_the_household_is_assessed_anew(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    assert levanger(cast, group, Week(2024, 40)).declined.is_no
    assert planned_without(cast, group, days=200) == {LEVANGER}
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.PETS, reason="De har fått en hund.", by=cast.imdi, at=cast.at)
    assert levanger(cast, group).declined.is_yes
    assert planned_without(cast, group) == set()
    says_no(cast, requested(cast, group), AfterDecline.NOT_UNTIL_REASSESSED)  # asked anew, of the new assessment
    assert levanger(cast, group).declined.is_no


@pytest.mark.req("SET-07")
def test_what_came_while_it_thought_is_part_of_what_it_said_no_to(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.PETS, reason="De har fått en hund.", by=cast.imdi, at=cast.at)
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    assert levanger(cast, group).declined.is_no
    assert planned_without(cast, group) == {LEVANGER}


@pytest.mark.req("SET-07")
def test_a_yes_outweighs_an_earlier_no(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    ask(cast, group, "Kommunen ringte.", week=None)
    with scope(cast.municipality, cast.day):
        accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        release_municipality(group, by=cast.imdi, at=cast.at)
    assert levanger(cast, group).declined.is_yes
    assert planned_without(cast, group) == set()


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"follows": ""}, "declined_request_says_what_follows"),
        ({"again_from_week": ""}, "not_this_week_says_which"),
        ({"unmet": ["pets"]}, "unmet_needs_are_of_a_no"),
    ],
)
def test_the_database_keeps_no_no_without_what_follows(cast: Cast, columns: dict[str, object], constraint: str) -> None:
    says_no(cast, requested(cast, queued(cast)), AfterDecline.NOT_THIS_WEEK)
    with scope(cast.imdi, cast.day), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SettlementRequest.objects.filter(state="declined").update(**columns)


@pytest.mark.req("SET-07")
def test_corrected_answers_are_a_new_assessment_and_confirmed_ones_are_not(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    finishes(cast, reopens(cast, group))
    assert levanger(cast, group).declined.is_no
    mended(cast, group, {Question.OCCUPATION: TEACHER})
    assert levanger(cast, group).declined.is_yes


@pytest.mark.req("SET-07")
def test_a_supplemented_interview_is_a_new_assessment(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    with scope(cast.centre, cast.day):
        Interview.objects.filter(case__subject_id=group).update(supplementing=[-1])
        finish_supplement(group, by=cast.centre, at=cast.at)
    assert levanger(cast, group).declined.is_yes
