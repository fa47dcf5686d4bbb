"""Bulk loading of past runs that are paid: lines by COPY, totals, payments and what is carried worked out from them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from fotfeste.access.loading import first_subject_key, load_needs, load_subjects
from fotfeste.access.public import NeedReason, SubjectKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.periods import Period
from fotfeste.ledger.domain.types import RefusedLine, RunLine, Scheme
from fotfeste.ledger.loading_claims import TABLES as CLAIM_TABLES
from fotfeste.ledger.loading_claims import PastClaim, PastPart, load_past_claims
from fotfeste.ledger.models import Line, LineCorrection, Payment, Refusal, Run, RunTotal
from fotfeste.platform.bulk import Loader
from fotfeste.platform.public_ids import new_reference

__all__ = ["TABLES", "PastClaim", "PastPart", "PastRun", "first_line", "load_past_claims", "load_past_runs"]

TABLES = (Run, Line, LineCorrection, Refusal, RunTotal, Payment, *CLAIM_TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run that was paid. In its lines `corrects` are places among all lines of the load, the first being 1."""

    scheme: Scheme
    through: date
    as_known_at: datetime
    input_sha256: str
    lines: Sequence[RunLine]
    refused: Sequence[RefusedLine] = ()
    organisation_id: int
    computed_by_id: int
    checked_by_id: int
    approved_by_id: int
    paid_at: datetime


class _Subject(NamedTuple):
    id: int
    kind: str
    reference: str


class _Need(NamedTuple):
    subject_id: int
    organisation_id: int
    reason: str
    period: Period
    opened_at: datetime


class _Run(NamedTuple):
    id: int
    subject_id: int
    organisation_id: int
    scheme: str
    through: date
    as_known_at: datetime
    input_sha256: str
    state: str
    line_count: int
    net_ore: int
    refused_count: int
    computed_at: datetime
    computed_by_id: int
    checked_at: datetime
    checked_by_id: int
    approved_at: datetime
    approved_by_id: int
    paid_at: datetime
    paid_by_id: int


class _Line(NamedTuple):
    id: int
    run_id: int
    scheme: str
    subject_id: int
    municipality_id: int
    month: date
    amount_ore: int
    kind: str
    cause: str
    days: int
    rate_amount_ore: int | None
    rate_version: str
    rate_source: str
    month_rule: str
    stay_id: int | None
    known_at: datetime
    reported_by_id: int | None


class _Correction(NamedTuple):
    line_id: int
    corrects_id: int


class _Refusal(NamedTuple):
    run_id: int
    subject_id: int
    municipality_id: int
    month: date
    reason: str


class _Total(NamedTuple):
    run_id: int
    municipality_id: int
    scheme: str
    through: date
    line_count: int
    net_ore: int
    before_ore: int
    payable_ore: int


class _Payment(NamedTuple):
    run_id: int
    municipality_id: int
    scheme: str
    amount_ore: int
    paid_at: datetime


def first_line(loader: Loader) -> int:
    """The key that the first line of the load gets."""
    return loader.next_key(Line)


def load_past_runs(loader: Loader, runs: Sequence[PastRun]) -> int:
    """Paid runs in the order in which they were paid, into books without any; gives the number of lines.

    What a municipality owes after one run is held back from the next, as when runs are paid one by one.
    """
    first_subject, first_run, first_line = first_subject_key(loader), loader.next_key(Run), loader.next_key(Line)
    _load_heads(loader, runs, first_subject, first_run)
    place, carried = first_line, dict[tuple[str, int], int]()
    for run_id, run in enumerate(runs, start=first_run):
        _load_lines(loader, run, run_id, place, first_line)
        _load_sums(loader, run, run_id, carried)
        place += len(run.lines)
    return place - first_line


def _load_heads(loader: Loader, runs: Sequence[PastRun], first_subject: int, first_run: int) -> None:
    """The runs, and UDI's need to know of each."""
    numbered = list(enumerate(runs))
    load_subjects(loader, [_Subject(first_subject + n, SubjectKind.MONEY, new_reference()) for n, _ in numbered])
    load_needs(
        loader,
        [
            _Need(
                first_subject + n,
                run.organisation_id,
                NeedReason.GRANT_CASE,
                Period(legal_day(run.paid_at)),
                run.paid_at,
            )
            for n, run in numbered
        ],
    )
    loader.copy(Run, [_head(run, first_run + n, first_subject + n) for n, run in numbered])


def _head(run: PastRun, run_id: int, subject_id: int) -> _Run:
    return _Run(
        id=run_id,
        subject_id=subject_id,
        organisation_id=run.organisation_id,
        scheme=run.scheme,
        through=run.through,
        as_known_at=run.as_known_at,
        input_sha256=run.input_sha256,
        state="paid",
        line_count=len(run.lines),
        net_ore=sum(line.amount_ore for line in run.lines),
        refused_count=len(run.refused),
        computed_at=run.as_known_at,
        computed_by_id=run.computed_by_id,
        checked_at=run.paid_at,
        checked_by_id=run.checked_by_id,
        approved_at=run.paid_at,
        approved_by_id=run.approved_by_id,
        paid_at=run.paid_at,
        paid_by_id=run.approved_by_id,
    )


def _load_lines(loader: Loader, run: PastRun, run_id: int, first_key: int, first_of_all: int) -> None:
    """The lines of a run, what they correct, and what was refused."""
    loader.copy(
        Line,
        [
            _Line(
                key,
                run_id,
                run.scheme,
                line.subject_id,
                line.municipality_id,
                line.month,
                line.amount_ore,
                line.kind,
                line.cause,
                line.days,
                line.rate_amount_ore,
                line.rate_version,
                line.rate_source,
                line.month_rule,
                line.stay_id,
                line.known_at,
                line.reported_by_id,
            )
            for key, line in enumerate(run.lines, start=first_key)
        ],
    )
    loader.copy(
        LineCorrection,
        [
            _Correction(key, first_of_all + earlier - 1)
            for key, line in enumerate(run.lines, start=first_key)
            for earlier in line.corrects
        ],
    )
    loader.copy(Refusal, [_Refusal(run_id, *each) for each in run.refused])


def _load_sums(loader: Loader, run: PastRun, run_id: int, carried: dict[tuple[str, int], int]) -> None:
    """What the run comes to for each municipality, and what it is paid; `carried` is brought forward."""
    net: dict[int, list[int]] = defaultdict(list)
    for municipality_id, lines in groupby(
        sorted(run.lines, key=lambda line: line.municipality_id), key=lambda line: line.municipality_id
    ):
        net[municipality_id] = [line.amount_ore for line in lines]
    owing = {key for (scheme, key), balance in carried.items() if scheme == run.scheme and balance}
    totals = []
    for municipality_id in sorted(net.keys() | owing):
        amounts, before = net.get(municipality_id, []), carried.get((run.scheme, municipality_id), 0)
        payable = max(0, sum(amounts) + before)
        totals.append(
            _Total(run_id, municipality_id, run.scheme, run.through, len(amounts), sum(amounts), before, payable)
        )
        carried[run.scheme, municipality_id] = sum(amounts) + before - payable
    loader.copy(RunTotal, totals)
    sent = [total for total in totals if total.payable_ore]
    loader.copy(
        Payment,
        [_Payment(run_id, total.municipality_id, run.scheme, total.payable_ore, run.paid_at) for total in sent],
    )
