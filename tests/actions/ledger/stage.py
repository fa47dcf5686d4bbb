"""People for whom money is due, and runs of it, recorded as whoever computes them would."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste.access.public import NeedReason, Role
from fotfeste.directory.public import Organisation
from fotfeste.ledger.public import (
    LineKind,
    RefusedLine,
    Run,
    RunLine,
    Scheme,
    approve_run,
    check_run,
    lines_of,
    pay_run,
    record_run,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.settlement.stage import family
from tests.as_owner import need_given
from tests.conftest import Cast, staff
from tests.settlement_steps import members_by_name, registered

RATE_2024 = 1_768_700
THROUGH = date(2024, 4, 1)
JANUARY, FEBRUARY, MARCH = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
SHA = "a" * 64


@dataclass(frozen=True)
class Books:
    """The cast, those who prepare and approve in UDI, and a household that lives privately in Levanger."""

    cast: Cast
    colleague: Viewer  # prepares, as cast.udi does
    approver: Viewer
    group: int
    people: tuple[int, ...]

    @property
    def levanger(self) -> int:
        """The municipality's organisation."""
        return self.cast.municipality.organisation_id

    @property
    def verdal(self) -> int:
        """The other municipality's organisation."""
        return self.cast.other_municipality.organisation_id


def opened_books(cast: Cast) -> Books:
    """The Kovalenkos, four people, known to UDI and to Levanger as those whom money is due for."""
    group = registered(cast, family())
    with scope(cast.udi, cast.day):
        members = members_by_name(group, cast.day)
        people = tuple(members[name].subject_id for name in ("Olena", "Andrij", "Sofia", "Danylo"))
    return books_of(cast, group, people)


def books_of(cast: Cast, group: int, people: tuple[int, ...]) -> Books:
    """UDI and Levanger know of a household as of those whom money is due for."""
    udi = Organisation.objects.get(pk=cast.udi.organisation_id)
    for organisation_id in (cast.udi.organisation_id, cast.municipality.organisation_id):
        need_given(
            [group, *people],
            organisation_id=organisation_id,
            reason=NeedReason.GRANT_CASE,
            from_on=date(2024, 1, 1),
            at=cast.at,
        )
    return Books(cast, staff(udi, Role.UDI_CASEWORKER, "udi-to"), cast.approver, group, people)


def due(person: int, municipality: int, month: date, amount_ore: int = RATE_2024) -> RunLine:
    """A person's month for the first time."""
    return RunLine(
        subject_id=person,
        municipality_id=municipality,
        month=month,
        amount_ore=amount_ore,
        kind=LineKind.DUE,
        known_at=datetime.fromisoformat("2024-01-03T10:00:00+00:00"),
        month_rule="started_month/2018-01-01",
        rate_amount_ore=amount_ore,
        rate_version="2024-01-01",
        rate_source="MAMOT 4.2.5",
        days=31,
        stay_id=77,
        reported_by_id=municipality,
    )


def taken_back(person: int, municipality: int, month: date, corrects: Sequence[int], cause: str = "settled") -> RunLine:
    """A person's month that was not due after all."""
    line = due(person, municipality, month)
    return line._replace(
        amount_ore=-line.amount_ore, kind=LineKind.CORRECTION, corrects=tuple(corrects), cause=cause, days=0
    )


def recorded(
    books: Books,
    lines: Sequence[RunLine],
    refused: Sequence[RefusedLine] = (),
    *,
    through: date = THROUGH,
    by: Viewer | None = None,
) -> Run:
    """A run of these lines, computed by the first case worker."""
    viewer, cast = by or books.cast.udi, books.cast
    with scope(viewer, cast.day):
        return record_run(Scheme.MAMOT, through, cast.at, SHA, lines, refused, by=viewer, at=cast.at)


def reference_of(run: Run) -> str:
    """The public reference of a run."""
    return run.subject.reference


def approved(
    books: Books, lines: Sequence[RunLine], *, through: date = THROUGH, refused: Sequence[RefusedLine] = ()
) -> Run:
    """A run that is checked by the one and approved by the other."""
    run, cast = recorded(books, lines, refused, through=through), books.cast
    with scope(books.colleague, cast.day):
        check_run(reference_of(run), by=books.colleague, at=cast.at)
    with scope(books.approver, cast.day):
        return approve_run(reference_of(run), by=books.approver, at=cast.at)


def paid(
    books: Books, lines: Sequence[RunLine], *, through: date = THROUGH, refused: Sequence[RefusedLine] = ()
) -> Run:
    """A run that is paid."""
    run, cast = approved(books, lines, through=through, refused=refused), books.cast
    with scope(books.approver, cast.day):
        return pay_run(reference_of(run), by=books.approver, at=cast.at + timedelta(minutes=1))


def keys_of(books: Books) -> list[int]:
    """The keys of the lines that count, in the order written."""
    with scope(books.cast.udi, books.cast.day):
        return [line.id for line in lines_of(Scheme.MAMOT)]
