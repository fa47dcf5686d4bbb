"""Before the interview: information given, time and place and interpreter, invitation with the leaflet (SET-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Member
from fotfeste.settlement.actions.case import tell
from fotfeste.settlement.actions.interview import lock_open_interview
from fotfeste.settlement.domain.types import InformationMode
from fotfeste.settlement.models import InformationGiven, Interview
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.texts import LEAFLET_LANGUAGES

INTERPRETER_STATES = ("not_needed", "not_booked", "booked", "came_not")


@dataclass(frozen=True, slots=True)
class Information:
    """Information as it was given: how, in what language (ISO 639), on which day, by whom."""

    mode: InformationMode
    language: str
    given_on: date
    given_by_name: str
    with_interpreter: bool = False


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """When and where the interview is, in what language, and whether the interpreter is booked."""

    planned_at: datetime
    place: str
    language: str
    interpreter: str


@act
def give_information(
    group_id: int,
    person_ids: Sequence[int],
    information: Information,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Register that these members were informed before the interview, in a language that they understand.

    Raises Refused: `information_to_nobody`, `information_in_future`, `information_before_registration`,
    `information_giver_missing`, `language_missing`, `language_not_understood`, `interview_is_finished`; Stale,
    NotFound, NotAllowed.
    """
    case, _interview = lock_open_interview(group_id, by=by, version=version, or_supplement=True)
    chosen = _chosen(group_id, person_ids, at)
    if information.given_on > legal_day(at):
        raise Refused("information_in_future", "given_on", {"day": information.given_on})
    if information.given_on < (registered_on := min(member.registered_on for member in chosen)):
        raise Refused("information_before_registration", "given_on", {"day": registered_on})
    if not information.given_by_name.strip():
        raise Refused("information_giver_missing", "given_by_name")
    _check_language(information.language, chosen)
    InformationGiven.objects.bulk_create(
        InformationGiven(
            subject_id=member.subject_id,
            case=case,
            mode=information.mode,
            language=information.language,
            given_on=information.given_on,
            given_by_name=information.given_by_name.strip(),
            with_interpreter=information.with_interpreter,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
        for member in chosen
    )
    tell("settlement.information_given", case, by=by, at=at, holds_on=information.given_on)


@act
def plan_interview(
    group_id: int, plan: InterviewPlan, *, by: Viewer, at: datetime, version: int | None = None
) -> Interview:
    """Agree time, place, language and interpreter. A new time or place asks for a new invitation.

    Raises Refused: `interview_place_missing`, `language_missing`, `language_not_understood` (nobody understands it),
    `planned_before_permit`, `interpreter_state_known`, `interview_is_finished`; Stale, NotFound, NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version)
    planned_on = legal_day(plan.planned_at)
    if planned_on < case.interview_from_on:
        raise Refused("planned_before_permit", "planned_on", {"day": planned_on, "permit": case.interview_from_on})
    if not plan.place.strip():
        raise Refused("interview_place_missing", "place")
    if plan.interpreter not in INTERPRETER_STATES:
        raise Refused("interpreter_state_known", "interpreter")
    _check_language(plan.language, who_settle(group_id, legal_day(at)), by_anyone=True)
    if (interview.planned_at, interview.place) != (plan.planned_at, plan.place.strip()):
        interview.invited_on = None
    interview.planned_at, interview.place = plan.planned_at, plan.place.strip()
    interview.language, interview.interpreter = plan.language, plan.interpreter
    interview.save(update_fields=["planned_at", "place", "language", "interpreter", "invited_on"])
    tell("settlement.interview_planned", case, by=by, at=at, holds_on=planned_on)
    return interview


@act
def invite(
    group_id: int,
    invited_on: date,
    leaflet_language: str,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Interview:
    """Register that the household is invited and was given the leaflet, in one of its languages.

    Raises Refused: `invite_needs_a_plan`, `invited_in_future`, `invited_after_interview`,
    `leaflet_language_unknown`, `interview_is_finished`; Stale, NotFound, NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version)
    if interview.planned_at is None:
        raise Refused("invite_needs_a_plan")
    if invited_on > legal_day(at):
        raise Refused("invited_in_future", "invited_on", {"day": invited_on})
    if invited_on > legal_day(interview.planned_at):
        raise Refused("invited_after_interview", "invited_on", {"day": invited_on})
    if leaflet_language not in LEAFLET_LANGUAGES:
        raise Refused("leaflet_language_unknown", "leaflet_language")
    interview.invited_on, interview.leaflet_language = invited_on, leaflet_language
    interview.save(update_fields=["invited_on", "leaflet_language"])
    tell("settlement.residents_invited", case, by=by, at=at, holds_on=invited_on)
    return interview


def _chosen(group_id: int, person_ids: Sequence[int], at: datetime) -> list[Member]:
    if not person_ids:
        raise Refused("information_to_nobody", "person_ids")
    members = {member.subject_id: member for member in who_settle(group_id, legal_day(at))}
    if unknown := [person_id for person_id in person_ids if person_id not in members]:
        raise NotFound("not_found", "person_ids", {"count": len(unknown)})
    return [members[person_id] for person_id in dict.fromkeys(person_ids)]


def _check_language(language: str, members: Sequence[Member], *, by_anyone: bool = False) -> None:
    """Refuse a language that the registry says they do not understand; nobody's languages are unknown by rule."""
    if not language:
        raise Refused("language_missing", "language")
    strangers = [member for member in members if member.languages and language not in member.languages]
    if strangers and not (by_anyone and len(strangers) < len(members)):
        names = ", ".join(member.given_name or member.family_name for member in strangers)
        raise Refused("language_not_understood", "language", {"names": names})
