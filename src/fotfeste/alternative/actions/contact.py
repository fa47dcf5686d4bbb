"""Who the household turns to in the municipality, and when they were in touch (ALT-12; MAMOT 7.2.4)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import OuterRef

from fotfeste.access.public import is_named_if_protected, works_on_cases
from fotfeste.alternative.actions.here import lock_housed, tell
from fotfeste.alternative.domain.local import (
    ContactInterpreter,
    ContactSubject,
    ContactWay,
    check_contact,
    contact_due,
)
from fotfeste.alternative.models import ContactMade, ContactPerson
from fotfeste.alternative.queries.living import private_stays, staying
from fotfeste.alternative.rules import book
from fotfeste.alternative.task_kinds_local import CONTACT_HOUSEHOLD, NAME_CONTACT_PERSON
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act
from fotfeste.platform.facts import cut_short
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task


@act
def name_contact_person(
    group_id: int, user_id: int, *, by: Viewer, at: datetime, version: int | None = None
) -> ContactPerson:
    """From today somebody of the municipality's own staff is the household's contact person; who was so before, is not.

    Raises Refused (`not_housed_here`, `nobody_lives_here_now`, `contact_person_as_before`, `contact_person_not_named`
    where the address is protected and the colleague is not named for it), NotFound for who does no case work here
    today, Stale, NotAllowed.
    """
    lock_housed(group_id, by=by, at=at, version=version)
    today = legal_day(at)
    _require_somebody_here(group_id, by=by, today=today)
    colleagues = User.objects.filter(works_on_cases(OuterRef("pk"), today), organisation_id=by.organisation_id)
    if not colleagues.filter(pk=user_id, is_active=True).exists():
        raise NotFound("not_found")
    if not is_named_if_protected(group_id, user_id, today):
        raise Refused("contact_person_not_named", "user")
    before = ContactPerson.objects.current().filter(subject_id=group_id, period__endswith__isnull=True).first()
    if before is not None and before.user_id == user_id and before.organisation_id == by.organisation_id:
        raise Refused("contact_person_as_before", "user")
    if before is not None:
        cut_short(before, today, by=by, at=at, reason="another_named")
    row = ContactPerson(
        subject_id=group_id,
        organisation_id=by.organisation_id,
        user_id=user_id,
        period=Period(today),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    tell("alternative.contact_person_named", group_id, by=by, at=at, object_id=row.pk)
    close_tasks([NAME_CONTACT_PERSON], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    return row


@act
def log_contact(
    group_id: int,
    *,
    held_on: date,
    way: ContactWay,
    interpreter: ContactInterpreter,
    subjects: Collection[ContactSubject],
    words: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> ContactMade:
    """Keep that there was contact, how, and about what; the next one is a task, by the dated rule.

    Codes carry most of it, and few words: what is told of health or of others belongs in those services' own journals.
    Raises Refused (`contact_in_the_future`, `contact_about_nothing`, `contact_with_too_many_words`,
    `not_housed_here`), Stale, NotFound, NotAllowed, NoRule.
    """
    lock_housed(group_id, by=by, at=at, version=version)
    today = legal_day(at)
    check_contact(held_on=held_on, subjects=subjects, words=words, today=today)
    row = ContactMade(
        subject_id=group_id,
        organisation_id=by.organisation_id,
        held_on=held_on,
        way=way,
        interpreter=interpreter,
        subjects=sorted(str(each) for each in subjects),
        words=words.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    tell("alternative.contact_logged", group_id, by=by, at=at, object_id=row.pk)
    here = {"subject_id": group_id, "organisation_id": by.organisation_id}
    close_tasks([CONTACT_HOUSEHOLD], subject_id=group_id, organisation_id=by.organisation_id, by=by, at=at)
    if staying(private_stays(group_id, by.organisation_id), today):
        last_on = max(ContactMade.objects.current().filter(**here).values_list("held_on", flat=True))
        due = contact_due(last_on, book())
        open_task(
            CONTACT_HOUSEHOLD,
            subject_id=group_id,
            organisation_id=by.organisation_id,
            cause="alternative.contact_logged",
            basis_on=last_on,
            due_on=due.on,
            due_rule=due.rule.code,
            at=at,
        )
    return row


def _require_somebody_here(group_id: int, *, by: Viewer, today: date) -> None:
    if not staying(private_stays(group_id, by.organisation_id), today):
        raise Refused("nobody_lives_here_now")
