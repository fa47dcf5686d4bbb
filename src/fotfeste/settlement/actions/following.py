"""The case follows the household: from centre to centre, as it grows and shrinks, until nobody is left (SET-01)."""

from dataclasses import replace
from datetime import date

from fotfeste.accommodation.public import DepartureReason, everyone_of, home_among, stays_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.registry.public import PERMITS, GroupMembership, members_of
from fotfeste.settlement.actions.closing import close_with_the_permit, end_case
from fotfeste.settlement.actions.destination import Destination, travels_to
from fotfeste.settlement.actions.followers import follow_who_waits
from fotfeste.settlement.actions.grown import tell_imdi_of_growth
from fotfeste.settlement.actions.moved import show_those_who_are_back, void_private_move
from fotfeste.settlement.actions.opening import is_closed_by_hand, open_case_of_permitted
from fotfeste.settlement.actions.parties import ask_for_interview
from fotfeste.settlement.actions.permits import follow_permits, is_lost
from fotfeste.settlement.actions.told import tell_of_change
from fotfeste.settlement.actions.withdrawal import untold_withdrawals
from fotfeste.settlement.domain.interview import is_of_age
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import ClosingReason
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.queries.composition import composition
from fotfeste.settlement.queries.living import own_promise
from fotfeste.settlement.task_kinds_interview import (
    CENTRES_TASK_IN,
    CORRECT_INTERVIEW,
    HOLD_INTERVIEW,
    OF_THE_CENTRE,
    SUPPLEMENT_INTERVIEW,
    TELL_WITHDRAWAL,
)
from fotfeste.worklist.public import Task, close_tasks, open_task


def follow_placement(told: Told) -> None:
    """A household that is placed takes its case and the centre's tasks along; one that comes back has a case anew.

    Listens to `accommodation.placed`. Who has left a centre with a permit, so that the case was closed, and is placed
    again waits for a municipality like everybody else, since the day of the permit. A move between centres opens
    nothing: a case that was closed while they lived at one stays closed.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    void_private_move(told)
    if case := _open_case_of(group_id):
        follow_home(case, told)
        show_those_who_are_back(case, told)
    elif not _has_moved_centre(group_id, told):
        open_case_of_permitted(group_id, told)
    follow_who_waits(group_id, by=told.by, at=told.at)


def follow_private_home(told: Told) -> None:
    """A household that begins to live privately takes its case along: no centre has it, and what a centre did for it
    IMDi does. Where some of it stay at the centre, the case stays with them. Listens to
    `accommodation.private_stay_started`.
    """
    if case := _open_case_of(told.event.subject_id):
        follow_home(case, told)


def follow_membership(told: Told) -> None:
    """A household that grows or shrinks changes the size of its case, and may live elsewhere than before.

    One that gets a permit by it gets a case; a case that somebody closed stays closed, unless who joins has a permit.
    Listens to `registry.member_added`, `registry.member_removed` and `registry.group_formed`.
    """
    group_id, today = told.event.subject_id, legal_day(told.at)
    if group_id is None:
        return
    joins = told.event.object_id if told.event.type == "registry.member_added" else None
    if joins is not None:
        _refuse_joining_what_is_over(group_id, joins, today)
    if case := _open_case_of(group_id):
        follow_home(case, told)
    elif not is_closed_by_hand(group_id) or _has_permit(group_id, joins, today):
        open_case_of_permitted(group_id, told)
    follow_who_waits(group_id, by=told.by, at=told.at)  # who is taken out waits as a household of their own


def follow_details(told: Told) -> None:
    """A day of birth is put right: who is a minor, and until when, is asked anew; also of those who are settled.

    Listens to `registry.details_corrected`.
    """
    group_id, today = told.event.subject_id, legal_day(told.at)
    if group_id is None:
        return
    for case in SettlementCase.objects.filter(subject_id=group_id).exclude(state="closed"):
        refresh_composition(case, case.state_since_on if case.state == "settled" else today)


def close_emptied(told: Told) -> None:
    """A household that everyone has left needs no municipality. Listens to `registry.group_emptied`.

    Whoever moved the last member may not be one who closes cases: it follows from the registry's act.
    """
    case = _open_case_of(told.event.subject_id)
    if case is None:
        return
    by = replace(told.by, permissions=told.by.permissions | {"settlement.close_case"})
    end_case(case, on=legal_day(told.at), by=by, at=told.at)


def follow_home(case: SettlementCase, told: Told, *, lost: ClosingReason = ClosingReason.PERMIT_LEFT) -> None:
    """Count the case's people, put it where they stay today and give that centre its task; nowhere, nobody.

    A household that is spread stays with the centre that has its case, as long as somebody of it is there. A case that
    `is_lost` closes because of `lost`.
    """
    today = legal_day(told.at)
    everyone = everyone_of(case.subject_id, today)
    if is_lost(case, everyone, today):
        close_with_the_permit(case, lost, by=told.by, at=told.at)
        return
    centres = {each.centre_id for each in everyone if each.is_staying}
    where = home_among(everyone)
    before = case.size
    refresh_composition(case, today)
    if case.size > before and case.state != CASE.initial:
        tell_imdi_of_growth(case, told)
    if case.size != before:
        tell_of_change(case, by=told.by, at=told.at)
    if case.centre_id not in centres or where is None:
        case.centre_id = where.centre_id if where else None
        case.save(update_fields=["centre"])
    _move_tasks(case, told)
    follow_permits(case, told)
    if where and case.centre_id and case.state == CASE.initial:
        ask_for_interview(case, case.centre_id, placed_on=where.since_on, at=told.at)


def refresh_composition(case: SettlementCase, day: date) -> None:
    """Rebuild what the case keeps of its members: a cache of who of the household is to be settled on a day."""
    changes = composition(case.subject_id, day)
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=list(changes))


def _refuse_joining_what_is_over(group_id: int, person_id: int, day: date) -> None:
    """Nobody joins a settled household, or one that has refused: they would never have a case of their own.

    A child that is registered anew into a household that has refused belongs to its parents, whatever they answered.
    """
    states = set(SettlementCase.objects.filter(subject_id=group_id).values_list("state", flat=True))
    if "settled" in states:
        raise Refused("household_is_settled", "persons")
    if "refused" in states:
        came_from_another = GroupMembership.objects.filter(subject_id=person_id).exclude(group_id=group_id).exists()
        is_child = any(
            each.subject_id == person_id and not is_of_age(each.age, day) for each in members_of(group_id, day)
        )
        if came_from_another or not is_child:
            raise Refused("household_has_refused", "persons")


def _has_permit(group_id: int, person_id: int | None, day: date) -> bool:
    return any(each.subject_id == person_id and each.current_status in PERMITS for each in members_of(group_id, day))


def _has_moved_centre(group_id: int, told: Told) -> bool:
    """Whether somebody of the household came to this centre on the day straight from another one."""
    on = told.event.holds_on
    persons = [each.subject_id for each in everyone_of(group_id, legal_day(told.at))]
    return any(
        stay.period.end == on and stay.departure_reason == DepartureReason.MOVED_CENTRE for stay in stays_of(persons)
    )


def _open_case_of(group_id: int | None) -> SettlementCase | None:
    if group_id is None:
        return None
    return SettlementCase.objects.filter(subject_id=group_id).exclude(state__in=CASE.final).first()


def _move_tasks(case: SettlementCase, told: Told) -> None:
    """Open the former centre's task at the new one with the same deadline; the interview's is counted anew.

    While they stayed nowhere nobody was asked: the task that the state of the case wants is opened as it last was.
    """
    open_now = Task.objects.filter(subject_id=case.subject_id, kind__in=OF_THE_CENTRE, closed_at__isnull=True)
    for task in open_now.order_by("pk"):
        if task.organisation_id == case.centre_id:
            continue
        close_tasks(
            [task.kind],
            subject_id=case.subject_id,
            by=told.by,
            at=told.at,
            outcome="void",
            organisation_id=task.organisation_id,
        )
    _open_here(case, TELL_WITHDRAWAL, told, only_if=bool(untold_withdrawals(case)))
    interview = Interview.objects.filter(case=case).first()
    _open_here(case, SUPPLEMENT_INTERVIEW, told, only_if=interview is not None and bool(interview.supplementing))
    is_corrected = interview is not None and interview.reopened_at is not None
    _open_here(case, CORRECT_INTERVIEW, told, only_if=is_corrected)
    kind = _asked_of_the_centre(case)
    _open_here(case, kind, told, only_if=kind != HOLD_INTERVIEW)


def _asked_of_the_centre(case: SettlementCase) -> str:
    """The task that the state of the case wants of the centre; of those who found the municipality themselves that of
    their journey, until it has a day.
    """
    request = own_promise(case)
    if request is None:
        return CENTRES_TASK_IN.get(case.state, HOLD_INTERVIEW)
    is_to_arrange = travels_to(case, request) and not Destination(request=request).has_day
    return "arrange_journey" if is_to_arrange else HOLD_INTERVIEW


def _open_here(case: SettlementCase, kind: str, told: Told, *, only_if: bool) -> None:
    """A task of the centre where they live, as it last was elsewhere."""
    if case.centre_id is None or not only_if:
        return
    last = Task.objects.filter(subject_id=case.subject_id, kind=kind, object_id=case.pk).order_by("pk").last()
    open_task(
        kind,
        subject_id=case.subject_id,
        organisation_id=case.centre_id,
        cause=last.cause if last else "settlement.household_moved",
        basis_on=last.basis_on if last else case.state_since_on,
        due_on=last.due_on if last else case.state_since_on,
        due_rule=last.due_rule if last else "",
        object_id=case.pk,
        at=told.at,
    )
