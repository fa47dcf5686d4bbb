"""The municipality's yearly report to UDI of each person on AMOT (ALT-13; UDI 2020-005 point 8.4, MAMOT 4.2.7)."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.access.public import NeedReason
from fotfeste.alternative.actions.following import ask_for_report, lives_there, missing_reports
from fotfeste.alternative.actions.here import lock_housed, tell
from fotfeste.alternative.domain.local import FollowedUp
from fotfeste.alternative.models import ContactMade, YearlyReport
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer

# A report of somebody who has moved on is written as long as the money is not settled.
_MAY_REPORT = frozenset({NeedReason.HOUSED_HERE, NeedReason.GRANT_CASE})


@act
def send_yearly_report(
    group_id: int,
    person_id: int,
    *,
    year: int,
    followed_up: Collection[FollowedUp],
    lives_as_before: bool,
    words: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> YearlyReport:
    """Send UDI the report of one person for one year. UDI sees it at once; what is still to be written stays a task.

    How often there was contact is counted from the log. Raises Refused (`no_report_wanted` where UDI is to have none of
    this person and year, or has it; `year_is_not_over`, `report_of_nothing`, `not_housed_here`), Stale, NotFound,
    NotAllowed, NoRule.
    """
    lock_housed(group_id, by=by, at=at, version=version, reasons=_MAY_REPORT)
    today = legal_day(at)
    if (year, person_id) not in missing_reports(group_id, by.organisation_id, today):
        raise Refused("no_report_wanted", "person")
    if year == today.year and lives_there(person_id, group_id, by.organisation_id, today):
        raise Refused("year_is_not_over", "person")
    if not followed_up and not words.strip():
        raise Refused("report_of_nothing", "words")
    row = YearlyReport(
        subject_id=person_id,
        organisation_id=by.organisation_id,
        year=year,
        followed_up=sorted(str(each) for each in followed_up),
        contacts=_contacts(group_id, by.organisation_id, year),
        lives_as_before=lives_as_before,
        words=words.strip(),
        sent_on=today,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    tell("alternative.report_sent", group_id, by=by, at=at, object_id=row.pk)
    ask_for_report(group_id, by.organisation_id, by=by, at=at)
    return row


def _contacts(group_id: int, organisation_id: int, year: int) -> int:
    """How often there was contact with the household in a year, by the log."""
    held = ContactMade.objects.current().filter(subject_id=group_id, organisation_id=organisation_id)
    return held.filter(held_on__gte=date(year, 1, 1), held_on__lt=date(year + 1, 1, 1)).count()
