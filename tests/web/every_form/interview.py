"""The forms of interviews, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence

from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.settlement.stage import (
    family,
)
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview
from tests.web.place import Place, reference


def _interview(cast: Cast) -> list[Place]:
    group = due_for_interview(cast, family())
    with scope(cast.centre, cast.day):
        adult = members_of(group, cast.day)[0].reference
    steps = ("give_information", "plan_interview", "invite_to_interview", "interview_participants", "finish_interview")
    return [
        *(Place(name, cast.centre, [reference(group)]) for name in steps),
        Place("interview_answers", cast.centre, [reference(group), adult]),
        Place("close_case", cast.centre, [reference(group)]),
    ]


def _minor(cast: Cast) -> list[Place]:
    return [Place("mapping_note", cast.centre, [reference(due_for_interview(cast, family(is_unaccompanied=True)))])]


INTERVIEW_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "before the interview": _interview,
    "a minor alone": _minor,
}
INTERVIEW_NAMES: Mapping[str, Sequence[str]] = {
    "before the interview": [
        "give_information", "plan_interview", "invite_to_interview", "interview_participants", "finish_interview",
        "interview_answers", "close_case",
    ],
    "a minor alone": ["mapping_note"],
}  # fmt: skip
