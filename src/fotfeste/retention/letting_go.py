"""Let go of one household's record, or parts of it: one transaction, all of it or none."""

import logging
from collections.abc import Mapping

from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper

from fotfeste.kernel.forgetting import Part
from fotfeste.platform.models import Event
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.types import Due, Outcome
from fotfeste.retention.erasing import end_needs, forget
from fotfeste.retention.facts import Kept, households
from fotfeste.retention.models import Gone, Notice
from fotfeste.retention.night import OWNER, Key, Night
from fotfeste.retention.searched import blank_searches

logger = logging.getLogger("fotfeste.retention")

EVENTS = {
    Part.CONTACTS: "retention.contacts_deleted",
    Part.TEXTS: "retention.texts_deleted",
    Part.IDENTITY: "retention.anonymised",
}
_LOCK = "SELECT 1 FROM registry_placementgroup WHERE subject_id = %s FOR UPDATE"


def let_go(night: Night, household: int, announced: Mapping[Part, Due]) -> None:
    """Let go of those of the announced parts that may still go, and say it.

    What cannot be done tonight (somebody has the household open, the database says no) is left whole, and said too.
    """
    try:
        with transaction.atomic(using=OWNER):
            became = _under_lock(night, household, announced)
    except DatabaseError:
        logger.exception("a household could not be anonymised")
        became = [(due.rule, Outcome.FAILED, "") for due in announced.values()]
    for rule, outcome, reason in became:
        night.report.add(rule, outcome, reason=reason)


def _under_lock(night: Night, household: int, announced: Mapping[Part, Due]) -> list[Key]:
    """Ask again what is due: since the run began somebody may have come back, or registered something."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute(_LOCK, [household])
        kept = next(iter(households(cursor, night.day, household)), None)
        if kept is None:
            return []
        plan = rules.plan_for(kept.facts, night.day, night.rules)
        if not plan.may_go():
            return [(due.rule, Outcome.HELD, plan.held.reasons[0].code) for due in announced.values()]
        going = {due.part: due for due in plan.over(night.day) if due.part in announced}
        if going:
            _carry_out(cursor, night, kept, going)
    done: list[Key] = [(due.rule, Outcome.DONE, "") for due in going.values()]
    night.write((key, 1) for key in done)
    return done


def _carry_out(cursor: CursorWrapper, night: Night, kept: Kept, going: Mapping[Part, Due]) -> None:
    household = kept.facts.key
    parameters = {
        "subjects": list(kept.subjects),
        "household": household,
        "small": night.integer(rules.SMALL_NUMBER),
        "on": night.day,
        "at": night.at,
    }
    if Part.IDENTITY in going:
        blank_searches(cursor, parameters)
        end_needs(cursor, parameters)
    forget(cursor, frozenset(going), parameters)
    with_it = set(Part) if Part.IDENTITY in going else set(going)
    Notice.objects.using(OWNER).filter(subject_id=household, part__in=sorted(with_it)).delete()
    for part in sorted(with_it - kept.facts.gone):
        due = going.get(part, going.get(Part.IDENTITY))
        if due is None or night.run is None:
            continue
        Gone.objects.using(OWNER).create(
            subject_id=household, part=part, rule=due.rule, run=night.run, gone_at=night.at
        )
    for part in sorted(going):
        Event.objects.using(OWNER).create(
            type=EVENTS[part],
            subject_id=household,
            object_kind="placement_group",
            object_id=household,
            holds_on=night.day,
            recorded_at=night.at,
            organisation_id=night.organisation_id,
        )
