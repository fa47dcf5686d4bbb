"""Acts up to and about the interview, each with what there is before it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import register_member
from fotfeste.settlement.actions.cancelling import register_cancelled
from fotfeste.settlement.actions.moved import see_private_move
from fotfeste.settlement.domain.contents import Pets
from fotfeste.settlement.domain.types import AfterGrowth, NoteMistake
from fotfeste.settlement.models import SettlementNote
from fotfeste.settlement.public import (
    Capability,
    Information,
    InformationMode,
    InterviewPlan,
    LocalService,
    OwnTalk,
    Participation,
    Question,
    add_need,
    add_note,
    alert_early,
    answer_needs,
    declare_capabilities,
    end_need,
    finish_correction,
    finish_interview,
    finish_supplement,
    give_information,
    invite,
    pass_on,
    plan_interview,
    read_notes,
    register_participants,
    reopen_interview,
    save_answers,
    save_mapping_notes,
    see_change,
    see_household_again,
    take_back_passed_on,
)
from fotfeste.settlement.task_kinds_offers import CANCEL_JOURNEY
from tests.actions.registry.families import kovalenko, minor_alone
from tests.actions.settlement.stage import depart, family, found, gone, queued, requested, sent
from tests.conftest import Cast
from tests.properties.killed.registry import at_voss, first_of, with_permit, with_somebody
from tests.properties.killed.scene import Scene, people
from tests.settlement_steps import PLAIN_ANSWERS, answered, asked_and_heard, due_for_interview, interviewed, prepared

INVITED_ON = date(2024, 3, 7)
PLAN = InterviewPlan(datetime(2024, 3, 15, 9, 0, tzinfo=UTC), "Møterom 2", "uk", "booked")
WHY = "Mor bruker rullestol nå."
DOG = answered(Pets(has_pets=True, description="En hund."))
HOUSING = Capability.ADAPTED_HOUSING
HEARD = Participation(was_heard=True, own_talk=OwnTalk.NOT_OFFERED)


def ready(cast: Cast) -> int:
    """A family that is informed and invited."""
    group = with_permit(cast)
    prepared(cast, group)
    return group


def asked(cast: Cast) -> int:
    """Everything is asked: the interview can be finished."""
    group = ready(cast)
    asked_and_heard(cast, group)
    return group


def grown(cast: Cast) -> int:
    """A municipality is asked for a family, and then somebody comes to it."""
    group = requested(cast, queued(cast))
    newcomer = replace(family().persons[0], given_name="Iryna", birth_date=date(1985, 1, 1))
    with scope(cast.udi, cast.day):
        register_member(group, newcomer, cast.day, by=cast.udi, at=cast.at)
    return group


def supplemented(cast: Cast) -> int:
    """Those who came are informed and asked too."""
    group = grown(cast)
    with scope(cast.imdi, cast.day):
        see_household_again(group, outcome=AfterGrowth.SUPPLEMENT, by=cast.imdi, at=cast.at)
    with scope(cast.centre, cast.day):
        iryna = max(people(group, cast.at))
        told = Information(InformationMode.INDIVIDUAL, "uk", cast.day, "Kari")
        give_information(group, [iryna], told, by=cast.centre, at=cast.at)
        save_answers(group, iryna, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
    return group


def reopened(cast: Cast) -> int:
    """A municipality is asked for a family, and the centre corrects what one of them answered."""
    group = requested(cast, queued(cast))
    with scope(cast.centre, cast.day):
        reopen_interview(group, reason=WHY, by=cast.centre, at=cast.at)
        save_answers(group, min(people(group, cast.at)), {Question.PETS: DOG}, by=cast.centre, at=cast.at)
    return group


def in_need(cast: Cast) -> int:
    """A municipality has said yes to a family that then comes to need more."""
    group = found(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, HOUSING, reason=WHY, by=cast.imdi, at=cast.at)
    return group


def noted(cast: Cast) -> int:
    """The centre has written a note for IMDi."""
    group = requested(cast, queued(cast))
    with scope(cast.centre, cast.day):
        add_note(group, "Mor er gravid.", by=cast.centre, at=cast.at)
    return group


def passed_on(cast: Cast) -> tuple[int, ...]:
    """IMDi has passed something on to a municipality."""
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        pass_on(group, "Bør bo nær søsken.", by=cast.imdi, at=cast.at)
        return group, SettlementNote.objects.get().pk


def partly_moved(cast: Cast) -> int:
    """One of a family has moved to an address of their own."""
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1)
    return group


def gone_before_the_journey(cast: Cast) -> int:
    """A family that has a journey booked is gone: the centre has the tickets to cancel."""
    group = sent(cast, queued(cast))
    gone(cast, group)
    return group


def a_minor(cast: Cast) -> tuple[int, ...]:
    """An unaccompanied minor who is due for the interview, as a household and as a person."""
    group = due_for_interview(cast, minor_alone())
    return group, first_of(cast, group)


def inform(group: int, *, by: Viewer, at: datetime) -> object:
    told = Information(InformationMode.GROUP, "uk", legal_day(at), "Kari", with_interpreter=True)
    return give_information(group, people(group, at), told, by=by, at=at)


def planned(cast: Cast) -> int:
    """A family that knows when its interview is."""
    group = with_permit(cast)
    with scope(cast.centre, cast.day):
        plan_interview(group, PLAN, by=cast.centre, at=cast.at)
    return group


INTERVIEW = {
    "alert_early": Scene(at_voss, "udi", alert_early),
    "give_information": Scene(with_permit, "centre", inform),
    "plan_interview": Scene(with_permit, "centre", lambda group, **by: plan_interview(group, PLAN, **by)),
    "invite": Scene(planned, "centre", lambda group, **by: invite(group, INVITED_ON, "uk", **by)),
    "save_answers": Scene(
        with_somebody, "centre", lambda group, who, **by: save_answers(group, who, PLAIN_ANSWERS, **by)
    ),
    "register_participants": Scene(
        with_permit,
        "centre",
        lambda group, *, by, at: register_participants(
            group, dict.fromkeys(people(group, at)[3:], HEARD), by=by, at=at
        ),
    ),
    "save_mapping_notes": Scene(
        a_minor, "centre", lambda group, who, **by: save_mapping_notes(group, {who: "Nær søsken."}, **by)
    ),
    "finish_interview": Scene(
        asked, "centre", lambda group, *, by, at: finish_interview(group, legal_day(at), by=by, at=at)
    ),
    "see_change": Scene(grown, "municipality", see_change),
    "see_household_again": Scene(
        grown, "imdi", lambda group, **by: see_household_again(group, outcome=AfterGrowth.SUPPLEMENT, **by)
    ),
    "finish_supplement": Scene(supplemented, "centre", finish_supplement),
    "reopen_interview": Scene(queued, "centre", lambda group, **by: reopen_interview(group, reason=WHY, **by)),
    "finish_correction": Scene(reopened, "centre", finish_correction),
    "answer_needs": Scene(
        in_need, "municipality", lambda group, **by: answer_needs(group, {HOUSING: False}, text="Opptatt.", **by)
    ),
    "add_need": Scene(
        lambda cast: requested(cast, queued(cast)),
        "imdi",
        lambda group, **by: add_need(group, HOUSING, reason=WHY, **by),
    ),
    "end_need": Scene(
        lambda cast: requested(cast, queued(cast, has_pets=True)),
        "imdi",
        lambda group, **by: end_need(group, Capability.PETS, reason="Hunden er død.", **by),
    ),
    "add_note": Scene(queued, "centre", lambda group, **by: add_note(group, "Mor er gravid.", **by)),
    "read_notes": Scene(noted, "imdi", lambda group, **by: read_notes(group, "Trenger jordmor.", **by)),
    "pass_on": Scene(
        lambda cast: interviewed(cast, kovalenko()),
        "imdi",
        lambda group, **by: pass_on(group, "Bør bo nær søsken.", **by),
    ),
    "take_back_passed_on": Scene(
        passed_on,
        "imdi",
        lambda group, note, **by: take_back_passed_on(group, note, reason=NoteMistake.TOO_MUCH, **by),
    ),
    "see_private_move": Scene(partly_moved, "imdi", see_private_move),
    "register_cancelled": Scene(
        gone_before_the_journey, "centre", lambda group, **by: register_cancelled(group, [CANCEL_JOURNEY], **by)
    ),
    "declare_capabilities": Scene(
        lambda cast: (),
        "municipality",
        lambda **by: declare_capabilities(dict.fromkeys([*Capability, *LocalService], True), **by),
    ),
}
