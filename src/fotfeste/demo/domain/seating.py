"""Seats the offices in the world: from the drafts and the keys that they were given, to what the generator needs."""

from collections.abc import Mapping, Sequence
from datetime import date

from fotfeste.demo.domain.assumptions import assumptions
from fotfeste.demo.domain.offices import APPROVER, ARRIVAL_CENTRE, REFUGEE_SERVICE, REGISTRAR, STAFF, Office
from fotfeste.demo.domain.world import CentreSeat, MunicipalitySeat, Place, Seat, Staff, World, months_until
from fotfeste.directory.reference import read


def world_of(
    drafts: Sequence[Office], organisation_ids: Sequence[int], user_ids: Mapping[str, int], today: date
) -> World:
    """The world on a day, for organisations in the order of their drafts and users by username."""
    seats = {
        (place, role): Seat(
            organisation_ids[place],
            draft.name,
            tuple(Staff(user_ids[u.username], u.name) for u in draft.users if u.role == role),
        )
        for place, draft in enumerate(drafts)
        for role in {user.role for user in draft.users}
    }
    places = places_by_number()
    police, udi, imdi = (seats[place, drafts[place].users[0].role] for place in range(3))
    centres = [place for place, draft in enumerate(drafts) if draft.kind == "centre"]
    assumed = assumptions()
    return World(
        today=today,
        assumed=assumed,
        months=months_until(today, known_applications(), assumed),
        centres=tuple(
            CentreSeat(
                seats[place, STAFF],
                drafts[place].centre_type,
                places[drafts[place].municipality_number or ""],
                drafts[place].residents,
            )
            for place in centres
        ),
        municipalities=municipality_seats(
            {
                draft.municipality_number or "": (seats[place, REFUGEE_SERVICE], draft)
                for place, draft in enumerate(drafts)
                if draft.kind == "municipality"
            }
        ),
        police=police,
        registrars=next(seats[place, REGISTRAR] for place in centres if drafts[place].name == ARRIVAL_CENTRE),
        udi=udi,
        imdi=imdi,
        operators={
            kind: tuple(organisation_ids[place] for place, draft in enumerate(drafts) if draft.name in names)
            for kind, names in assumed.table("operating_companies").items()
        },
        approvers=seats.get((1, APPROVER)),
    )


def places_by_number() -> dict[str, Place]:
    """Where each municipality is."""
    counties = {county.number: county.name for county in read.counties()}
    return {
        m.number: Place(m.number, m.name_nb, m.county_number, counties[m.county_number], m.position.lat, m.position.lon)
        for m in read.municipalities()
    }


def known_applications() -> dict[tuple[int, int], int]:
    """UDI's applications for collective protection by year and month, all citizenships, where a total is known."""
    return {
        (row.year, row.month): row.applications
        for row in read.monthly_applications()
        if row.scheme == "collective_protection" and row.citizenship == "TOTAL" and row.completeness == "complete row"
    }


def municipality_seats(services: Mapping[str, tuple[Seat, Office]]) -> tuple[MunicipalitySeat, ...]:
    """The municipalities with IMDi's request for 2024; one that was asked for nobody gets nobody."""
    places = places_by_number()
    requested = {row.municipality_number: row.requested_total.value or 0 for row in read.settlement_requests()}
    codes: dict[str, list[tuple[str, str]]] = {}
    for code in read.postal_codes():
        codes.setdefault(code.municipality_number, []).append((code.code, code.place))
    reference = {m.number: m for m in read.municipalities()}
    return tuple(
        MunicipalitySeat(
            seat=seat,
            place=places[number],
            population=reference[number].population,
            centrality=reference[number].centrality,
            requested=requested.get(number, 0),
            contact=office.contacts[-1].name,
            postal_codes=tuple(codes[number]),
        )
        for number, (seat, office) in services.items()
    )
