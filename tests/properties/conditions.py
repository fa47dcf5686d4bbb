"""Which rows of a compartment a reason shows, by the words of the table (`table.PLACES`)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

type Row = Mapping[str, Any]


class Rows(Protocol):
    """What narrower conditions ask of other rows."""

    @property
    def udi(self) -> frozenset[int]:
        """The organisations that decide and pay."""

    def of(self, table: str, column: str, key: int | str) -> Sequence[Row]:
        """The rows of a table with a value."""

    def known_to(self, organisation: int) -> Mapping[int, set[str]]:
        """Whom an organisation knows of, and why."""


def _all(country: Rows, table: str, row: Row, organisation: int) -> bool:
    return True


def _own(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """What a municipality was asked, offered or agreed with itself."""
    if table == "settlement_journeyleg":
        return any(_own(country, "settlement_journey", each, organisation) for each in _journeys(country, row))
    if table == "settlement_journey":
        asked = country.of("settlement_settlementrequest", "id", row["request_id"]) if row["request_id"] else ()
        of_it = (*country.of("settlement_offer", "id", row["offer_id"]), *asked) if row["offer_id"] else asked
        return any(each["organisation_id"] == organisation for each in of_it)
    return bool(row["organisation_id"] == organisation)


def _ended(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """Of a case that is at the centre, or ended there."""
    if table == "settlement_journeyleg":
        return any(_ended(country, "settlement_journey", each, organisation) for each in _journeys(country, row))
    if table == "refusal_refusalevent":
        return any(
            _ended(country, "", each, organisation) for each in country.of("refusal_refusal", "id", row["refusal_id"])
        )
    cases = country.of("settlement_settlementcase", "id", row["case_id"])
    return any(case["centre_id"] == organisation for case in cases)


def _payer(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """Of a case that is at the centre or ended there, and what the centre itself has paid."""
    return row["organisation_id"] == organisation or _ended(country, table, row, organisation)


def _journeys(country: Rows, leg: Row) -> Sequence[Row]:
    return country.of("settlement_journey", "id", leg["journey_id"])


def _stood(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """On a day on which they lived at the centre."""
    return any(
        stay["centre_id"] == organisation and stay["annulled_at"] is None and _overlap(stay["period"], row["period"])
        for stay in country.of("accommodation_stay", "subject_id", row["subject_id"])
    )


def _told(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """A municipality is not told why somebody left on their own, nor what was believed by mistake; of those who lived
    privately in it, it was told itself.
    """
    is_told = row["annulled_at"] is None and row["departure_reason"] in ("", "moved_centre", "agreed_settlement")
    return is_told or _there(country, table, row, organisation)


def _paid(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """Whoever pays sees what it rests on: where somebody lived privately, also what was believed by mistake."""
    return row["municipality_id"] is not None or _told(country, table, row, organisation)


def _there(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """Of the municipality itself."""
    return bool(row["municipality_id"] == organisation)


def _kept(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """Why a municipality itself put right that somebody lived privately in it."""
    return bool(row["taken_back"] == "private_stay" and row["reported_by_id"] == organisation)


def _wrote(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """What it wrote down itself."""
    return bool(row["reported_by_id"] == organisation)


def _held(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """What of a refusal is about the offer that the municipality itself is asked to hold."""
    refusals = country.of("refusal_refusal", "id", row["refusal_id"])
    is_own = any(each["organisation_id"] == organisation for each in refusals)
    return is_own and row["kind"] in ("hold_asked", "imdi_deadline_extended", "withdrawn")


def _udis(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """UDI's alone."""
    return organisation in country.udi


def _theirs(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """UDI's all, and a municipality's own."""
    return organisation in country.udi or _there(country, table, row, organisation)


def counts(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """UDI's all, and a municipality's own of runs that have been approved."""
    [run] = country.of("ledger_run", "id", row["run_id"])
    is_own = _there(country, table, row, organisation) and run["state"] in ("approved", "paid")
    return organisation in country.udi or is_own


def _true(country: Rows, table: str, row: Row, organisation: int) -> bool:
    return row["annulled_at"] is None


def _passed(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """What IMDi has passed on, and not taken back."""
    return bool(row["is_passed_on"]) and row["annulled_at"] is None


def _of_age(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """What stands, and was not told by a minor alone, whatever the register has had of them since they told it; in an
    interview of the household that the municipality knows of, not of one that they were taken out of."""
    [interview] = country.of("settlement_interview", "id", row["interview_id"])
    if interview["subject_id"] not in country.known_to(organisation):
        return False
    reopened, annulled = interview["reopened_at"], row["annulled_at"]
    stands = annulled is None and reopened is None
    if reopened is not None:
        stands = _at(row["recorded_at"]) <= _at(reopened) and (annulled is None or _at(annulled) > _at(reopened))
    first = min(
        _at(each["recorded_at"])
        for each in country.of("settlement_answer", "subject_id", row["subject_id"])
        if each["interview_id"] == row["interview_id"]
    )
    told_on = first.astimezone(ZoneInfo("Europe/Oslo")).date()
    asked_on = min(told_on, date.fromisoformat(interview["held_on"])) if interview["held_on"] else told_on
    details = [
        each
        for each in country.of("registry_persondetails", "subject_id", row["subject_id"])
        if each["annulled_at"] is None or _at(each["annulled_at"]) >= first
    ]
    alone = any(each["is_unaccompanied_minor"] and _is_minor(each["birth_date"], asked_on) for each in details)
    return stands and bool(details) and not alone


def _ends(country: Rows, table: str, row: Row, organisation: int) -> bool:
    """What is to the people themselves; of what is to an organisation, what is from or to one's own."""
    if table == "platform_file":
        return not row["seen_by"] or organisation in row["seen_by"]
    return row["to_organisation_id"] in (None, organisation) or row["from_organisation_id"] == organisation


def _is_minor(born_on: str, day: date) -> bool:
    born = date.fromisoformat(born_on)
    return (day.year - born.year) - ((day.month, day.day) < (born.month, born.day)) < 18


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)


def _overlap(one: str, other: str) -> bool:
    """Whether two periods, as PostgreSQL writes them, share a day. An empty one shares none."""
    if "empty" in (one, other):
        return False
    (start, end), (from_on, until_on) = (each.strip("[)").split(",") for each in (one, other))
    return (not until_on or start < until_on) and (not end or from_on < end)


CONDITIONS: Mapping[str, Callable[[Rows, str, Row, int], bool]] = {
    "all": _all,
    "own": _own,
    "wrote": _wrote,
    "ended": _ended,
    "payer": _payer,
    "stood": _stood,
    "told": _told,
    "true": _true,
    "passed": _passed,
    "of_age": _of_age,
    "ends": _ends,
    "paid": _paid,
    "there": _there,
    "kept": _kept,
    "held": _held,
    "udis": _udis,
    "theirs": _theirs,
    "counts": counts,
}
