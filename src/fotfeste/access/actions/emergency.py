"""Emergency access (nødinnsyn): one person's for an hour, told to their administrator, shown to the resident."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection

from fotfeste.access.domain.book import book
from fotfeste.access.domain.emergency import LONGEST_ASKED, as_asked, is_open_already, may_ask
from fotfeste.access.domain.permissions import OPEN_EMERGENCY
from fotfeste.access.domain.types import EmergencyCause, NeedReason
from fotfeste.access.models import EmergencyAccess, Need, Subject
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import instant

_LOOK_FOR = "SELECT look_in_emergency(%s, %s)"


@act
def open_emergency(
    number: str, *, cause: EmergencyCause | str, words: str, by: Viewer, at: datetime
) -> EmergencyAccess:
    """Open emergency access to the household of a person with a DUF number, or with a reference; gives the record.

    Also what finds nobody is recorded and counted, and not refused: its `is_found` is no. A protected household is
    answered like a number that nobody has. One at a time for each user.
    Raises NotAllowed; Refused: `emergency_number_missing`, `emergency_cause_missing`, `emergency_words_missing`,
    `too_many_emergencies`, and, with the household's `reference`, `emergency_is_open` and `emergency_not_needed`:
    then nothing is recorded.
    """
    require(by, OPEN_EMERGENCY)
    if by.user_id is None:
        raise NotAllowed("not_allowed")
    asked = as_asked(number)
    _refuse_what_is_missing(asked, cause, words)
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    _refuse_too_many(by.user_id, at)
    record = EmergencyAccess.objects.create(
        organisation_id=by.organisation_id,
        user_id=by.user_id,
        roles=sorted(by.roles),
        asked=asked,
        cause=cause,
        words=words.strip(),
        opened_at=at,
    )
    minutes = book().get("emergency_minutes", legal_day(at)).integer
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_FOR, [record.pk, at + timedelta(minutes=minutes)])
    record.refresh_from_db()
    if record.is_found:
        _refuse_what_is_open(record, by, at)
    what = "access.emergency_opened" if record.is_found else "access.emergency_missed"
    # About nobody: whom it opened stands in the record, for those who are to know.
    publish(Happening(type=what, subject_id=None, object_kind="emergency_access", object_id=record.pk), by=by, at=at)
    return record


def _refuse_what_is_missing(asked: str, cause: str, words: str) -> None:
    if not asked or len(asked) > LONGEST_ASKED:
        raise Refused("emergency_number_missing", "number")
    if cause not in set(EmergencyCause):
        raise Refused("emergency_cause_missing", "cause")
    if not words.strip():
        raise Refused("emergency_words_missing", "words")


def _refuse_too_many(user_id: int, at: datetime) -> None:
    """Asked under the user's lock."""
    rules, on = book(), legal_day(at)
    within = timedelta(minutes=rules.get("emergency_most_within", on).integer)
    attempts = EmergencyAccess.objects.filter(user_id=user_id, opened_at__gt=at - within)
    decision = may_ask(
        attempts.values_list("opened_at", flat=True), at, most=rules.get("emergency_most", on).integer, within=within
    )
    if not decision.is_yes:
        reason = decision.reasons[0]
        again_at = reason.fields["again_at"]
        assert isinstance(again_at, datetime)
        raise Refused(reason.code, None, {**reason.fields, "again_at": instant(again_at)})


def _refuse_what_is_open(record: EmergencyAccess, by: Viewer, at: datetime) -> None:
    """Nothing is opened, told or counted that somebody has open already; the transaction is undone."""
    assert record.household_id is not None
    reference = Subject.objects.get(pk=record.household_id).reference
    before = EmergencyAccess.objects.filter(user_id=record.user_id, household_id=record.household_id, until_at__gt=at)
    if before.exclude(pk=record.pk).exists():
        raise Refused("emergency_is_open", "number", {"reference": reference})
    if is_open_already(by.opens, _reasons_of([record.household_id, *record.person_ids], by, at)):
        raise Refused("emergency_not_needed", "number", {"reference": reference})


def _reasons_of(subject_ids: Collection[int], by: Viewer, at: datetime) -> list[set[str]]:
    """Why the actor's organisation knows of each of them; empty sets where it does not."""
    found: dict[int, set[str]] = {subject_id: set() for subject_id in subject_ids}
    known = Need.objects.filter(
        subject_id__in=subject_ids, organisation_id=by.organisation_id, period__contains=legal_day(at)
    )
    for subject_id, reason in known.exclude(reason=NeedReason.EMERGENCY).values_list("subject_id", "reason"):
        found[subject_id].add(reason)
    return list(found.values())
