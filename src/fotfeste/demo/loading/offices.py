"""Organisations, units, contact persons, users and roles of the demo, and the world that the generator gets."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password

from fotfeste.access.public import RoleAssignment
from fotfeste.demo.domain.offices import Office, offices
from fotfeste.demo.domain.seating import world_of
from fotfeste.demo.domain.world import World
from fotfeste.directory.public import ContactPerson, Organisation, OrganisationKind, Unit, UnitKind, User
from fotfeste.directory.reference import read
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.kernel.periods import Period
from fotfeste.platform.bulk import Loader


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
    user_ids = {user.username: user.pk for user in users}
    world = world_of(drafts, [organisation.pk for organisation in organisations], user_ids, today)
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
