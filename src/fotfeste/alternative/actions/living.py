"""What an agreement is in the world: people begin to live somewhere, and it lasts as long as somebody of them does."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from fotfeste.accommodation.public import (
    DepartureReason,
    RightStay,
    Stay,
    StayKind,
    correct_private_stay,
    end_private_stay_after,
    start_private_stay_after,
)
from fotfeste.alternative.actions.application import udi_of
from fotfeste.alternative.domain.deciding import CAUSE_OF, DEPARTS_BY, check_cause
from fotfeste.alternative.domain.tasks import SEND_END
from fotfeste.alternative.domain.types import EndCause
from fotfeste.alternative.letters import CAUSES, write_ended
from fotfeste.alternative.models import Agreement, Application
from fotfeste.alternative.rules import book
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import GroupMembership, Mistake, TakenBack, lock_group, record_correction
from fotfeste.worklist.public import close_tasks, open_task


@act
def end_agreement(
    group_id: int,
    municipality_id: int,
    cause: EndCause,
    on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[int]:
    """End a municipality's agreement on a household for a cause of ALT-08: nobody of it lives there with support from
    the day on. The stays end, the agreement with them; grants, needs to know and tasks follow. Gives who they were.

    By UDI, or the municipality for what it knows. The household is written to: by UDI at once, else UDI gets the task.
    Raises Refused: `cause_follows_by_itself`, `cause_is_udis`, `cause_does_not_end_it`, `not_their_answer`,
    `no_agreement_there`, those of the stay's end; Stale, NotFound.
    """
    require(by, "accommodation.end_private_stay")
    is_udi = by.organisation_kind == OrganisationKind.UDI
    if not is_udi and municipality_id != by.organisation_id:
        raise Refused("not_their_answer")
    check_cause(cause, on, book(), is_udi=is_udi)
    lock_group(group_id, version=version)
    persons = [stay.subject_id for stay in _stays_there(group_id, municipality_id) if stay.period.is_open]
    if not persons:
        raise Refused("no_agreement_there")
    return end_private_stay_after(group_id, persons, on, DEPARTS_BY[cause], by=by, at=at)


@act
def send_end_letter(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> Agreement:
    """UDI writes to a household whose agreement ended by what somebody else registered. Raises NotFound, Stale."""
    require(by, "alternative.decide")
    lock_group(group_id, version=version)
    ended = Agreement.objects.current().filter(subject_id=group_id, end_cause__in=sorted(CAUSES))
    agreement: Agreement | None = ended.select_related("application").order_by("-period", "-pk").first()
    if agreement is None:
        raise NotFound("not_found")
    _write(agreement, by=by, at=at)
    close_tasks([SEND_END], subject_id=group_id, by=by, at=at)
    return agreement


def start_living(application: Application, persons: Sequence[int], on: date, *, by: Viewer, at: datetime) -> None:
    """They live there from a day, by the agreement that the application has led to; one that is open already stands."""
    assert application.subject_id is not None
    there = Agreement.objects.current().filter(
        subject_id=application.subject_id,
        municipality_id=application.municipality_id,
        period__endswith__isnull=True,
    )
    if not there.exists():
        Agreement(
            subject_id=application.subject_id,
            municipality_id=application.municipality_id,
            scheme=application.scheme,
            application=application,
            period=Period(on, None),
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        ).stored()
    start_private_stay_after(
        application.subject_id,
        persons,
        kind=StayKind(application.scheme),
        municipality_id=application.municipality_id,
        on=on,
        street=application.street,
        postal_code=application.postal_code,
        by=by,
        at=at,
    )


def never_lived(
    application: Application,
    persons: Collection[int],
    from_on: date | None,
    *,
    reason: Mistake | str,
    text: str,
    by: Viewer,
    at: datetime,
) -> None:
    """The stays that a grant from a day led to never were; the agreement goes with them. Stays there by another grant,
    before it or after it, stand.
    """
    assert application.subject_id is not None
    stays = _stays_by(application, set(persons), from_on)
    for period in sorted({stay.period for stay in stays}, key=lambda each: each.start):
        correct_private_stay(
            application.subject_id,
            [stay.subject_id for stay in stays if stay.period == period],
            RightStay(never_was=True),
            reason=reason,
            text=text,
            in_municipality=application.municipality_id,
            began_on=period.start,
            by=by,
            at=at,
        )
    # What follows the stays sees to the last agreement there; one before it is seen to here.
    for agreement in Agreement.objects.current().filter(application=application).select_related("application"):
        there = _stays_there(agreement.subject_id, agreement.municipality_id)
        if not any(agreement.period.contains(stay.period.start) for stay in there):
            _bring_in_line(agreement, [], by=by, at=at)
    if not stays:
        record_correction(application.subject_id, TakenBack.PRIVATE_STAY, legal_day(at), reason, text, by=by, at=at)


def lasts_into(period: Period, on: date | None) -> bool:
    """Whether a stay had not ended by the first day of a grant."""
    return period.end is None or on is None or period.end > on


def _stays_by(application: Application, persons: Collection[int], from_on: date | None) -> list[Stay]:
    """The stays that a grant led to: those of its own agreement; where it joined one that was open, from its day on."""
    assert application.subject_id is not None
    own = list(Agreement.objects.current().filter(application=application).values_list("period", flat=True))
    return [
        stay
        for stay in _stays_there(application.subject_id, application.municipality_id)
        if stay.subject_id in persons
        and stay.kind == application.scheme
        and (any(each.contains(stay.period.start) for each in own) if own else lasts_into(stay.period, from_on))
    ]


def follow_agreement(told: Told) -> None:
    """A municipality's agreement on a household lasts from the first day of the stays there to the last.

    Listens to `accommodation.private_stay_started`, `_ended` and `_corrected`.
    """
    group_id, municipality_id = told.event.subject_id, told.event.other_organisation_id
    if group_id is None or municipality_id is None:
        return
    rows = Agreement.objects.current().filter(subject_id=group_id, municipality_id=municipality_id)
    agreements = list(rows.select_related("application").order_by("period", "pk"))
    if not agreements:
        return
    last, before = agreements[-1], agreements[-2].period.end if len(agreements) > 1 else None
    stays = [
        stay
        for stay in _stays_there(group_id, municipality_id)
        if stay.kind == last.scheme and (before is None or stay.period.start >= before)
    ]
    _bring_in_line(last, stays, by=told.by, at=told.at)


def _bring_in_line(agreement: Agreement, stays: Sequence[Stay], *, by: Viewer, at: datetime) -> None:
    if not stays:
        annul(agreement, by=by, at=at, reason="stay_annulled")
        _tell(agreement, EndCause.GRANT_ANNULLED, agreement.period.start, by=by, at=at)
        return
    start, ends = min(stay.period.start for stay in stays), [stay.period.end for stay in stays]
    last = max(stays, key=lambda stay: (stay.period.end is None, stay.period.end or stay.period.start))
    end = None if None in ends else last.period.end
    cause = "" if end is None else str(CAUSE_OF.get(DepartureReason(last.departure_reason), EndCause.LEFT_UNKNOWN))
    period = Period(start, end)
    if (period, cause) == (agreement.period, agreement.end_cause):
        return
    was_open = agreement.period.is_open
    made = supersede(agreement, by=by, at=at, reason="stays_changed", period=period, end_cause=cause)
    if was_open and end is not None:
        _tell(made, cause, end, by=by, at=at)
        _see_to_the_letter(made, by=by, at=at)


def _see_to_the_letter(agreement: Agreement, *, by: Viewer, at: datetime) -> None:
    """The household is written to by UDI: at once where it has acted, else it gets the task."""
    if agreement.end_cause not in CAUSES:
        return
    if by.organisation_kind == OrganisationKind.UDI and by.may("alternative.decide"):
        _write(agreement, by=by, at=at)
        return
    for organisation_id in udi_of(agreement.subject_id, legal_day(at)):
        open_task(
            SEND_END,
            subject_id=agreement.subject_id,
            organisation_id=organisation_id,
            cause="alternative.agreement_ended",
            basis_on=legal_day(at),
            object_id=agreement.pk,
            at=at,
        )


def _write(agreement: Agreement, *, by: Viewer, at: datetime) -> None:
    """To those who lived there until the end: who left before has no end of it now."""
    persons = [
        stay.subject_id
        for stay in _stays_there(agreement.subject_id, agreement.municipality_id)
        if stay.period.end == agreement.period.end and stay.departure_reason != DepartureReason.DECEASED
    ]
    write_ended(agreement, persons, by=by, at=at)


def _stays_there(group_id: int, municipality_id: int) -> list[Stay]:
    """The private stays in a municipality of all who belong or belonged to a household."""
    members = GroupMembership.objects.filter(group_id=group_id).values_list("subject_id", flat=True)
    stays = Stay.objects.current().filter(subject_id__in=set(members), municipality_id=municipality_id)
    return list(stays.order_by("period", "subject_id"))


def _tell(agreement: Agreement, cause: str, on: date, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type="alternative.agreement_ended",
            subject_id=agreement.subject_id,
            object_kind="alternative_agreement",
            object_id=agreement.pk,
            transition=cause,
            holds_on=on,
            other_organisation_id=agreement.municipality_id,
        ),
        by=by,
        at=at,
    )
