"""What a date would mean in money, before it is saved: the months of a household by the facts of now and by those
proposed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from fotfeste.access.public import Compartment, Need, own_needs
from fotfeste.accommodation.public import (
    BeginOn,
    EndOn,
    MoneyMoved,
    MonthMoved,
    MunicipalitySum,
    Proposal,
    RightStay,
    Stay,
)
from fotfeste.directory.public import Municipality, Organisation
from fotfeste.grants.domain.periods import through_of
from fotfeste.grants.domain.proposals import MonthIf, begun, ended, months_if, put_right, taken_back
from fotfeste.grants.domain.types import Scheme, StayFact
from fotfeste.grants.queries.books import latest_counted
from fotfeste.grants.queries.facts import days_elsewhere, stays_of_persons
from fotfeste.grants.queries.lines import earlier_line, numbers_of
from fotfeste.grants.rules import terms_here
from fotfeste.kernel.calendar import legal_day
from fotfeste.ledger.public import lines_about
from fotfeste.platform.viewer import Viewer


def what_if(viewer: Viewer, person_ids: Sequence[int], proposal: Proposal, at: datetime) -> MoneyMoved | None:
    """What stays as proposed would be due, beside what those of today are and what the ledger counts, by month.

    As far as the viewer sees: a municipality its own months. None where money is closed to them, and where nobody has a
    private stay that the proposal is about. A handful of queries, however many live in the country.
    """
    day = legal_day(at)
    scheme = _scheme_of(person_ids, proposal)
    if scheme is None or not _sees_money(viewer, person_ids, day):
        return None
    code = scheme.value.lower()
    sees_all = viewer.may("ledger.see")
    rows = [row for row in stays_of_persons(person_ids, code, at).rows if row.is_live(at)]
    rows += [] if sees_all else days_elsewhere(person_ids, code, at)
    booked = lines_about(code, person_ids)
    numbers = numbers_of()
    lines = [earlier_line(line, numbers) for line in booked]
    latest = latest_counted(code)
    through = max(through_of(scheme, day), latest.through) if latest else through_of(scheme, day)
    proposed = _proposed(rows, person_ids, proposal, at)
    moved = months_if(scheme, rows, proposed, lines, through, at, terms_here(scheme))
    if not sees_all:
        # A municipality is not told what another gets, nor where they moved.
        moved = [each for each in moved if each.municipality == numbers.get(viewer.organisation_id)]
    return _moved(moved, through)


def _sees_money(viewer: Viewer, person_ids: Sequence[int], day: date) -> bool:
    reasons = sorted(viewer.opens.get(Compartment.MONEY, frozenset()))
    known = Need.objects.filter(own_needs(viewer), subject_id__in=person_ids, period__contains=day, reason__in=reasons)
    return bool(reasons) and known.exists()


def _scheme_of(person_ids: Sequence[int], proposal: Proposal) -> Scheme | None:
    """The scheme that the proposal is about: the one proposed, else that of their latest private stay."""
    if isinstance(proposal, BeginOn):
        return Scheme[proposal.kind.value.upper()]
    private = Stay.objects.current().filter(subject_id__in=person_ids, municipality__isnull=False)
    kind = private.order_by("-period__startswith", "-pk").values_list("kind", flat=True).first()
    return Scheme[kind.upper()] if kind else None


def _proposed(rows: Iterable[StayFact], person_ids: Sequence[int], proposal: Proposal, at: datetime) -> list[StayFact]:
    """Everybody's live rows as they would be."""
    rows_of: dict[str, list[StayFact]] = {str(person): [] for person in person_ids}
    for row in rows:
        rows_of[row.person].append(row)
    number = "" if isinstance(proposal, EndOn) else _number_of(proposal.municipality_id)
    found = list[StayFact]()
    for person, own in rows_of.items():
        if isinstance(proposal, BeginOn):
            found += begun(own, person, number, proposal.day, at)
        elif own:
            found += ended(own, proposal.day) if isinstance(proposal, EndOn) else _right(own, proposal, number)
    return found


def _right(rows: Sequence[StayFact], right: RightStay, municipality: str) -> tuple[StayFact, ...]:
    if right.never_was:
        return taken_back(rows)
    return put_right(rows, start=right.start, end=right.end, goes_on=right.goes_on, municipality=municipality)


def _number_of(municipality_id: int | None) -> str:
    """The municipality number of an organisation; nothing where none is meant."""
    if municipality_id is None:
        return ""
    return Organisation.objects.values_list("municipality_id", flat=True).get(pk=municipality_id) or ""


def _moved(months: Sequence[MonthIf], through: date) -> MoneyMoved:
    names = _names({each.municipality for each in months})
    changed = tuple(
        MonthMoved(
            names[each.municipality],
            each.month,
            each.due_ore,
            each.proposed_ore,
            each.counted_ore,
            has_rate=each.has_rate,
        )
        for each in months
        if each.due_ore != each.proposed_ore or not each.has_rate
    )
    back, come = dict[str, int](), dict[str, int]()
    for each in months:
        difference = each.proposed_ore - each.counted_ore
        into = back if difference < 0 else come
        into[each.municipality] = into.get(each.municipality, 0) + abs(difference)
    sums = tuple(
        MunicipalitySum(names[number], back.get(number, 0), come.get(number, 0))
        for number in sorted({*back, *come})
        if back.get(number, 0) or come.get(number, 0)
    )
    return MoneyMoved(changed, sums, through)


def _names(numbers: set[str]) -> Mapping[str, str]:
    return dict(Municipality.objects.filter(number__in=numbers).values_list("number", "name"))
