"""Acts of a municipality for those who live there privately, each with what there is before it."""

from datetime import date, datetime

from fotfeste.alternative.domain.local import (
    ContactInterpreter,
    ContactSubject,
    ContactWay,
    FollowedUp,
    LocalConditionKind,
    ResidentGone,
    WaitingOutcome,
)
from fotfeste.alternative.public import (
    Waiting,
    add_to_waiting_list,
    answer_waiting,
    check_housing,
    declare_conditions,
    end_resident,
    log_contact,
    name_contact_person,
    note_application,
    register_resident,
    send_yearly_report,
)
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.public import settle_where_they_live
from tests.actions.alternative.living import has_left, home, housed
from tests.actions.alternative.test_local_lists import told, waits
from tests.actions.settlement.test_lived_there import AGREED, permitted
from tests.conftest import Cast
from tests.properties.killed.scene import Scene, people

_WAITING = Waiting(name="Iryna", persons=2, reached_by="900 00 000", wanted_from=date(2024, 6, 1))


def said(cast: Cast) -> tuple[int, ...]:
    """A municipality that has said whom it accepts."""
    with scope(cast.municipality, cast.day):
        declare_conditions({LocalConditionKind.FAMILY: "Nær familie"}, by=cast.municipality, at=cast.at)
    return ()


def _answer(entry: str, *, by: Viewer, at: datetime) -> object:
    return answer_waiting(entry, outcome=WaitingOutcome.PLACE, possible_from=date(2024, 6, 1), by=by, at=at)


def with_place(cast: Cast) -> str:
    """Somebody on the waiting list who has a place."""
    entry = waits(cast)
    with scope(cast.municipality, cast.day):
        _answer(entry.reference, by=cast.municipality, at=cast.at)
    return entry.reference


def in_the_register(cast: Cast) -> str:
    """Somebody whom the municipality has heard of."""
    with scope(cast.municipality, cast.day):
        return register_resident(told(), by=cast.municipality, at=cast.at).reference


def with_contact_person(cast: Cast) -> tuple[int, int]:
    """A household that lives there, and one of the staff."""
    return housed(cast), cast.municipality.user_id or 0


def _log(group: int, *, by: Viewer, at: datetime) -> object:
    return log_contact(
        group,
        held_on=legal_day(at),
        way=ContactWay.HOME,
        interpreter=ContactInterpreter.PRESENT,
        subjects=[ContactSubject.HOME],
        by=by,
        at=at,
    )


def _report(group: int, *, by: Viewer, at: datetime) -> object:
    person = people(group, at)[0]
    what = [FollowedUp.SCHOOL]
    return send_yearly_report(group, person, year=2024, followed_up=what, lives_as_before=False, by=by, at=at)


LOCAL = {
    "declare_conditions": Scene(
        said,
        "municipality",
        lambda **by: declare_conditions({LocalConditionKind.FAMILY: None, LocalConditionKind.WORK: ""}, **by),
    ),
    "add_to_waiting_list": Scene(lambda cast: (), "municipality", lambda **by: add_to_waiting_list(_WAITING, **by)),
    "answer_waiting": Scene(lambda cast: waits(cast).reference, "municipality", _answer),
    "note_application": Scene(with_place, "municipality", lambda entry, **by: note_application(entry, **by)),
    "register_resident": Scene(lambda cast: (), "municipality", lambda **by: register_resident(told(), **by)),
    "end_resident": Scene(
        in_the_register, "municipality", lambda entry, **by: end_resident(entry, reason=ResidentGone.MOVED, **by)
    ),
    "check_housing": Scene(housed, "municipality", lambda group, **by: check_housing(group, home(), **by)),
    "name_contact_person": Scene(
        with_contact_person, "municipality", lambda group, user, **by: name_contact_person(group, user, **by)
    ),
    "log_contact": Scene(housed, "municipality", _log),
    "send_yearly_report": Scene(has_left, "municipality", _report),
    "settle_where_they_live": Scene(permitted, "imdi", lambda group, **by: settle_where_they_live(group, AGREED, **by)),
}
