"""Acts of a refusal of settlement, each with what there is before it."""

from datetime import date, timedelta

from fotfeste.platform.scope import scope
from fotfeste.refusal.actions.night import follow_one
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.public import (
    Happening,
    ask_to_hold,
    close_refusal,
    extend_fortnight,
    extend_imdi_deadline,
    register_acceptance,
    register_talk,
    resume_refusal,
    see_withdrawn,
    send_eviction_notice,
    send_first_letter,
    send_petition,
    set_eviction_day,
    suspend_refusal,
    take_back_event,
    tell_days,
    tell_of_minors,
    tell_officer,
    tell_udi,
    withdraw_home,
)
from fotfeste.settlement.public import register_not_moved
from tests.actions.refusal import stage
from tests.actions.settlement.stage import depart, queued, with_journey
from tests.conftest import Cast
from tests.properties.killed.scene import Scene, people

AFTER_EASTER = date(2024, 4, 12)
TARAS_IS_18 = date(2027, 6, 30)
TO_NOTICE = stage.NOTICE_FROM - date(2024, 3, 14)


def asked(cast: Cast) -> int:
    """IMDi has asked the municipality, and not told UDI."""
    group = stage.declined(cast)
    stage.does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=stage.DEADLINE)
    return group


def withdrawn(cast: Cast) -> int:
    """And the municipality holds the home no longer."""
    group = asked(cast)
    stage.does(cast, withdraw_home, group, by=cast.municipality, text="Boligen er leid ut.")
    return group


def accepted(cast: Cast) -> tuple[int, ...]:
    """Everybody has said yes by mistake, and the event that says so."""
    group = stage.lettered(cast)
    persons = [*stage.people(cast, group).values()]
    stage.does(cast, register_acceptance, group, persons, by=cast.centre, accepted_on=cast.day)
    with scope(cast.udi, cast.day):
        return group, RefusalEvent.objects.filter(subject_id=group, kind="accepted").latest("pk").pk


def suspended(cast: Cast) -> int:
    """After the first letter, UDI waits."""
    group = stage.lettered(cast)
    stage.does(cast, suspend_refusal, group, by=cast.udi, text="På sykehus.")
    return group


def left(cast: Cast) -> int:
    """Everybody has moved out."""
    group = stage.declined(cast)
    depart(cast, group, stage.MOVED)
    return group


def petition_off(cast: Cast) -> int:
    """Everybody has said yes after the petition, and the enforcement officer does not know."""
    group = stage.petitioned(cast)
    persons = [*stage.people(cast, group).values()]
    on = stage.NOTICE_FROM
    stage.does(cast, register_acceptance, group, persons, by=cast.centre, on=on, accepted_on=on)
    return group


def with_a_boy(cast: Cast) -> int:
    """A boy who came alone, with his aunt, after her first letter."""
    group = stage.aunt_and_boy(cast)
    stage.does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=stage.DEADLINE)
    stage.does(cast, tell_udi, group, by=cast.imdi)
    stage.does(cast, send_first_letter, group, by=cast.udi)
    return group


def with_a_journey(cast: Cast) -> int:
    """A journey is agreed for 2 April."""
    return with_journey(cast, queued(cast))


REFUSAL = {
    "register_acceptance": Scene(
        stage.lettered,
        "centre",
        lambda group, **by: register_acceptance(group, people(group, by["at"]), accepted_on=date(2024, 3, 14), **by),
    ),
    "register_acceptance: too late": Scene(
        withdrawn,
        "centre",
        lambda group, **by: register_acceptance(group, people(group, by["at"]), accepted_on=date(2024, 3, 14), **by),
    ),
    "take_back_event": Scene(
        accepted,
        "centre",
        lambda group, event, **by: take_back_event(group, event, reason="wrong_choice", **by),
    ),
    "see_withdrawn": Scene(withdrawn, "udi", lambda group, **by: see_withdrawn(group, **by)),
    "withdraw_home": Scene(asked, "municipality", lambda group, **by: withdraw_home(group, text="Utleid.", **by)),
    "register_not_moved": Scene(
        with_a_journey, "centre", lambda group, **by: register_not_moved(group, **by), later=timedelta(days=21)
    ),
    "ask_to_hold": Scene(
        stage.declined, "imdi", lambda group, **by: ask_to_hold(group, deadline_on=stage.DEADLINE, **by)
    ),
    "tell_udi": Scene(asked, "imdi", lambda group, **by: tell_udi(group, **by)),
    "extend_imdi_deadline": Scene(
        asked, "imdi", lambda group, **by: extend_imdi_deadline(group, until_on=AFTER_EASTER, text="Påske.", **by)
    ),
    "send_first_letter": Scene(stage.messaged, "udi", lambda group, **by: send_first_letter(group, **by)),
    "send_eviction_notice": Scene(
        stage.lettered, "udi", lambda group, **by: send_eviction_notice(group, **by), later=TO_NOTICE
    ),
    "follow_one": Scene(
        with_a_boy, "udi", lambda group, **by: follow_one(group, **by), later=TARAS_IS_18 - date(2024, 3, 14)
    ),
    "send_petition": Scene(stage.noticed, "udi", lambda group, **by: send_petition(group, **by), later=TO_NOTICE),
    "tell_of_minors": Scene(
        with_a_boy, "udi", lambda group, **by: tell_of_minors(group, Happening.GUARDIAN_TOLD, **by)
    ),
    "set_eviction_day": Scene(
        stage.petitioned, "udi", lambda group, **by: set_eviction_day(group, day=AFTER_EASTER, **by), later=TO_NOTICE
    ),
    "tell_officer": Scene(petition_off, "udi", lambda group, **by: tell_officer(group, **by), later=TO_NOTICE),
    "tell_days": Scene(suspended, "centre", lambda group, **by: tell_days(group, **by)),
    "extend_fortnight": Scene(
        stage.lettered,
        "udi",
        lambda group, **by: extend_fortnight(
            group, people(group, by["at"])[:1], until_on=AFTER_EASTER, text="Syk.", **by
        ),
    ),
    "suspend_refusal": Scene(stage.lettered, "udi", lambda group, **by: suspend_refusal(group, text="Vent.", **by)),
    "resume_refusal": Scene(
        suspended, "udi", lambda group, **by: resume_refusal(group, text="Hjemme.", **by), later=timedelta(days=2)
    ),
    "close_refusal": Scene(left, "udi", lambda group, **by: close_refusal(group, text="Flyttet ut.", **by)),
    "register_talk": Scene(
        stage.declined,
        "centre",
        lambda group, **by: register_talk(
            group,
            people(group, by["at"])[:2],
            held_on=date(2024, 3, 14),
            language="uk",
            interpreter="present",
            text="De vet hva de mister.",
            **by,
        ),
    ),
}
