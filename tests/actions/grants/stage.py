"""A cast that works since 2022, households that live privately, runs from computed to paid; by the real acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fotfeste.access.loading import load_staff
from fotfeste.access.public import Role, viewer_for
from fotfeste.accommodation.public import (
    DepartureReason,
    RightStay,
    StayKind,
    correct_private_stay,
    end_private_stay,
    start_private_stay,
)
from fotfeste.directory.public import Organisation, User
from fotfeste.grants.public import Scheme, compute_run
from fotfeste.kernel.calendar import legal_day
from fotfeste.ledger.public import LineOnBook, Run, approve_run, check_run, lines_of, pay_run
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import NewGroup, members_of, register_group
from tests.actions.registry.families import person
from tests.conftest import Cast

SINCE = date(2022, 1, 1)
RATE_2022, RATE_2023 = 1610500, 1694200


@dataclass(frozen=True)
class Payers:
    """Who works with grants in 2022: the police register, UDI houses, prepares and approves, two municipalities."""

    registrar: Viewer
    udi: Viewer
    approver: Viewer
    here: Viewer  # Levanger
    there: Viewer  # Verdal


def payers(cast: Cast) -> Payers:
    """The cast's organisations with staff since 2022."""
    return Payers(
        _since_2022(cast.registrar, Role.REGISTRAR, "politi22"),
        _since_2022(cast.udi, Role.UDI_CASEWORKER, "udi22"),
        _since_2022(cast.udi, Role.GRANT_APPROVER, "godkjenner22"),
        _since_2022(cast.municipality, Role.REFUGEE_SERVICE, "levanger22"),
        _since_2022(cast.other_municipality, Role.REFUGEE_SERVICE, "verdal22"),
    )


def _since_2022(colleague: Viewer, role: Role, username: str) -> Viewer:
    place = Organisation.objects.get(pk=colleague.organisation_id)
    user = User.objects.create(username=username, name=username.title(), organisation=place)
    load_staff([(user, role)], from_on=SINCE, at=noon(SINCE))
    return viewer_for(user, SINCE)


def noon(day: date) -> datetime:
    """Noon in UTC on a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def registered(by: Payers, on: date, *names: str) -> int:
    """A household registered on a day. Gives the group's subject."""
    everyone = tuple(person(name) for name in names or ("Olena", "Andrij"))
    at = noon(on)
    with scope(by.registrar, legal_day(at)):
        new = NewGroup(persons=everyone, registered_on=on, applied_on=on)
        return register_group(new, by=by.registrar, at=at).subject_id


def people(by: Payers, group: int, on: date) -> list[int]:
    """The subjects of a household's members, as UDI sees them."""
    with scope(by.udi, on):
        return [member.subject_id for member in members_of(group, on)]


def housed(
    by: Payers,
    group: int,
    where: Viewer,
    on: date,
    *,
    known_on: date | None = None,
    persons: Sequence[int] = (),
    kind: StayKind = StayKind.MAMOT,
) -> int:
    """The household (or some of it) lives privately in a municipality from a day, registered then or later."""
    at = noon(known_on or on)
    chosen = list(persons) or people(by, group, legal_day(at))
    with scope(by.udi, legal_day(at)):
        start_private_stay(group, chosen, kind=kind, municipality_id=where.organisation_id, on=on, by=by.udi, at=at)
    return group


def left(
    by: Payers,
    group: int,
    on: date,
    reason: DepartureReason,
    *,
    known_on: date | None = None,
    persons: Sequence[int] = (),
    reporter: Viewer | None = None,
) -> None:
    """They live there with support no more from a day, which was known then or later."""
    at, who = noon(known_on or on), reporter or by.udi
    chosen = list(persons) or people(by, group, legal_day(at))
    with scope(who, legal_day(at)):
        end_private_stay(group, chosen, on, reason, by=who, at=at)


def corrected(by: Payers, group: int, right: RightStay, known_on: date, persons: Sequence[int] = ()) -> None:
    """UDI puts their latest private stay right."""
    at = noon(known_on)
    chosen = list(persons) or people(by, group, legal_day(at))
    with scope(by.udi, legal_day(at)):
        correct_private_stay(group, chosen, right, reason="wrong_choice", by=by.udi, at=at)


def computed_run(by: Payers, through: date, on: date, scheme: Scheme = Scheme.MAMOT) -> Run:
    """A run that is computed on a day by what is known then."""
    at = noon(on)
    with scope(by.udi, on):
        return compute_run(scheme, through, at, by=by.udi, at=at)


def paid_run(by: Payers, through: date, on: date, scheme: Scheme = Scheme.MAMOT) -> Run:
    """A run from computed to paid, by those who may."""
    run = computed_run(by, through, on, scheme)
    reference, at = run.subject.reference, noon(on)
    with scope(by.udi, on):
        check_run(reference, by=by.udi, at=at)
    with scope(by.approver, on):
        approve_run(reference, by=by.approver, at=at)
        return pay_run(reference, by=by.approver, at=at)


def booked(by: Payers, on: date, scheme: Scheme = Scheme.MAMOT) -> list[LineOnBook]:
    """The lines that count."""
    with scope(by.udi, on):
        return lines_of(scheme.value.lower())


def sums(by: Payers, on: date, scheme: Scheme = Scheme.MAMOT) -> dict[tuple[int, date], int]:
    """What the lines that count come to, by municipality and month."""
    found: dict[tuple[int, date], int] = {}
    for line in booked(by, on, scheme):
        place = (line.municipality_id, line.month)
        found[place] = found.get(place, 0) + line.amount_ore
    return {place: amount for place, amount in found.items() if amount}


def months(*numbers: int, year: int = 2022) -> list[date]:
    """The first days of months."""
    return [date(year, number, 1) for number in numbers]
