"""The forms of a household's refusal, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence

from fotfeste.refusal.public import ask_to_hold, register_acceptance, suspend_refusal, withdraw_home
from tests.actions.refusal.stage import (
    DEADLINE,
    NOTICE_FROM,
    aunt_and_boy,
    declined,
    does,
    lettered,
    messaged,
    noticed,
    people,
    petitioned,
)
from tests.conftest import Cast
from tests.web.place import Place, reference


def _opened(cast: Cast) -> list[Place]:
    here = [reference(declined(cast))]
    return [
        Place("refusal_ask_to_hold", cast.imdi, here),
        Place("refusal_talk", cast.centre, here),
        Place("refusal_accept", cast.centre, here),
        Place("refusal_suspend", cast.udi, here),
    ]


def _messaged(cast: Cast) -> list[Place]:
    here = [reference(messaged(cast))]
    return [
        Place("refusal_first_letter", cast.udi, here),
        Place("refusal_extend_deadline", cast.imdi, here),
        Place("refusal_withdraw_home", cast.municipality, here),
    ]


def _held(cast: Cast) -> list[Place]:
    group = declined(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    return [Place("refusal_tell_udi", cast.imdi, [reference(group)])]


def _lettered(cast: Cast) -> list[Place]:
    here = [reference(lettered(cast))]
    return [
        Place("refusal_extend_fortnight", cast.udi, here),
        Place("refusal_notice", cast.udi, here, later=NOTICE_FROM - cast.day),
    ]


def _noticed(cast: Cast) -> list[Place]:
    return [Place("refusal_petition", cast.udi, [reference(noticed(cast))], later=NOTICE_FROM - cast.day)]


def _petitioned(cast: Cast) -> list[Place]:
    here = [reference(petitioned(cast))]
    return [Place("refusal_eviction_day", cast.udi, here, later=NOTICE_FROM - cast.day)]


def _days_changed(cast: Cast) -> list[Place]:
    group = lettered(cast)
    does(cast, suspend_refusal, group, by=cast.udi, text="Klage.")
    return [Place("refusal_days", cast.centre, [reference(group)])]


def _withdrawn(cast: Cast) -> list[Place]:
    group = messaged(cast)
    does(cast, withdraw_home, group, by=cast.municipality, text="Leid ut.")
    return [Place("refusal_withdrawn", cast.imdi, [reference(group)])]


def _petition_off(cast: Cast) -> list[Place]:
    group = petitioned(cast)
    whom = sorted(people(cast, group).values())
    does(cast, register_acceptance, group, whom, by=cast.centre, on=NOTICE_FROM, accepted_on=NOTICE_FROM)
    return [Place("refusal_officer", cast.udi, [reference(group)], later=NOTICE_FROM - cast.day)]


def _accepted(cast: Cast) -> list[Place]:
    group = lettered(cast)
    whom = sorted(people(cast, group).values())
    does(cast, register_acceptance, group, whom, by=cast.centre, accepted_on=cast.day)
    here = [reference(group)]
    return [Place("refusal_close", cast.udi, here), Place("refusal_take_back", cast.centre, here)]


def _suspended(cast: Cast) -> list[Place]:
    group = declined(cast)
    does(cast, suspend_refusal, group, by=cast.udi, text="Klage.")
    return [Place("refusal_resume", cast.udi, [reference(group)])]


def _of_minors(cast: Cast) -> list[Place]:
    group = aunt_and_boy(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    return [Place("refusal_minors", cast.udi, [reference(group)])]


REFUSAL_STEP_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "refused, nothing done": _opened,
    "refused, UDI told": _messaged,
    "refused, held": _held,
    "refused, first letter sent": _lettered,
    "refused, warned": _noticed,
    "refused, petitioned": _petitioned,
    "refused, days are changed": _days_changed,
    "refused, offer withdrawn": _withdrawn,
    "refused, petition is off": _petition_off,
    "refused, yes after all": _accepted,
    "refused, suspended": _suspended,
    "refused, with a minor alone": _of_minors,
}
REFUSAL_STEP_NAMES: Mapping[str, Sequence[str]] = {
    "refused, nothing done": ["refusal_ask_to_hold", "refusal_talk", "refusal_accept", "refusal_suspend"],
    "refused, UDI told": ["refusal_first_letter", "refusal_extend_deadline", "refusal_withdraw_home"],
    "refused, held": ["refusal_tell_udi"],
    "refused, first letter sent": ["refusal_extend_fortnight", "refusal_notice"],
    "refused, warned": ["refusal_petition"],
    "refused, petitioned": ["refusal_eviction_day"],
    "refused, days are changed": ["refusal_days"],
    "refused, offer withdrawn": ["refusal_withdrawn"],
    "refused, petition is off": ["refusal_officer"],
    "refused, yes after all": ["refusal_close", "refusal_take_back"],
    "refused, suspended": ["refusal_resume"],
    "refused, with a minor alone": ["refusal_minors"],
}
