"""Who said yes when others of the household had been settled, and has not followed them yet (ADR 0058)."""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.accommodation.public import Whereabouts, everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import StatusKind
from fotfeste.settlement.actions.parties import held_for, imdi_organisations
from fotfeste.settlement.actions.told import tell_of_followers
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.refusing import said_yes
from fotfeste.settlement.task_kinds_offers import FOLLOW_SETTLED
from fotfeste.worklist.public import Task, close_tasks, open_task


def follow_who_waits(
    group_id: int,
    *,
    by: Viewer,
    at: datetime,
    cause: str = "settlement.accept_after_all",
    basis_on: date | None = None,
    lapsed_as: str = "void",
) -> None:
    """The tasks about those who said yes and have not followed the others yet are those of who still waits.

    Of IMDi as long as anybody does; of each centre where somebody lives for whom the municipality holds a place. Part
    of what changed that, under the household's lock; nothing where nobody of the household is settled.
    """
    today = legal_day(at)
    case = SettlementCase.objects.filter(subject_id=group_id, state="settled").order_by("-pk").first()
    offer = Offer.objects.filter(case=case, state="accepted").first() if case else None
    if case is None or offer is None:
        return
    waiting = _waiting(group_id, today)
    held = held_for(offer.organisation_id, [each.subject_id for each in waiting], today)
    wanted = {each.centre_id for each in waiting if each.centre_id and each.subject_id in held}
    wanted |= {*imdi_organisations()} if waiting else set()
    open_now = Task.objects.filter(kind=FOLLOW_SETTLED, subject_id=group_id, closed_at=None)
    asked = {*open_now.values_list("organisation_id", flat=True)}
    for organisation_id in sorted(asked - wanted):
        close_tasks(
            [FOLLOW_SETTLED], subject_id=group_id, organisation_id=organisation_id, by=by, at=at, outcome=lapsed_as
        )
    for organisation_id in sorted(wanted - asked):
        open_task(
            FOLLOW_SETTLED,
            subject_id=group_id,
            organisation_id=organisation_id,
            cause=cause,
            basis_on=basis_on or today,
            object_id=case.pk,
            at=at,
        )


def _waiting(group_id: int, day: date) -> Sequence[Whereabouts]:
    """Those who said yes, stay where they stayed and are settled nowhere."""
    settled = {
        member.subject_id
        for member in who_settle(group_id, day)
        if StatusKind.SETTLED in {status.kind for status in member.statuses}
    }
    agreed = said_yes(group_id) - settled
    return [each for each in everyone_of(group_id, day) if each.is_staying and each.subject_id in agreed]


def follow_yes_taken_back(group_id: int, persons: Sequence[int], *, by: Viewer, at: datetime) -> None:
    """Some who were to follow the others do not: the municipality that holds the place is told, and nobody is asked to
    get them there.

    For the act that takes back their yes, under the household's lock; nothing where nobody of the household is settled.
    """
    case = SettlementCase.objects.filter(subject_id=group_id, state="settled").order_by("-pk").first()
    offer = Offer.objects.filter(case=case, state="accepted").first() if case else None
    if case is None or offer is None:
        return
    if held_for(offer.organisation_id, persons, legal_day(at)):
        tell_of_followers(case, offer.organisation_id, by=by, at=at)
    follow_who_waits(group_id, by=by, at=at)
