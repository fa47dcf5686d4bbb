"""Households that refuse, and what the parties do on a day: 14 March 2024 is a Thursday, Easter is on the 31st."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.plan import Plan
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.public import (
    ask_to_hold,
    plan_of,
    refusal_of,
    register_talk,
    send_eviction_notice,
    send_first_letter,
    send_petition,
    tell_udi,
)
from fotfeste.registry.public import NewGroup, NewPerson, Sex, add_member, remove_member
from tests.actions.refusal.letter_stage import ruled
from tests.actions.settlement.stage import ARRIVED_ON, VERGE, decided, queued, refused
from tests.conftest import Cast
from tests.settlement_steps import interviewed, members_by_name, placed

DAY = timedelta(days=1)
MOVED = DepartureReason.REFUSED_AND_MOVED
DEADLINE = date(2024, 3, 22)
FORTNIGHT = date(2024, 4, 2)  # 28 March is Maundy Thursday: the first working day is Tuesday after Easter
NOTICE_FROM = date(2024, 4, 3)


def does(
    cast: Cast, act: Callable[..., Any], group: int, *args: Any, by: Viewer, on: date | None = None, **how: Any
) -> Any:
    """Somebody does something on a day (today where none is given), as from a form."""
    day = on or cast.day
    with scope(by, day):
        return act(group, *args, by=by, at=cast.at + (day - cast.day), **how)


def code_of(cast: Cast, act: Callable[..., Any], group: int, *args: Any, **how: Any) -> str:
    """Why it is refused."""
    with pytest.raises(Refused) as caught:
        does(cast, act, group, *args, **how)
    return caught.value.code


def the_refusal(cast: Cast, group: int, on: date | None = None) -> Refusal:
    """As UDI sees it."""
    with scope(cast.udi, on or cast.day):
        found = refusal_of(group)
    assert found is not None
    return found


def planned(cast: Cast, group: int, on: date | None = None) -> Plan:
    """How it stands on a day, as UDI sees it."""
    with scope(cast.udi, on or cast.day):
        found = refusal_of(group)
        assert found is not None
        return plan_of(found, on or cast.day)


def people(cast: Cast, group: int) -> dict[str, int]:
    """The subjects of its people, by given name."""
    with scope(cast.udi, cast.day):
        return {name: each.subject_id for name, each in members_by_name(group, cast.day).items()}


def declined(cast: Cast) -> int:
    """The Kovalenkos say no on 14 March; UDI has ruled on what the letters say."""
    ruled(cast)
    return refused(cast, queued(cast))


def aunt_and_boy(cast: Cast) -> int:
    """An aunt, and her nephew of 14 who came without his parents, say no on 14 March."""
    decided("5037", 20, 2)
    ruled(cast)

    def person(given: str, born: date, **changes: Any) -> NewPerson:
        plain: dict[str, Any] = {"sex": Sex.UNKNOWN, "citizenship": "UKR", "languages": ("uk",)}
        return NewPerson(given_name=given, family_name="Melnyk", birth_date=born, **plain, **changes)

    persons = (
        person("Iryna", date(1990, 1, 15)),
        person("Taras", date(2009, 6, 30), is_unaccompanied_minor=True, guardian=VERGE),
    )
    group = NewGroup(persons=persons, registered_on=ARRIVED_ON, applied_on=ARRIVED_ON)
    return refused(cast, interviewed(cast, group))


def apart(cast: Cast, group: int, *names: str) -> int:
    """Those named live at Råde: they were households of their own there until today."""
    who = people(cast, group)
    for name in names:
        with scope(cast.udi, cast.day):
            own = remove_member(group, who[name], cast.day - 2 * DAY, by=cast.udi, at=cast.at)
        placed(cast, own.pk, cast.other_centre, cast.day - DAY)
        with scope(cast.udi, cast.day):
            add_member(group, who[name], cast.day, by=cast.udi, at=cast.at)
    return group


def declined_apart(cast: Cast, *names: str) -> int:
    """The Kovalenkos say no on 14 March; those named live at Råde, the others at Voss."""
    ruled(cast)
    return refused(cast, apart(cast, queued(cast), *names))


def messaged(cast: Cast) -> int:
    """IMDi has asked Levanger to hold the offer until 22 March, and told UDI, on the same day."""
    return told_of(cast, declined(cast))


def told_of(cast: Cast, group: int) -> int:
    """The municipality is asked to hold the offer of a household that has refused, and UDI is told."""
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    does(cast, tell_udi, group, by=cast.imdi)
    return group


def lettered(cast: Cast) -> int:
    """UDI has sent both adults the first letter, too."""
    group = messaged(cast)
    does(cast, send_first_letter, group, by=cast.udi)
    return group


def noticed(cast: Cast) -> int:
    """And warned them of the eviction on 3 April."""
    group = lettered(cast)
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)
    return group


def petitioned(cast: Cast) -> int:
    """And petitioned for it on the same day."""
    group = noticed(cast)
    does(cast, send_petition, group, by=cast.udi, on=NOTICE_FROM)
    return group


def talks(
    cast: Cast, group: int, residents: Collection[int], on: date | None = None, held_on: date | None = None
) -> None:
    """The centre talks with residents, with an interpreter."""
    does(
        cast,
        register_talk,
        group,
        residents,
        by=cast.centre,
        on=on,
        held_on=held_on or on or cast.day,
        language="uk",
        interpreter="present",
        text="De vet hva de mister.",
    )
