"""IMDi asks a municipality to settle a group, and the municipality answers (SET-07)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from fotfeste.access.public import Need, NeedReason, open_needs
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.capabilities import lack_capabilities
from fotfeste.settlement.actions.case import advance, lock_case
from fotfeste.settlement.actions.destination import cancel_own_journey
from fotfeste.settlement.actions.parties import imdi_of, municipality_leaves, settling_on
from fotfeste.settlement.actions.permits import follow_permits, refuse_without_permit
from fotfeste.settlement.actions.told import tell_municipality
from fotfeste.settlement.domain.candidates import Candidate
from fotfeste.settlement.domain.declines import check_decline, checked_following
from fotfeste.settlement.domain.goals import after_working_days, answer_deadline
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.requests import check_week
from fotfeste.settlement.domain.states import CASE, REQUEST
from fotfeste.settlement.domain.types import AfterDecline, Capability, DeclineReason, Following
from fotfeste.settlement.models import SettlementCase, SettlementRequest
from fotfeste.settlement.queries.by_themselves import refuse_who_asks_by_themselves
from fotfeste.settlement.queries.candidates import candidate_for
from fotfeste.settlement.queries.needs import needs_of_case
from fotfeste.settlement.queries.offered import refuse_second_offer
from fotfeste.settlement.sentences_declines import EarlierNo
from fotfeste.worklist.public import close_tasks, open_task


@act
def send_request(
    group_id: int,
    organisation_id: int,
    *,
    wanted_week: Week | None = None,
    message: str = "",
    reasoning: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementRequest:
    """Ask a municipality to settle the whole group; it has until the deadline to answer.

    `message` is for the municipality, `reasoning` is IMDi's own and is needed where the municipality does not
    fit, or receives no more people in the week, or the household asks one by
    itself. Nobody is asked for a household where somebody has had their one
    offer, or nobody has a permit. Where there is room the places are held until the answer (SET-11); beyond the
    council's decision it is asked without, and can say yes when there is room. The municipality is locked after the
    household, as by a plan, so that what is counted of it holds. Raises Refused (`municipality_does_not_fit`,
    `wanted_week_is_full`, `asks_by_themselves`), IllegalStep, Stale, NotFound, NoRule.
    """
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    today = legal_day(at)
    CASE.step(case.state, "send_request")
    check_week(wanted_week, today, field="wanted_week")
    refuse_second_offer(group_id, today)
    refuse_without_permit(group_id, today)
    refuse_who_asks_by_themselves(group_id, reasoning, today)
    members = settling_on(group_id, today)
    list(Organisation.objects.filter(pk=organisation_id).select_for_update(no_key=True))
    candidate = _checked_candidate(case, organisation_id, wanted_week, reasoning, by=by, today=today)
    request = SettlementRequest.objects.create(
        subject_id=group_id,
        case=case,
        organisation_id=organisation_id,
        size=case.size,
        holds_place=not candidate.room.is_no,
        centre_id=case.centre_id,
        assessment=case.assessment,
        sent_on=today,
        wanted_week=str(wanted_week or ""),
        message=message.strip(),
        reasoning=reasoning.strip(),
    )
    advance(case, "send_request", by=by, at=at, on=today, other_organisation_id=organisation_id)
    close_tasks(["find_municipality"], subject_id=group_id, by=by, at=at)
    open_needs(
        [group_id, *members],
        organisation_id=organisation_id,
        reason=NeedReason.ASKED_TO_SETTLE,
        from_on=today,
        at=at,
    )
    _await_answer(case, request, imdi_of(case, today), today, at=at)
    return request


def _await_answer(
    case: SettlementCase, request: SettlementRequest, imdi: Iterable[int], today: date, *, at: datetime
) -> None:
    """The municipality's task, and IMDi's beside it: it is late for IMDi too when no answer has come in time."""
    deadline = answer_deadline(today, book())
    for kind, organisations in (("answer_request", [request.organisation_id]), ("follow_request", imdi)):
        for organisation_id in organisations:
            open_task(
                kind,
                subject_id=case.subject_id,
                organisation_id=organisation_id,
                cause="settlement.send_request",
                basis_on=today,
                due_on=deadline.due_on,
                due_rule=deadline.rule.code,
                object_id=request.pk,
                at=at,
            )


def _checked_candidate(
    case: SettlementCase, organisation_id: int, week: Week | None, reasoning: str, *, by: Viewer, today: date
) -> Candidate:
    """A municipality that does not fit may be asked all the same, with a reason: IMDi knows more than the
    figures.
    """
    candidate = candidate_for(by, case, today, organisation_id, week=week)
    if candidate is None:
        raise Refused("not_a_municipality", "organisation")
    if candidate.fits.is_no and not reasoning.strip():
        raise _does_not_fit(candidate)
    return candidate


def _does_not_fit(candidate: Candidate) -> Refused:
    """What speaks against it; of its own earlier no, when it can be asked again; of a full week alone, how full."""
    if (declined := candidate.declined).is_no:
        return Refused(
            "municipality_has_declined", "reasoning", {"said": EarlierNo(declined.reasons[0], candidate.name)}
        )
    if candidate.fits.reasons == candidate.in_week.reasons:
        return Refused("wanted_week_is_full", "reasoning", candidate.in_week.reasons[0].fields)
    return Refused("municipality_does_not_fit", "reasoning", {"name": candidate.name})


@act
def accept_request(
    group_id: int,
    *,
    possible_week: Week | None,
    confirmed: Collection[Capability] = (),
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementRequest:
    """The municipality says yes: from which week, and that it has each thing that the group needs.

    An answer after the deadline counts as long as the request is open. Places that were held for the group are its own;
    beyond that the council's decision must cover it, and the municipality registers another decision first. Raises
    Refused (`places_are_taken`, `minors_places_are_taken`), IllegalStep, Stale, NotFound.
    """
    case, request = _request_of(group_id, by, at, version)
    today = legal_day(at)
    if possible_week is None:
        raise Refused("possible_week_missing", "possible_week")
    check_week(possible_week, today, field="possible_week")
    if missing := needs_of_case(case, today).capabilities - {Capability(capability) for capability in confirmed}:
        raise Refused("capability_not_confirmed", "confirmed", {"count": len(missing)})
    request.state = REQUEST.step(request.state, "accept").target
    request.answered_on, request.answered_by_id = today, by.user_id
    request.possible_week = str(possible_week)
    request.confirmed = sorted(str(capability) for capability in confirmed)
    request.answer_text = text.strip()
    request.save()
    advance(case, "accept_request", by=by, at=at, on=today, other_organisation_id=by.organisation_id)
    close_tasks(["answer_request", "follow_request"], subject_id=group_id, by=by, at=at)
    deadline = after_working_days("settlement.offer_working_days", today, book())
    for organisation_id in imdi_of(case, today):
        open_task(
            "make_offer",
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="settlement.accept_request",
            basis_on=today,
            due_on=deadline.due_on,
            due_rule=deadline.rule.code,
            object_id=request.pk,
            at=at,
        )
    return request


@act
def decline_request(
    group_id: int,
    *,
    reason: DeclineReason | str,
    follows: AfterDecline | str,
    again_from: Week | None = None,
    unmet: Collection[Capability] = (),
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementRequest:
    """The municipality says no, with a reason and what follows: from which week IMDi may ask it again (`again_from`, by
    itself the week after), which needs it cannot meet (`unmet`), or that it will not be asked until they are assessed
    anew. IMDi asks the next one; this one sees the household no more.

    That it has not what it says it lacks, it declares with the same act, for every household (ADR 0042). Raises
    Refused: `decline_reason_missing`, `decline_reason_needs_words`, `what_follows_missing`, `again_too_early`,
    `again_too_late`, `no_need_left`, `unmet_need_missing`, `need_not_told`; IllegalStep, Stale, NotFound.
    """
    case, request = _request_of(group_id, by, at, version)
    check_decline(reason, text)
    today = legal_day(at)
    following = checked_following(
        follows,
        again_from=again_from,
        unmet=unmet,
        told=needs_of_case(case, today).capabilities,
        wanted=Week.parse(request.wanted_week) if request.wanted_week else None,
        day=today,
    )
    request.state = REQUEST.step(request.state, "decline").target
    request.answered_on, request.answered_by_id = today, by.user_id
    request.decline_reason, request.answer_text = str(reason), text.strip()
    request.assessment = case.assessment
    _keep(request, following)
    lack_capabilities(following.unmet, by=by, at=at)
    event = advance(case, "decline_request", by=by, at=at, on=today, other_organisation_id=by.organisation_id)
    close_tasks(["answer_request", "follow_request"], subject_id=group_id, by=by, at=at)
    follow_permits(case, Told(event, by, at), cause="settlement.decline_request")
    municipality_leaves(case, by.organisation_id, on=today, by=by, at=at)
    return request


def _keep(request: SettlementRequest, following: Following) -> None:
    request.follows, request.unmet = following.follows, sorted(str(each) for each in following.unmet)
    request.again_from_week = str(following.from_week or "")
    request.save()


@act
def withdraw_request(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementRequest:
    """IMDi takes an unanswered request back: the municipality has no part any more and is told so, the group is in the
    queue.
    """
    return _take_back(group_id, "withdraw_request", by=by, at=at, version=version)


@act
def release_municipality(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementRequest:
    """IMDi lets a municipality that said yes go, before any offer is made."""
    return _take_back(group_id, "release_municipality", by=by, at=at, version=version)


def _take_back(group_id: int, step: str, *, by: Viewer, at: datetime, version: int | None) -> SettlementRequest:
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    today, came_to = legal_day(at), case.state
    CASE.step(case.state, step)
    request = case.requests.select_for_update().get(state__in=("open", "accepted"))
    if request.is_self_found:
        cancel_own_journey(case, cause=f"settlement.{step}", on=today, by=by, at=at)
    request.state = REQUEST.step(request.state, "withdraw").target
    request.save(update_fields=["state"])
    event = advance(case, step, by=by, at=at, on=today, other_organisation_id=request.organisation_id)
    close_tasks(["make_offer", "follow_request"], subject_id=group_id, by=by, at=at, outcome="void")
    follow_permits(case, Told(event, by, at), cause=f"settlement.{step}")
    tell_municipality(case, request, came_to=came_to, cause=f"settlement.{step}", on=today, by=by, at=at)
    municipality_leaves(case, request.organisation_id, on=today, by=by, at=at)
    return request


def _request_of(
    group_id: int, by: Viewer, at: datetime, version: int | None
) -> tuple[SettlementCase, SettlementRequest]:
    """The case and the request that the actor's municipality is to answer; a sentence where it is too
    late.
    """
    require(by, "settlement.answer_request")
    refuse_withdrawn(group_id, by=by, day=legal_day(at))
    try:
        case = lock_case(group_id, by=by, version=version)
    except NotFound:
        refuse_withdrawn(group_id, by=by, day=legal_day(at))  # it may have been withdrawn while this waited
        raise
    request = case.requests.select_for_update().filter(organisation_id=by.organisation_id).order_by("-pk").first()
    if request is None:
        raise NotFound("not_found")
    if request.state != REQUEST.initial:
        raise IllegalStep(REQUEST.name, request.state, "answer")
    return case, request


def refuse_withdrawn(group_id: int, *, by: Viewer, day: date) -> None:
    """Tell a municipality that it was asked, and is not any more. It sees nothing else of the household.

    Raises Refused `request_is_gone` where its need to know has ended, and lets everything else pass.
    """
    mine = Need.objects.filter(subject_id=group_id, organisation_id=by.organisation_id)
    if (
        not mine.filter(period__contains=day).exists()
        and mine.filter(reason=NeedReason.ASKED_TO_SETTLE, ended_at__isnull=False).exists()
    ):
        raise Refused("request_is_gone")
