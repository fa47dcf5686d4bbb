"""The application itself: locked, moved along its workflow, with an event for each step."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs, open_needs, organisations_with
from fotfeste.alternative.domain.schemes import preliminary_due
from fotfeste.alternative.domain.states import APPLICATION
from fotfeste.alternative.domain.tasks import ANSWER, DECIDE, PRELIMINARY
from fotfeste.alternative.models import Application
from fotfeste.alternative.queries.living import private_stays, staying
from fotfeste.alternative.rules import book
from fotfeste.alternative.task_kinds_local import CHECK_HOUSING
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Stale
from fotfeste.platform.acts import require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.models import Event
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.worklist.public import close_tasks, open_task


def lock_application(application_id: int, *, version: int | None) -> Application:
    """Lock an application, its household first (the fixed order), and raise its version. Raises Stale, NotFound."""
    seen = Application.objects.filter(pk=application_id).first()
    if seen is None:
        raise NotFound("not_found")
    if seen.subject_id is not None:
        lock_group(seen.subject_id, version=None)
    return raise_version(application_id, version=version)


def raise_version(application_id: int, *, version: int | None) -> Application:
    """Lock an application alone: by its link, which sees no household. Raises Stale, NotFound."""
    row: Application | None = Application.objects.select_for_update().filter(pk=application_id).first()
    if row is None:
        raise NotFound("not_found")
    if version is not None and version != row.version:
        raise Stale(expected_version=version, found_version=row.version)
    row.version += 1
    # The fence is asked again: the need to know may have ended while the lock was waited for.
    if not Application.objects.filter(pk=row.pk).update(version=row.version):
        raise NotFound("not_found")
    return row


def advance(application: Application, step: str, *, by: Viewer, at: datetime, on: date | None = None) -> Event:
    """Take one step of the workflow: permission, state, event. What else has changed in the row is saved with it.

    Raises IllegalStep, NotAllowed.
    """
    transition = APPLICATION.step(application.state, step)
    for permission in transition.who:
        require(by, permission)
    before, application.state = application.state, transition.target
    if application.state == "withdrawn":
        application.withdrawn_on = legal_day(at)
    application.save()
    return publish(
        Happening(
            type=transition.event,
            subject_id=application.subject_id,
            object_kind="alternative_application",
            object_id=application.pk,
            workflow=APPLICATION.name,
            transition=step,
            from_state=before,
            to_state=application.state,
            holds_on=on or legal_day(at),
            other_organisation_id=application.municipality_id,
        ),
        by=by,
        at=at,
    )


def tell(application: Application, event: str, *, by: Viewer, at: datetime, transition: str = "") -> Event:
    """Publish what happened to an application without a step of its own."""
    return publish(
        Happening(
            type=event,
            subject_id=application.subject_id,
            object_kind="alternative_application",
            object_id=application.pk,
            transition=transition,
            holds_on=legal_day(at),
            other_organisation_id=application.municipality_id,
        ),
        by=by,
        at=at,
    )


def subjects_of(application: Application) -> list[int]:
    """The household and those in the application; nobody where it is of nobody known."""
    if application.subject_id is None:
        return []
    people = application.persons.filter(subject__isnull=False).order_by("position")
    return [application.subject_id, *people.values_list("subject_id", flat=True)]


def udi_of(group_id: int, day: date) -> list[int]:
    """UDI, as far as it has the case of the household."""
    return list(organisations_with(group_id, NeedReason.PROTECTION_CASE, day)[:1])


def nothing_left_to_do(application: Application, *, by: Viewer, at: datetime, outcome: str) -> None:
    """The application is answered: its tasks are closed, and the municipality knows of them no more because of it."""
    if application.subject_id is None:
        return
    kinds = [DECIDE, ANSWER, PRELIMINARY]
    close_tasks(kinds, subject_id=application.subject_id, by=by, at=at, outcome=outcome)
    here = application.municipality_id
    if not staying(private_stays(application.subject_id, here), legal_day(at)):
        # It looked at the home while they asked to live there: nobody is to look again.
        close_tasks(
            [CHECK_HOUSING], subject_id=application.subject_id, by=by, at=at, outcome="void", organisation_id=here
        )
    end_needs(
        subjects_of(application),
        reason=NeedReason.APPLIED_HERE,
        on=legal_day(at),
        at=at,
        organisation_id=application.municipality_id,
    )


def known_to_municipality(application: Application, *, at: datetime) -> None:
    """The municipality that an application names knows of the household; a need that is open stays as it is."""
    open_needs(
        subjects_of(application),
        organisation_id=application.municipality_id,
        reason=NeedReason.APPLIED_HERE,
        from_on=legal_day(at),
        at=at,
    )


def ask_to_decide(application: Application, *, at: datetime, also: Collection[str] = ()) -> None:
    """UDI has the task to decide on an application (and others that are due the same day), counted from its receipt."""
    assert application.subject_id is not None
    due = preliminary_due(application.received_on, book())
    for organisation_id in udi_of(application.subject_id, legal_day(at)):
        for kind in (DECIDE, *also):
            open_task(
                kind,
                subject_id=application.subject_id,
                organisation_id=organisation_id,
                cause="alternative.apply",
                basis_on=application.received_on,
                due_on=due.on,
                due_rule=due.rule.code,
                object_id=application.pk,
                at=at,
            )
