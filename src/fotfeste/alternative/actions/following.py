"""What a municipality has to do follows from where people live: its tasks come, change and go with the stays."""

from datetime import date, datetime

from fotfeste.accommodation.public import Stay, StayKind
from fotfeste.alternative.domain.local import Due, contact_due, due_after_days, must_report, report_due, years_lived
from fotfeste.alternative.models import ContactMade, ContactPerson, HousingCheck, YearlyReport
from fotfeste.alternative.queries.living import private_stays, staying
from fotfeste.alternative.rules import book
from fotfeste.alternative.task_kinds_local import (
    CHECK_HOUSING,
    CONTACT_HOUSEHOLD,
    NAME_CONTACT_PERSON,
    WHILE_THERE,
    WRITE_YEARLY_REPORT,
)
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.platform.facts import cut_short
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task

CAUSE = "accommodation.private_stay_started"


def follow_private_stay(told: Told) -> None:
    """People have begun to live privately somewhere, have stopped, or a day of it was corrected: each municipality has
    the tasks that follow from what is known now, and no other.

    Listens to `accommodation.private_stay_started`, `_ended` and `_corrected`; inside their transaction, under the
    household's lock.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    stays = private_stays(group_id)
    today = legal_day(told.at)
    named = _named(group_id)
    for municipality_id in {stay.municipality_id for stay in stays} | set(named):
        if municipality_id is None:
            continue
        there = [stay for stay in stays if stay.municipality_id == municipality_id]
        if left := staying(there, today):
            _ask_for_what_is_missing(group_id, municipality_id, min(stay.period.start for stay in left), at=told.at)
        else:
            _nobody_left(group_id, municipality_id, there, by=told.by, at=told.at)
        ask_for_report(group_id, municipality_id, by=told.by, at=told.at)


def _ask_for_what_is_missing(group_id: int, municipality_id: int, first_on: date, *, at: datetime) -> None:
    """The tasks of those who live there and have not been seen to yet; what has been done is not asked for again."""
    here = {"subject_id": group_id, "organisation_id": municipality_id}
    checks = HousingCheck.objects.current().filter(**here, checked_on__gte=first_on)
    if not checks.exists():
        due = due_after_days("alternative.housing_check_days", first_on, book())
        _ask(CHECK_HOUSING, group_id, municipality_id, first_on, due, at=at)
    if municipality_id not in _named(group_id):
        due = due_after_days("alternative.contact_person_days", first_on, book())
        _ask(NAME_CONTACT_PERSON, group_id, municipality_id, first_on, due, at=at)
    if not ContactMade.objects.current().filter(**here, held_on__gte=first_on).exists():
        _ask(CONTACT_HOUSEHOLD, group_id, municipality_id, first_on, contact_due(first_on, book()), at=at)


def _ask(kind: str, group_id: int, municipality_id: int, on: date, due: Due, *, at: datetime) -> None:
    open_task(
        kind,
        subject_id=group_id,
        organisation_id=municipality_id,
        cause=CAUSE,
        basis_on=on,
        due_on=due.on,
        due_rule=due.rule.code,
        at=at,
    )


def _named(group_id: int) -> dict[int, ContactPerson]:
    """The contact persons of a household today and later, by municipality."""
    rows = ContactPerson.objects.current().filter(subject_id=group_id, period__endswith__isnull=True)
    return {row.organisation_id: row for row in rows}


def _nobody_left(group_id: int, municipality_id: int, stays: list[Stay], *, by: Viewer, at: datetime) -> None:
    """The municipality has nobody to see to, and they have no contact person there any more."""
    close_tasks(WHILE_THERE, subject_id=group_id, by=by, at=at, outcome="void", organisation_id=municipality_id)
    person = _named(group_id).get(municipality_id)
    if person is None:
        return
    ends = [stay.period.end for stay in stays if stay.period.end is not None]
    end = max(ends, default=person.period.start)
    cut_short(person, end, by=by, at=at, reason="stay_ended")


def ask_for_report(group_id: int, municipality_id: int, *, by: Viewer, at: datetime) -> None:
    """One open task for the earliest year that UDI is to have a report of and has not; none where there is no such."""
    close_tasks([WRITE_YEARLY_REPORT], subject_id=group_id, by=by, at=at, organisation_id=municipality_id)
    missing = missing_reports(group_id, municipality_id, legal_day(at))
    if not missing:
        return
    year = min(year for year, _ in missing)
    _ask(WRITE_YEARLY_REPORT, group_id, municipality_id, date(year, 12, 31), report_due(year, book()), at=at)


def missing_reports(group_id: int, municipality_id: int, today: date) -> list[tuple[int, int]]:
    """The years and persons of a household on AMOT that UDI is to have a report of, this year's too, and has not."""
    stays = [stay for stay in private_stays(group_id, municipality_id) if stay.kind == StayKind.AMOT]
    persons = sorted({stay.subject_id for stay in stays})
    sent = set(
        YearlyReport.objects.current()
        .filter(subject_id__in=persons, organisation_id=municipality_id)
        .values_list("year", "subject_id")
    )
    wanted = {
        (year, person)
        for person in persons
        for year in years_lived([stay.period for stay in stays if stay.subject_id == person], today)
        if must_report(StayKind.AMOT, year, book())
    }
    return sorted(wanted - sent)


def lives_there(person_id: int, group_id: int, municipality_id: int, today: date) -> bool:
    """Whether a person of the household lives privately in the municipality on the day, or is to."""
    return any(stay.subject_id == person_id for stay in staying(private_stays(group_id, municipality_id), today))
