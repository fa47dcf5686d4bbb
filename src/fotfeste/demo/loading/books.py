"""The books of MAMOT as the program would have kept them: each quarter's run, by what was known then, and paid."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from fotfeste.demo.domain.offices import DEMO_MUNICIPALITIES
from fotfeste.demo.domain.paying import PastRun, owed, past_runs, stay_facts, taken_back
from fotfeste.demo.domain.records import StayRecord
from fotfeste.demo.domain.world import World
from fotfeste.grants.loading import NewLine, StayRow, booked, compute
from fotfeste.kernel.calendar import next_working_day
from fotfeste.ledger import loading as ledger
from fotfeste.ledger.loading import PastClaim, PastPart, load_past_claims
from fotfeste.ledger.public import Scheme
from fotfeste.platform.bulk import Loader

DAYS_TO_ANSWER, DAYS_TO_DECIDE, DAYS_TO_PAY = 12, 9, 21
# How many steps the last claims have taken: the last waits for an answer, those before for a decision and the money.
STEPS_OF_LAST = (0, 1, 2)
UNTIL_CLAIMED = timedelta(days=400)  # as long as somebody is on the scheme, what is owed is held back instead
LONG_AGO = 60
NOON = time(12, 0, tzinfo=UTC)
PAID_AFTER = timedelta(days=3)  # computed, checked, approved, sent


def load_books(loader: Loader, stays: Sequence[StayRecord], world: World) -> dict[str, int]:
    """Load every past run of MAMOT with its lines and payments, and the claims for what was owed in the end; gives the
    number of lines and claims.
    """
    number_of = {m.seat.organisation_id: m.place.municipality_number for m in world.municipalities}
    runs = past_runs(stay_facts(stays, number_of), compute, world.last_day - PAID_AFTER)
    rows = [_stored(row, number_of, world) for row in sorted(stays, key=lambda row: row.id) if row.kind == "mamot"]
    places = {number: organisation_id for organisation_id, number in number_of.items()}
    first_line = ledger.first_line(loader)
    paid = [_as_paid(run, rows, places, world) for run in runs]
    lines = ledger.load_past_runs(loader, paid)
    causes = [line.cause for run in paid for line in run.lines]
    claims = _claims(runs, places, first_line, causes, world)
    return {"Line": lines, "Claim": load_past_claims(loader, claims)}


def _claims(
    runs: Sequence[PastRun], places: dict[str, int], first_line: int, causes: Sequence[str], world: World
) -> list[PastClaim]:
    """Of every municipality that owes in the end; most have paid, and some wait for an answer, a decision, the money.

    The municipalities whose staff a visitor of the demo can be come last, so that their claims are not paid yet.
    """
    is_over = world.last_day > world.assumed.day("mamot_last_day") + UNTIL_CLAIMED
    owing = owed(runs) if is_over else {}
    seat_of = {m.place.municipality_number: m.seat for m in world.municipalities}
    numbers = sorted(owing, key=lambda number: (number in DEMO_MUNICIPALITIES, number))
    found: list[PastClaim] = []
    for left, number in zip(range(len(numbers) - 1, -1, -1), numbers, strict=True):
        noticed_at = _noticed_at(runs[-1], left, world)
        days = [DAYS_TO_ANSWER, DAYS_TO_DECIDE, DAYS_TO_PAY]
        taken = STEPS_OF_LAST[left] if left < len(STEPS_OF_LAST) else len(days)
        answered, decided, paid_at = (
            noticed_at + timedelta(days=sum(days[: place + 1])) if place < taken else None for place in range(len(days))
        )
        found.append(
            PastClaim(
                scheme=Scheme.MAMOT,
                organisation_id=world.udi.organisation_id,
                municipality_id=places[number],
                parts=_parts(taken_back(runs, number), owing[number], first_line, causes),
                noticed_at=noticed_at,
                prepared_by_id=world.udi.staff[0].user_id,
                answered_at=answered,
                answered_by_id=seat_of[number].staff[0].user_id,
                decided_at=decided,
                decided_by_id=(world.approvers or world.udi).staff[-1].user_id,
                paid_at=paid_at,
            )
        )
    return found


def _noticed_at(last: PastRun, left: int, world: World) -> datetime:
    """A month after the last run; those that wait still were noticed lately, as long ago as their steps have taken."""
    if left >= len(STEPS_OF_LAST):
        return min(
            last.as_known_at + timedelta(days=30),
            _before(world, LONG_AGO),
        )
    return _before(world, (6, 6 + DAYS_TO_ANSWER, 12 + DAYS_TO_ANSWER + DAYS_TO_DECIDE)[STEPS_OF_LAST[left]])


def _before(world: World, days: int) -> datetime:
    return datetime.combine(next_working_day(world.last_day - timedelta(days=days)), NOON)


def _parts(
    lines: Sequence[tuple[int, NewLine]], amount_ore: int, first_line: int, causes: Sequence[str]
) -> list[PastPart]:
    """The latest lines that took back, as much of them as is owed; `causes` are those of all lines, by place."""
    found: list[PastPart] = []
    missing = amount_ore
    for number, line in lines:
        if missing <= 0:
            break
        part = min(-line.amount_ore, missing)
        found.append(PastPart(first_line + number - 1, int(line.person), line.month, part, causes[number - 1]))
        missing -= part
    return found


def _stored(row: StayRecord, number_of: dict[int, str], world: World) -> StayRow:
    names = {world.udi.organisation_id: world.udi.name}
    reporter = row.reported_by_id
    return StayRow(
        id=row.id,
        supersedes_id=row.supersedes_id,
        subject_id=row.subject_id,
        municipality=number_of[row.municipality_id or 0],
        starts_on=row.period.start,
        ends_on=row.period.end,
        cause=row.departure_reason,
        known_from=row.recorded_at,
        known_to=row.annulled_at,
        reported_by_id=reporter,
        reported_by=names.get(reporter, number_of.get(reporter, "")),
        annulled_by_id=None,
    )


def _as_paid(run: PastRun, rows: Sequence[StayRow], places: dict[str, int], world: World) -> ledger.PastRun:
    lines, digest = booked(run.facts, run.result.lines, rows, places)
    computed_by, checked_by = (world.udi.staff[place % len(world.udi.staff)] for place in (0, 1))
    approvers = world.approvers or world.udi
    paid_at: datetime = run.as_known_at + PAID_AFTER
    return ledger.PastRun(
        scheme=Scheme.MAMOT,
        through=run.through,
        as_known_at=run.as_known_at,
        input_sha256=digest,
        lines=lines,
        organisation_id=world.udi.organisation_id,
        computed_by_id=computed_by.user_id,
        checked_by_id=checked_by.user_id,
        approved_by_id=approvers.staff[-1].user_id,
        paid_at=paid_at,
    )
