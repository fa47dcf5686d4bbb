"""A need that arises after the municipality's yes: it is asked, and answers that it can meet it, or cannot and why."""

from datetime import date

import pytest

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterGrowth, Capability
from fotfeste.settlement.models import NeedQuestion, SettlementRequest
from fotfeste.settlement.public import (
    add_need,
    answer_needs,
    end_need,
    make_offer,
    register_offer_answer,
    release_municipality,
    see_household_again,
    withdraw_offer,
)
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    WEEK,
    accepted,
    depart,
    found,
    offered,
    open_kinds,
    queued,
    requested,
    with_journey,
)
from tests.actions.settlement.test_reopened import WHEELCHAIR, mended
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
HOUSING, PETS = Capability.ADAPTED_HOUSING, Capability.PETS
ASKED, AGAIN = "confirm_need", "see_household_again"
WHY = "Alle tilrettelagte boliger er opptatt."


def needs(cast: Cast, group: int, *what: Capability) -> int:
    """They come to need it."""
    with scope(cast.imdi, cast.day):
        for each in what or (HOUSING,):
            add_need(group, each, reason="Etter et fall.", by=cast.imdi, at=cast.at)
    return group


def says(cast: Cast, group: int, text: str = "", by: Viewer | None = None, **answers: bool) -> None:
    """Levanger (or whoever is named) answers."""
    who = by or cast.municipality
    with scope(who, cast.day):
        given = {Capability(code): can for code, can in answers.items()}
        answer_needs(group, given, text=text, by=who, at=cast.at)


def is_asked(cast: Cast, group: int) -> bool:
    """Whether Levanger has the task."""
    return (ASKED, cast.municipality.organisation_id) in open_kinds(cast, group)


def sees_again(cast: Cast, group: int) -> bool:
    """Whether IMDi has the household before it again."""
    return (AGAIN, cast.imdi.organisation_id) in open_kinds(cast, group)


def outcomes(cast: Cast, group: int, viewer: Viewer | None = None) -> list[tuple[str, str]]:
    """What was asked and what came of it, as somebody reads it."""
    with scope(viewer or cast.imdi, cast.day):
        return list(NeedQuestion.objects.filter(subject_id=group).order_by("pk").values_list("capability", "outcome"))


@pytest.mark.req("SET-10")
@pytest.mark.parametrize("bring", [found, offered, accepted, with_journey])
def test_a_municipality_that_has_said_yes_is_asked_about_a_need_that_arises(cast: Cast, bring: object) -> None:
    group = needs(cast, bring(cast, queued(cast)))  # type: ignore[operator]
    assert is_asked(cast, group)
    with scope(cast.municipality, cast.day):
        task = Task.objects.get(subject_id=group, kind=ASKED)
    assert (task.due_on, task.due_rule) == (date(2024, 3, 19), "settlement.need_answer_working_days")
    assert every_event().get(type="settlement.need_asked").other_organisation_id == cast.municipality.organisation_id


@pytest.mark.parametrize("bring", [lambda cast, group: group, requested])
def test_where_none_has_said_yes_nobody_is_asked(cast: Cast, bring: object) -> None:
    group = needs(cast, bring(cast, queued(cast)))  # type: ignore[operator]
    assert not is_asked(cast, group)
    assert outcomes(cast, group) == []


@pytest.mark.req("SET-10")
def test_a_yes_confirms_the_need_and_the_case_goes_on(cast: Cast) -> None:
    group = needs(cast, found(cast, queued(cast)))
    says(cast, group, adapted_housing=True)
    assert not is_asked(cast, group)
    assert not sees_again(cast, group)
    assert every_event().filter(type="settlement.need_met", subject_id=group).count() == 1
    with scope(cast.imdi, cast.day):
        assert SettlementRequest.objects.get(subject_id=group).confirmed == [str(HOUSING)]
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)  # nothing is left for IMDi to confirm


@pytest.mark.req("SET-10")
def test_a_no_goes_to_imdi_which_may_take_the_offer_back(cast: Cast) -> None:
    group = needs(cast, accepted(cast, queued(cast)))
    with pytest.raises(Refused, match="unmet_need_needs_words"):
        says(cast, group, text=" ", adapted_housing=False)
    says(cast, group, text=WHY, adapted_housing=False)
    assert not is_asked(cast, group)
    assert sees_again(cast, group)
    with scope(cast.imdi, cast.day):
        assert Task.objects.get(subject_id=group, kind=AGAIN).cause == "settlement.need_not_met"
        assert NeedQuestion.objects.get(subject_id=group).answer_text == WHY
        withdraw_offer(group, reason="does_not_fit", by=cast.imdi, at=cast.at)
    assert every_event().filter(type="settlement.need_not_met", subject_id=group).count() == 1


def test_imdi_may_let_the_case_go_on_all_the_same(cast: Cast) -> None:
    group = needs(cast, offered(cast, queued(cast)))
    says(cast, group, text=WHY, adapted_housing=False)
    with scope(cast.imdi, cast.day):
        why = "De klarer seg med rampe."
        see_household_again(group, outcome=AfterGrowth.GOES_ON, reasoning=why, by=cast.imdi, at=cast.at)
    assert not sees_again(cast, group)


def test_two_needs_are_answered_one_by_one(cast: Cast) -> None:
    group = needs(cast, offered(cast, queued(cast)), HOUSING, PETS)
    with pytest.raises(Refused, match="need_answer_missing"):
        says(cast, group, adapted_housing=True)
    says(cast, group, text=WHY, adapted_housing=False, pets=True)
    assert outcomes(cast, group) == [(HOUSING, "not_met"), (PETS, "met")]
    with pytest.raises(Refused, match="no_need_question"):
        says(cast, group, adapted_housing=True, pets=True)


def test_a_need_that_is_over_asks_nobody(cast: Cast) -> None:
    group = needs(cast, offered(cast, queued(cast)), HOUSING, PETS)
    with scope(cast.imdi, cast.day):
        end_need(group, HOUSING, reason="Feil.", by=cast.imdi, at=cast.at)
    assert is_asked(cast, group)
    with scope(cast.imdi, cast.day):
        end_need(group, PETS, reason="Feil.", by=cast.imdi, at=cast.at)
    assert not is_asked(cast, group)
    assert outcomes(cast, group) == [(HOUSING, "lapsed"), (PETS, "lapsed")]


def test_what_imdi_confirms_with_the_offer_is_not_asked_any_more(cast: Cast) -> None:
    group = needs(cast, found(cast, queued(cast)))
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, confirmed_since=[HOUSING], by=cast.imdi, at=cast.at)
    assert not is_asked(cast, group)
    assert outcomes(cast, group) == [(HOUSING, "lapsed")]


def test_a_corrected_answer_asks_too_and_one_that_was_wrong_asks_no_more(cast: Cast) -> None:
    group = mended(cast, offered(cast, queued(cast)), {Question.ADAPTATION: WHEELCHAIR})
    assert is_asked(cast, group)
    assert sees_again(cast, group)


def test_the_question_ends_with_the_municipalitys_part(cast: Cast) -> None:
    group = needs(cast, found(cast, queued(cast)))
    with scope(cast.imdi, cast.day):
        release_municipality(group, by=cast.imdi, at=cast.at)
    assert not is_asked(cast, group)
    with pytest.raises(NotFound):
        says(cast, group, adapted_housing=True)


def test_no_task_is_left_when_they_are_settled(cast: Cast) -> None:
    group = needs(cast, with_journey(cast, queued(cast)))
    depart(cast, group)
    assert not is_asked(cast, group)
    with pytest.raises((NotFound, Refused)):
        says(cast, group, adapted_housing=True)


def test_only_the_municipality_that_said_yes_answers_and_no_other_reads_it(cast: Cast) -> None:
    group = needs(cast, offered(cast, queued(cast)))
    for viewer in (cast.imdi, cast.centre, cast.other_municipality):
        with pytest.raises((NotAllowed, NotFound, Refused)):
            says(cast, group, by=viewer, adapted_housing=True)
    assert outcomes(cast, group, cast.other_municipality) == []
    assert outcomes(cast, group, cast.centre) == outcomes(cast, group, cast.municipality) == [(HOUSING, "")]


def test_a_household_that_has_said_no_needs_no_answer(cast: Cast) -> None:
    group = needs(cast, offered(cast, queued(cast)))
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=False,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )
    assert not is_asked(cast, group)
