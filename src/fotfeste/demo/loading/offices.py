"""Organisations, units, contact persons, users and roles of the demo, and the world that the generator gets."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password

from fotfeste.access.public import RoleAssignment
from fotfeste.demo.domain.assumptions import assumptions
from fotfeste.demo.domain.offices import ARRIVAL_CENTRE, REFUGEE_SERVICE, REGISTRAR, STAFF, Office, offices
from fotfeste.demo.domain.world import CentreSeat, MunicipalitySeat, Place, Seat, Staff, World, months_until
from fotfeste.directory.public import ContactPerson, Organisation, OrganisationKind, Unit, UnitKind, User
from fotfeste.directory.reference import read
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.kernel.periods import Period
from fotfeste.platform.bulk import Loader

type Seats = dict[str, Seat]


def load_offices(loader: Loader, today: date, seed: int) -> World:
    """Load the organisations and people who work there; gives the world with their keys. Municipalities exist."""
    drafts = offices(seed, read.municipalities(), read.reception_units())
    organisations = _organisations(drafts, loader.using)
    _units_and_contacts(drafts, organisations, loader.using)
    users = User.objects.using(loader.using).bulk_create(
        User(username=user.username, name=user.name, organisation=organisation, password=make_password(None))
        for draft, organisation in zip(drafts, organisations, strict=True)
        for user in draft.users
    )
    world = _world(drafts, organisations, {user.username: user for user in users}, today)
    _give_roles(drafts, users, world, loader.using)
    return world


def _organisations(drafts: Sequence[Office], using: str) -> list[Organisation]:
    """One for each draft, in their order; a municipality's own exists already."""
    existing = {o.municipality_id: o for o in Organisation.objects.using(using).filter(kind="municipality")}
    new = iter(
        Organisation.objects.using(using).bulk_create(
            Organisation(
                kind=draft.kind,
                name=draft.name,
                sort_key=norwegian_sort_key(draft.name),
                municipality_id=draft.municipality_number,
            )
            for draft in drafts
            if draft.kind != OrganisationKind.MUNICIPALITY
        )
    )
    return [
        existing[draft.municipality_number] if draft.kind == OrganisationKind.MUNICIPALITY else next(new)
        for draft in drafts
    ]


def _units_and_contacts(drafts: Sequence[Office], organisations: Sequence[Organisation], using: str) -> None:
    services = {unit.organisation_id: unit for unit in Unit.objects.using(using).filter(kind=UnitKind.REFUGEE_SERVICE)}
    main = Unit.objects.using(using).bulk_create(
        Unit(organisation=organisation, kind=UnitKind.MAIN, name=draft.name, mailbox=draft.contacts[0].email)
        for draft, organisation in zip(drafts, organisations, strict=True)
        if draft.contacts and organisation.pk not in services
    )
    units = services | {unit.organisation_id: unit for unit in main}
    ContactPerson.objects.using(using).bulk_create(
        ContactPerson(
            unit=units[organisation.pk],
            topic=contact.topic,
            name=contact.name,
            phone=contact.phone,
            email=contact.email,
        )
        for draft, organisation in zip(drafts, organisations, strict=True)
        for contact in draft.contacts
    )
    for draft, organisation in zip(drafts, organisations, strict=True):
        if organisation.pk in services and draft.contacts:
            services[organisation.pk].mailbox = draft.contacts[0].email
    Unit.objects.using(using).bulk_update(services.values(), ["mailbox"], batch_size=500)


def _give_roles(drafts: Sequence[Office], users: Sequence[User], world: World, using: str) -> None:
    by_name = {user.username: user for user in users}
    RoleAssignment.objects.using(using).bulk_create(
        RoleAssignment(
            user=by_name[user.username],
            role=user.role,
            period=Period(world.opened_at.date()),
            given_at=world.opened_at,
        )
        for draft in drafts
        for user in draft.users
    )


def _world(
    drafts: Sequence[Office], organisations: Sequence[Organisation], users: dict[str, User], today: date
) -> World:
    pairs = list(zip(drafts, organisations, strict=True))
    seats = {
        (place, role): Seat(
            organisation.pk,
            draft.name,
            tuple(Staff(users[u.username].pk, u.name) for u in draft.users if u.role == role),
        )
        for place, (draft, organisation) in enumerate(pairs)
        for role in {user.role for user in draft.users}
    }
    places = places_by_number()
    police, udi, imdi = (seats[place, drafts[place].users[0].role] for place in range(3))
    centres = [place for place, draft in enumerate(drafts) if draft.kind == OrganisationKind.CENTRE]
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
                if draft.kind == OrganisationKind.MUNICIPALITY
            }
        ),
        police=police,
        registrars=next(seats[place, REGISTRAR] for place in centres if drafts[place].name == ARRIVAL_CENTRE),
        udi=udi,
        imdi=imdi,
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


def municipality_seats(services: dict[str, tuple[Seat, Office]]) -> tuple[MunicipalitySeat, ...]:
    """The municipalities with IMDi's request for 2024; one that was asked for nobody gets nobody."""
    places = places_by_number()
    requested = {row.municipality_number: row.requested_total.value or 0 for row in read.settlement_requests()}
    codes: dict[str, list[tuple[str, str]]] = {}
    for code in read.postal_codes():
        codes.setdefault(code.municipality_number, []).append((code.code, code.place))
    centrality = {m.number: m.centrality for m in read.municipalities()}
    return tuple(
        MunicipalitySeat(
            seat=seat,
            place=places[number],
            centrality=centrality[number],
            requested=requested.get(number, 0),
            contact=office.contacts[-1].name,
            postal_codes=tuple(codes[number]),
        )
        for number, (seat, office) in services.items()
    )
