"""Runs of grants through the database, as UDI's case worker behind the fence: from the stays to lines that are kept."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import django

# Two years of MAMOT at its real size; then one late fact.
SINCE, THROUGH = date(2022, 1, 1), date(2024, 1, 1)
KNOWN = datetime(2022, 3, 1, 12, tzinfo=UTC)
MOVES = 0.1
NOW = datetime(2024, 1, 5, 12, tzinfo=UTC)
SUM = """
WITH due AS (
    SELECT DISTINCT ON (s.subject_id, m.month) s.municipality_id, r.amount_ore
    FROM accommodation_stay s
    CROSS JOIN LATERAL generate_series(
        date_trunc('month', lower(s.period)::timestamp),
        coalesce(upper(s.period), %(through)s::date)::timestamp - '1 day'::interval,
        '1 month'
    ) AS m (month)
    JOIN (VALUES (2022, 1610500), (2023, 1694200)) AS r (year, amount_ore) ON r.year = extract(year FROM m.month)
    WHERE s.kind = 'mamot' AND s.annulled_at IS NULL
    ORDER BY s.subject_id, m.month, lower(s.period)
)
SELECT sum(amount_ore)::bigint FROM due
"""


def timed[R](act: Callable[[], R]) -> tuple[float, R]:
    """Seconds, and what it gave."""
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def main(people: int) -> dict[str, object]:
    """Fill the database, run, correct, and tell."""
    django.setup()
    from django.db import connections

    from fotfeste.access.public import viewer_for
    from fotfeste.accommodation.public import EndOn, money_moved
    from fotfeste.grants.public import Scheme, compute_run, computed
    from fotfeste.ledger.public import approve_run, check_run, pay_run
    from fotfeste.platform.scope import scope

    subjects, users = filled(people)
    udi, approver = (viewer_for(user, NOW.date()) for user in users)

    def paid(at: datetime) -> tuple[float, Any]:
        with scope(udi, at.date()):
            seconds, run = timed(lambda: compute_run(Scheme.MAMOT, THROUGH, at, by=udi, at=at))
            check_run(run.subject.reference, by=udi, at=at)
        with scope(approver, at.date()):
            approve_run(run.subject.reference, by=approver, at=at)
            pay_run(run.subject.reference, by=approver, at=at)
        return seconds, run

    with scope(udi, NOW.date()):
        preview, _ = timed(lambda: computed(Scheme.MAMOT, THROUGH, NOW))
    first, run = paid(NOW)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        by_sql = min(timed(lambda: cursor.execute(SUM, {"through": THROUGH}))[0] for _ in range(2))
        (sum_ore,) = cursor.fetchone()
    assert run.net_ore == sum_ore, "the statement beside it sums something else"
    with scope(udi, NOW.date()):
        one = sorted(
            timed(lambda: money_moved(udi, [subjects[7]], EndOn(date(2023, 5, 10)), at=NOW + timedelta(hours=1)))[0]
            for _ in range(5)
        )
    late(subjects[7])
    again, corrected = paid(NOW + timedelta(days=2))
    return {
        "people": people,
        "lines": run.line_count,
        "seconds": first,
        "preview_seconds": preview,
        "sql_seconds": by_sql,
        "late_fact_seconds": one[2],
        "next_run_seconds": again,
        "next_run_lines": corrected.line_count,
    }


def filled(people: int) -> tuple[list[int], list[Any]]:
    """The reference data, two of UDI's staff, and people on MAMOT: one in ten with a move."""
    from django.db import connections, transaction

    from fotfeste.access.loading import load_staff
    from fotfeste.access.public import Need, NeedReason, Role, Subject, SubjectKind
    from fotfeste.accommodation.public import Stay
    from fotfeste.directory.loading import load_reference
    from fotfeste.directory.public import Organisation, OrganisationKind, User
    from fotfeste.kernel.periods import Period

    load_reference(using="owner")
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        udi = Organisation.objects.using("owner").create(kind=OrganisationKind.UDI, name="UDI", sort_key="udi")
        users = [
            User.objects.using("owner").create(username=name, name=name, organisation=udi)
            for name in ("udi", "approver")
        ]
        roles = (Role.UDI_CASEWORKER, Role.GRANT_APPROVER)
        load_staff(list(zip(users, roles, strict=True)), from_on=SINCE, at=KNOWN, using="owner")
        places = list(
            Organisation.objects.using("owner")
            .filter(kind=OrganisationKind.MUNICIPALITY)
            .order_by("pk")
            .values_list("pk", flat=True)[:245]
        )
        subjects = [
            each.pk
            for each in Subject.objects.using("owner").bulk_create(
                Subject(kind=SubjectKind.PERSON) for _ in range(people)
            )
        ]
        Need.objects.using("owner").bulk_create(
            Need(subject_id=each, organisation=udi, reason=NeedReason.GRANT_CASE, period=Period(SINCE), opened_at=KNOWN)
            for each in subjects
        )

        Stay.objects.using("owner").bulk_create(stays_of(subjects, places), batch_size=1_000)
    return subjects, users


def stays_of(subjects: Sequence[int], places: Sequence[int]) -> list[Any]:
    """Rows of stays: one in ten moves to another municipality."""
    from fotfeste.accommodation.public import Stay, StayKind
    from fotfeste.kernel.periods import Period

    def stay(subject: int, place: int, start: date, end: date | None) -> Stay:
        return Stay(
            subject_id=subject,
            kind=StayKind.MAMOT,
            municipality_id=place,
            period=Period(start, end),
            departure_reason="" if end is None else "agreed_elsewhere",
            recorded_at=KNOWN,
            reported_by_id=place,
        )

    draw, rows = Random(len(subjects)), list[Any]()
    for subject in subjects:
        start = date(2022, draw.randint(1, 12), draw.randint(1, 28))
        moved = start + timedelta(days=draw.randint(20, 300)) if draw.random() < MOVES else None
        rows.append(stay(subject, draw.choice(places), start, moved))
        if moved:
            rows.append(stay(subject, draw.choice(places), moved, None))
    return rows


def late(subject: int) -> None:
    """It is known that one person left half a year ago."""
    from fotfeste.accommodation.public import Stay
    from fotfeste.kernel.periods import Period

    at = NOW + timedelta(days=1)
    stay = Stay.objects.using("owner").filter(subject_id=subject, annulled_at__isnull=True).order_by("-pk")[0]
    stay.annulled_at, stay.annul_reason = at, "departed"
    stay.save(using="owner", update_fields=["annulled_at", "annul_reason"])
    Stay.objects.using("owner").create(
        subject_id=subject,
        kind=stay.kind,
        municipality_id=stay.municipality_id,
        period=Period(stay.period.start, date(2023, 7, 10)),
        departure_reason="left_country",
        recorded_at=at,
        reported_by_id=stay.municipality_id,
        supersedes_id=stay.pk,
    )


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
