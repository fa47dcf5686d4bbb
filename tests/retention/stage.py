"""Households that are done with, and runs of retention on days long after."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from fotfeste.access.looks import keep_look
from fotfeste.access.public import Compartment, EmergencyCause, LookRule, NeedReason, Subject, open_emergency
from fotfeste.accommodation.public import gone_of
from fotfeste.kernel.calendar import on_the_wall
from fotfeste.platform.scope import scope
from fotfeste.platform.shown import Shown, Whom
from fotfeste.registry.models import OutsideContact
from fotfeste.registry.public import members_of
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.book import shipped
from fotfeste.retention.night import Report
from fotfeste.retention.run import run
from tests.actions.settlement.stage import depart
from tests.as_owner import needs_ended
from tests.conftest import Cast
from tests.platform.in_every_table import everything
from tests.properties.whole import rows
from tests.properties.whole import run as sql

VERT = "vert@example.no"
FOUND_ON = date(2030, 3, 14)  # six years after everything of the stage is registered, to the day
GONE_ON = date(2030, 4, 13)  # and thirty days


def confirmed(folder: Path) -> Path:
    """The shipped rules as an installation would confirm them."""
    own = folder / "retention.toml"
    rows = [
        f'[[value]]\ncode = "{code}"\nvalue = {(rule := shipped().history(code)[-1]).integer}\nunit = "{rule.unit}"\n'
        f'effective_from = 2020-01-01\nknown_from = 2025-01-01\nsource = "Vedtak i UDI"\nstatus = "verified"\n'
        for code in rules.PERIODS
    ]
    own.write_text("\n".join(rows))
    return own


def at_night(day: date) -> datetime:
    """Half past three."""
    return on_the_wall(day, time(3, 30))


def night(day: date, own: Path | None, *, is_dry: bool = False) -> Report:
    """A run of a night."""
    return run(at=at_night(day), own_rules=own, is_dry=is_dry)


def done_with(cast: Cast) -> list[int]:
    """A household that has had rows in every table, is settled, and nobody has anything left to do with. Its keys."""
    with transaction.atomic():
        whole = everything(cast)
        # The runs and the claim are of no person: they stay in the books.
        books = set(Subject.objects.filter(pk__in=whole, kind="money").values_list("pk", flat=True))
        subjects = [key for key in whole if key not in books]
    group, olena, *_ = subjects
    with scope(cast.centre, cast.day):
        known = {"recorded_at": cast.at, "reported_by_id": cast.centre.organisation_id}
        host = OutsideContact(
            subject_id=olena, kind="host", name="Ola Vertsen", phone="99 99 99 99", email=VERT, **known
        )
        host.stored()
        gone = gone_of(group, cast.day)
        staying = [member.subject_id for member in members_of(group, cast.day) if member.subject_id not in gone]
    depart(cast, group, persons=staying)
    # Nobody lives privately any more, and the case of grants is over.
    needs_ended(subjects, [NeedReason.HOUSED_HERE], on=cast.day, at=cast.at)
    # A claim keeps the persons it is about for two years: not in this stage, which tries the shorter periods too.
    sql("DELETE FROM access_need WHERE reason = 'grant_case' AND subject_id = ANY (%s)", [subjects])
    nothing_left_to_do(subjects)
    looked_at(cast, subjects)
    return subjects


def nothing_left_to_do(subjects: list[int]) -> None:
    """Every task about them is done, every question answered."""
    sql(
        "UPDATE worklist_task SET closed_at = opened_at, outcome = 'done'"
        " WHERE closed_at IS NULL AND subject_id = ANY (%s)",
        [subjects],
    )
    sql("UPDATE registry_duplicateproposal SET answer = 'different' WHERE subject_id = ANY (%s)", [subjects])


def looked_at(cast: Cast, subjects: list[int]) -> None:
    """IMDi has looked at them, and searched for them and for others; an administrator has written of it. Somebody has
    had emergency access."""
    group, *people = subjects
    why, reference = "Olena Kovalenko ringte og ropte om hjelp.", Subject.objects.get(pk=group).reference
    with scope(cast.other_centre, cast.day):
        open_emergency(reference, cause=EmergencyCause.LIFE, words=why, by=cast.other_centre, at=cast.at)
    whom = Whom(group, tuple(people), frozenset({"settlement_case"}))
    keep_look(Shown("household", frozenset({Compartment.IDENTITY}), whom, {}, None), cast.imdi, cast.at)
    later = at_night(date(2030, 2, 1))
    for asked in ("kovalen", "olena kov", "3.5.1986", "Berglund"):
        keep_look(Shown("search", frozenset({Compartment.IDENTITY}), None, {"q": asked}, 1), cast.imdi, later)
    sql(
        "INSERT INTO access_lookreview (organisation_id, looked_by_id, rule, looked_on, household_id, reviewed_at,"
        " reviewed_by_id, words) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [
            cast.imdi.organisation_id,
            cast.imdi.user_id,
            LookRule.WITHOUT_WORK,
            cast.day,
            group,
            later,
            cast.imdi.user_id,
            "Var nabo av Olena Kovalenko.",
        ],
    )
    [(number,)] = rows(
        "SELECT min(value) FROM registry_identifier WHERE kind = 'duf' AND subject_id = ANY (%s)", [people]
    )
    for asked, is_found in ((number, True), (f"{number[:4]} {number[4:]}", False)):
        sql(
            "INSERT INTO access_emergencyaccess (reference, organisation_id, user_id, roles, asked, cause, words,"
            " opened_at, is_found, household_id, person_ids, until_at)"
            " VALUES ('tried', %s, %s, '{}', %s, 'life', 'Olena er i fare.', %s, %s, %s, %s, %s)",
            [
                *(cast.imdi.organisation_id, cast.imdi.user_id, asked, later, is_found),
                *((group, people, later + timedelta(hours=1)) if is_found else (None, [], None)),
            ],
        )
