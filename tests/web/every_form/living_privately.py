"""The forms of those who live privately with support, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from fotfeste.alternative.domain.local import WaitingOutcome
from fotfeste.alternative.public import answer_waiting, register_resident
from fotfeste.platform.scope import scope
from tests.actions.alternative.living import has_left
from tests.actions.alternative.test_local_lists import told as told_of_them
from tests.actions.alternative.test_local_lists import waits
from tests.actions.settlement.test_lived_there import permitted
from tests.conftest import Cast
from tests.web.place import Place, reference


def _lives_privately(cast: Cast) -> list[Place]:
    group, mine = permitted(cast), cast.municipality
    waiting, entry = waits(cast), waits(cast)
    with scope(mine, cast.day):
        day = cast.day + timedelta(days=60)
        answer_waiting(entry.reference, outcome=WaitingOutcome.PLACE, possible_from=day, by=mine, at=cast.at)
        resident = register_resident(told_of_them(), by=mine, at=cast.at).reference
    here = [reference(group)]
    return [
        Place("settle_where_they_live", cast.imdi, here),
        Place("correct_private_stay", cast.udi, here),
        *(Place(name, mine, here) for name in ("check_housing", "name_contact_person", "log_contact")),
        Place("yearly_report", mine, [reference(has_left(cast))]),
        Place("declare_conditions", mine),
        Place("add_waiting", mine),
        Place("answer_waiting", mine, [waiting.reference]),
        Place("apply_from_waiting", mine, [entry.reference]),
        Place("register_resident", mine),
        Place("end_resident", mine, [resident]),
    ]


LIVING_PRIVATELY_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "lives privately": _lives_privately,
}
LIVING_PRIVATELY_NAMES: Mapping[str, Sequence[str]] = {
    "lives privately": [
        "settle_where_they_live", "correct_private_stay", "check_housing", "name_contact_person", "log_contact",
        "yearly_report", "declare_conditions", "add_waiting", "answer_waiting", "apply_from_waiting",
        "register_resident", "end_resident",
    ],
}  # fmt: skip
