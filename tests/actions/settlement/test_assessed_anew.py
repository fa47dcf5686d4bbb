"""What lifts a no that holds until the household is assessed anew, and what does not (ADR 0042)."""

from collections.abc import Callable
from datetime import date

import pytest

from fotfeste.platform.scope import scope
from fotfeste.registry.public import remove_member
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterDecline, AfterGrowth, Capability
from fotfeste.settlement.public import add_need, end_need
from tests.actions.settlement.stage import queued, requested
from tests.actions.settlement.test_declines import LEVANGER, levanger, planned_without, says_no
from tests.actions.settlement.test_grown import joined, said
from tests.actions.settlement.test_reopened import TEACHER, finishes, mended, reopens
from tests.actions.settlement.test_reopened_supplement import asked_as_adult, came_later
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07")]
ADULT = date(1985, 1, 1)


def supplemented(cast: Cast, group: int) -> None:
    """Who came later is asked, and the interview is sent to IMDi again."""
    asked_as_adult(cast, group, came_later(cast, group, "Iryna", ADULT))


def need_added(cast: Cast, group: int) -> None:
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.STAFFED_HOUSING, reason="Alvorlig syk.", by=cast.imdi, at=cast.at)


def need_ended(cast: Cast, group: int) -> None:
    with scope(cast.imdi, cast.day):
        end_need(group, Capability.PETS, reason="Hunden er hos søsteren.", by=cast.imdi, at=cast.at)


def corrected(cast: Cast, group: int) -> None:
    """An answer is changed to another."""
    mended(cast, group, {Question.OCCUPATION: TEACHER})


def confirmed(cast: Cast, group: int) -> None:
    """The interview is opened again, and what was answered stands."""
    finishes(cast, reopens(cast, group))


def born(cast: Cast, group: int) -> None:
    joined(cast, group, "Bebi", cast.day)


def seen(cast: Cast, group: int) -> None:
    """Somebody is born, and IMDi lets the case go on as it is."""
    born(cast, group)
    said(cast, group, AfterGrowth.GOES_ON, "Barnet trenger ikke noe særskilt.")


def left(cast: Cast, group: int) -> None:
    with scope(cast.udi, cast.day):
        person = members_by_name(group, cast.day)["Andrij"].subject_id
        remove_member(group, person, cast.day, by=cast.udi, at=cast.at)


@pytest.mark.parametrize(
    ("happens", "is_assessed"),
    [
        (supplemented, True),
        (corrected, True),
        (need_added, True),
        (need_ended, True),
        (confirmed, False),
        (born, False),
        (seen, False),
        (left, False),
    ],
)
def test_a_household_is_assessed_anew_by_what_is_found_out_of_it(
    cast: Cast, happens: Callable[[Cast, int], None], *, is_assessed: bool
) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    says_no(cast, group, AfterDecline.NOT_UNTIL_REASSESSED)
    happens(cast, group)
    assert levanger(cast, group).declined.is_no is not is_assessed
    assert planned_without(cast, group) == (set() if is_assessed else {LEVANGER})
