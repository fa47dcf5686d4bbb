"""IMDi decides and makes the one offer; the centre registers what the household answers (SET-07, SET-08)."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import guardians_of, unaccompanied_among
from fotfeste.settlement.actions.asked_needs import lapse_questions
from fotfeste.settlement.actions.case import advance, lock_case, lock_case_where_they_live, tell
from fotfeste.settlement.actions.parties import ask_centre, imdi_of, members_on, settling_on
from fotfeste.settlement.actions.permits import refuse_without_permit
from fotfeste.settlement.domain.goals import after_days, after_working_days
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.requests import check_guardian, check_not_before, check_offer_answer, check_week
from fotfeste.settlement.domain.states import CASE, OFFER
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.letters import write_offer
from fotfeste.settlement.models import Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.living import living_offer
from fotfeste.settlement.queries.needs import needs_of_case, unconfirmed
from fotfeste.settlement.queries.offered import refuse_second_offer
from fotfeste.settlement.queries.refusing import still_refusing
from fotfeste.settlement.task_kinds_interview import ASKED_AGAIN
from fotfeste.settlement.task_kinds_offers import CONFIRM_NEED, FOLLOW_REFUSAL, SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import close_tasks, open_task


@act
def make_offer(
    group_id: int,
    *,
    week: Week | None,
    reasoning: str = "",
    confirmed_since: Collection[Capability] = (),
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Offer:
    """Decide the municipality and offer it to the group with the week of settlement: exactly one offer, ever,
    but where IMDi itself has taken it back.

    What they have come to need since the municipality said yes, it must have confirmed to IMDi (`confirmed_since`).

    Raises Refused (`one_offer_only`, `found_by_themselves`, `need_not_confirmed`, `nobody_is_due`,
    `week_missing`, `week_is_over`, `offer_before_possible_week`), IllegalStep, Stale, NotFound, NoRule.
    Source: GUIDE 1.9 and Vedlegg 5; integreringsloven § 46.
    """
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    today = legal_day(at)
    CASE.step(case.state, "make_offer")
    refuse_second_offer(group_id, today)
    refuse_without_permit(group_id, today)
    if week is None:
        raise Refused("week_missing", "week")
    check_week(week, today, field="week")
    request = case.requests.get(state="accepted")
    if request.is_self_found:
        raise Refused("found_by_themselves")
    check_not_before(week, Week.parse(request.possible_week))
    _confirm(request, case, confirmed_since, by=by, at=at)
    offer = Offer.objects.create(
        subject_id=group_id,
        case=case,
        request=request,
        organisation_id=request.organisation_id,
        week=str(week),
        size=case.size,
        persons=_offered_to(group_id, today),
        decided_on=today,
        decided_by_id=by.user_id,
        reasoning=reasoning.strip(),
    )
    advance(case, "make_offer", by=by, at=at, on=today, other_organisation_id=offer.organisation_id)
    close_tasks(["make_offer"], subject_id=group_id, by=by, at=at)
    _offered_here(group_id, offer.organisation_id, on=today, at=at)
    answer_by = after_days("settlement.offer_answer_days", today, book())
    ask_centre(case, "register_offer_answer", cause="settlement.make_offer", basis_on=today, deadline=answer_by, at=at)
    write_offer(offer, answer_by_on=answer_by.due_on, by=by, at=at)
    return offer


def _confirm(
    request: SettlementRequest, case: SettlementCase, since: Collection[Capability], *, by: Viewer, at: datetime
) -> None:
    """The yes must cover what they need now: IMDi says that the municipality has confirmed what came after it."""
    lacking = unconfirmed(request, needs_of_case(case, legal_day(at)).capabilities)
    if set(lacking) - set(since):
        raise Refused("need_not_confirmed", "confirmed_since")
    if lacking:
        request.confirmed = sorted({*request.confirmed, *(str(each) for each in lacking)})
        request.save(update_fields=["confirmed"])
        lapse_questions(case, lacking, by=by, at=at)
        tell("settlement.need_confirmed", case, by=by, at=at, holds_on=legal_day(at))


def _offered_to(group_id: int, on: date) -> list[int]:
    """Those who are to be settled, but who refuse what was offered before: another municipality is not theirs."""
    return sorted({*settling_on(group_id, on)} - still_refusing(group_id))


def _offered_here(group_id: int, organisation_id: int, *, on: date, at: datetime) -> None:
    """The municipality knows of them because they are offered to it, no longer because it was asked."""
    subjects = [group_id, *_offered_to(group_id, on)]
    open_needs(subjects, organisation_id=organisation_id, reason=NeedReason.OFFERED_HERE, from_on=on, at=at)
    asked = [group_id, *members_on(group_id, on)]  # also who has left since it was asked
    end_needs(asked, reason=NeedReason.ASKED_TO_SETTLE, on=on, at=at, organisation_id=organisation_id)


@act
def register_offer_answer(
    group_id: int,
    *,
    accepts: bool,
    answered_on: date,
    answered_by_names: str,
    answer_language: str,
    consequences_shown: bool,
    guardian_name: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Offer:
    """Register the household's answer: who answered, in what language, and that a no was given knowing its
    price. Unaccompanied minors answer with a guardian (verge), representative or accompanying adult, who is named.

    A yes gives the centre the task of agreeing the journey. A no marks the case refused; the municipality
    keeps its need to know, since it is asked to hold the offer open while the refusal is followed up (GUIDE
    Vedlegg 6). Raises Refused (a yes: `nobody_may_move`), IllegalStep, Stale, NotFound, NoRule.
    """
    require(by, "settlement.register_offer_answer")
    case = lock_case_where_they_live(group_id, by=by, version=version)
    step = "accept_offer" if accepts else "decline_offer"
    CASE.step(case.state, step)
    offer = living_offer(case, is_locked=True)
    _check_answered_on(answered_on, offer, legal_day(at))
    check_offer_answer(
        accepts=accepts,
        consequences_shown=consequences_shown,
        answered_by=answered_by_names,
        language=answer_language,
    )
    if accepts:
        refuse_without_permit(group_id, legal_day(at), "nobody_may_move")
    alone = _answer_alone(group_id, answered_on, guardian_name)
    offer.state = OFFER.step(offer.state, "accept" if accepts else "decline").target
    offer.answered_on, offer.answered_by_names = answered_on, answered_by_names.strip()
    offer.answer_language, offer.consequences_shown = answer_language, consequences_shown
    offer.guardian_name = guardian_name.strip() if alone else ""
    # They answer for all who are in the household now, also for who has come since.
    offer.persons = sorted({*offer.persons, *_offered_to(group_id, legal_day(at))})
    offer.save()
    advance(case, step, by=by, at=at, on=answered_on, other_organisation_id=offer.organisation_id)
    close_tasks(["register_offer_answer"], subject_id=group_id, by=by, at=at)
    if not accepts:
        kinds = [SEE_HOUSEHOLD_AGAIN, CONFIRM_NEED, *ASKED_AGAIN]  # there is nothing to go on with
        close_tasks(kinds, subject_id=group_id, by=by, at=at, outcome="void")
        ask_to_follow(case, answered_on, cause="settlement.decline_offer", at=at)
    if accepts:
        ask_centre(
            case,
            "arrange_journey",
            cause="settlement.accept_offer",
            basis_on=answered_on,
            deadline=after_working_days("settlement.journey_working_days", answered_on, book()),
            at=at,
        )
    return offer


def _check_answered_on(answered_on: date, offer: Offer, today: date) -> None:
    """Not ahead of time, nor before the offer."""
    if answered_on > today:
        raise Refused("answer_in_the_future", "answered_on")
    if answered_on < offer.decided_on:
        raise Refused("answer_before_offer", "answered_on", {"day": offer.decided_on})


def ask_to_follow(case: SettlementCase, on: date, *, cause: str, at: datetime) -> None:
    """IMDi's move: it asks the municipality to hold the home, and gives the household a deadline to move. The source
    names no day by which IMDi has done so. It ends when they have left. Source: GUIDE Vedlegg 6.
    """
    for organisation_id in imdi_of(case, legal_day(at)):
        open_task(
            FOLLOW_REFUSAL,
            subject_id=case.subject_id,
            organisation_id=organisation_id,
            cause=cause,
            basis_on=on,
            object_id=case.pk,
            at=at,
        )


def _answer_alone(group_id: int, on: date, guardian_name: str) -> bool:
    """Whether unaccompanied minors answer, on the day; Refused where nobody of age is there with them."""
    members = who_settle(group_id, on)
    alone = unaccompanied_among(members, on)
    known = guardians_of(alone) if alone else {}
    minors = [each for each in members if each.subject_id in alone]
    check_guardian(
        alone=[each.given_name or each.family_name for each in minors],
        without_guardian=[each.given_name or each.family_name for each in minors if each.subject_id not in known],
        guardian_name=guardian_name,
    )
    return bool(alone)
