"""A night's run: find what is past its purpose, announce it, let go of what was announced long enough ago, say so.

It connects as the owner of the database. Each household is a transaction of its own, under the household's lock, and is
looked at again there; a run that is cut short leaves whole households behind, and the next one goes on. Two runs at
once are one: the second does nothing.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day, on_the_wall
from fotfeste.kernel.forgetting import Part
from fotfeste.platform.country_mark import is_marked
from fotfeste.platform.feed import give_feed_positions
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.book import book
from fotfeste.retention.domain.types import Due, Outcome, Plan
from fotfeste.retention.erasing import sweep, swept, to_sweep
from fotfeste.retention.facts import households
from fotfeste.retention.letting_go import let_go
from fotfeste.retention.models import Notice, Run
from fotfeste.retention.night import OWNER, Night, Report

logger = logging.getLogger("fotfeste.retention")

_ONE_RUN = 70_002  # the database's number for the lock below
_AT_A_TIME = 5_000  # rows of what goes by its own age, in one transaction
_ONLY_COUNTED = (Outcome.FAILED, Outcome.LEFT_OVER, Outcome.WAITS, Outcome.HELD, Outcome.NOT_CONFIRMED, Outcome.SOON)

type PartOf = tuple[int, Part]


class CannotRun(Exception):
    """Nothing was done, and the sentence says why."""


def run(*, at: datetime, own_rules: Path | None = None, is_dry: bool = False) -> Report:
    """Run as of an instant; gives what was found and done. A dry one writes nothing.

    `own_rules`: the installation's own versions of the rules. In a country of the demo every rule is carried out.
    Raises CannotRun, ParameterError.
    """
    day, found = legal_day(at), book(own_rules)
    with connections[OWNER].cursor() as cursor, _alone(cursor):
        udi = Organisation.objects.using(OWNER).filter(kind=OrganisationKind.UDI).order_by("pk").first()
        if udi is None:
            raise CannotRun("No organisation is UDI, whose the registry is: there is nobody to act for.")
        begun = None if is_dry else Run.objects.using(OWNER).create(day=day, started_at=at)
        night = Night(at, day, found, is_marked(cursor), udi.pk, Report(day, is_dry), begun)
        _sweep(night, cursor)
        _households(night, cursor)
        if begun is not None:
            begun.finished_at = at
            begun.save(using=OWNER, update_fields=["finished_at"])
    if night.report.of(Outcome.DONE) and not is_dry:
        give_feed_positions.enqueue()
    for (rule, outcome, reason), number in sorted(night.report.counts.items()):
        told = {"rule": rule, "outcome": outcome, "reason": reason, "number": number, "dry": is_dry}
        logger.info("retention", extra={"fields": told})
    return night.report


@contextmanager
def _alone(cursor: CursorWrapper) -> Iterator[None]:
    """Only one run at a time, in whatever process. Raises CannotRun."""
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_RUN])
    if not cursor.fetchone()[0]:
        raise CannotRun("Another run is under way.")
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_RUN])


def _sweep(night: Night, cursor: CursorWrapper) -> None:
    """What goes by its own age: looks, what was typed into searches, sessions."""
    for each in swept():
        since = rules.kept_since(night.rules.get(each.rule, night.day), night.day)
        parameters = {"before": on_the_wall(since, time())}
        if not night.is_confirmed(each.rule):
            night.report.add(each.rule, Outcome.NOT_CONFIRMED, to_sweep(cursor, each, parameters))
        elif night.run is None:
            night.report.add(each.rule, Outcome.DONE, to_sweep(cursor, each, parameters))
        else:
            number = _AT_A_TIME
            while number == _AT_A_TIME:
                with transaction.atomic(using=OWNER):
                    number = sweep(cursor, each, parameters, _AT_A_TIME)
                    night.write([((each.rule, Outcome.DONE, ""), number)])
                night.report.add(each.rule, Outcome.DONE, number)


def _households(night: Night, cursor: CursorWrapper) -> None:
    """Announce what is past its purpose, let go of what was announced, and say what was left and why."""
    announced = {(each.subject_id, Part(each.part)): each.announced_on for each in Notice.objects.using(OWNER).all()}
    to_go: dict[int, dict[Part, Due]] = {}
    for kept in households(cursor, night.day):
        if over := _to_go(night, rules.plan_for(kept.facts, night.day, night.rules)):
            to_go[kept.facts.key] = over
    _announce(night, to_go, announced)
    ready: list[tuple[date, int, dict[Part, Due]]] = []
    for household, parts in to_go.items():
        waited = {part: due for part, due in parts.items() if _has_waited(night, announced.get((household, part)))}
        for part, due in parts.items():
            if (household, part) in announced and part not in waited:
                night.report.add(due.rule, Outcome.WAITS)
        if waited:
            ready.append((min(due.due_on for due in waited.values()), household, waited))
    _let_go_of(night, sorted(ready, key=lambda each: each[:2]))
    with transaction.atomic(using=OWNER):
        night.tell(_ONLY_COUNTED)


def _to_go(night: Night, plan: Plan) -> dict[Part, Due]:
    """The parts that are past their purpose and that nothing keeps. What is kept, or soon due, is counted."""
    soon = night.day + timedelta(days=night.integer(rules.AHEAD))
    found: dict[Part, Due] = {}
    for due in plan.parts:
        if due.due_on > night.day:
            if due.due_on <= soon and plan.may_go():
                night.report.add(due.rule, Outcome.SOON)
        elif not plan.may_go():
            night.report.add(due.rule, Outcome.HELD, reason=plan.held.reasons[0].code)
        elif not night.is_confirmed(due.rule):
            night.report.add(due.rule, Outcome.NOT_CONFIRMED)
        else:
            found[due.part] = due
    return found


def _has_waited(night: Night, announced_on: date | None) -> bool:
    return announced_on is not None and (night.day - announced_on).days >= night.integer(rules.ANNOUNCED)


def _announce(night: Night, to_go: Mapping[int, Mapping[Part, Due]], announced: Mapping[PartOf, date]) -> None:
    """Say of what is found for the first time that it will go; take back what was said of what may not go any more."""
    due = {(household, part): each.rule for household, parts in to_go.items() for part, each in parts.items()}
    new = [key for key in sorted(due) if key not in announced]
    if night.run is None:
        for key in new:
            night.report.add(due[key], Outcome.ANNOUNCED)
        return
    with transaction.atomic(using=OWNER):
        for household, part in sorted(announced.keys() - due.keys()):
            Notice.objects.using(OWNER).filter(subject_id=household, part=part).delete()
        Notice.objects.using(OWNER).bulk_create(
            Notice(subject_id=household, part=part, rule=due[household, part], announced_on=night.day)
            for household, part in new
        )
        for key in new:
            night.report.add(due[key], Outcome.ANNOUNCED)
        night.tell([Outcome.ANNOUNCED])


def _let_go_of(night: Night, ready: list[tuple[date, int, dict[Part, Due]]]) -> None:
    """The oldest first, and no more than a night takes."""
    most = night.integer(rules.MOST_HOUSEHOLDS)
    for place, (_, household, parts) in enumerate(ready):
        if place >= most or night.run is None:
            for due in parts.values():
                night.report.add(due.rule, Outcome.LEFT_OVER if place >= most else Outcome.DONE)
        else:
            let_go(night, household, parts)
