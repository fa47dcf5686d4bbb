"""Organisations, units, contact persons, users and roles of the demo, and the world that the generator gets."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password

from fotfeste.access.loading import load_staff
from fotfeste.access.public import DEMO_USERS, Role
from fotfeste.demo.domain.offices import Office
from fotfeste.demo.domain.seating import world_of
from fotfeste.demo.domain.units import all_offices
from fotfeste.demo.domain.world import World
from fotfeste.directory.loading import load_contacts, load_regions, load_units, name_mailboxes
from fotfeste.directory.public import ContactTopic, Organisation, OrganisationKind, Unit, UnitKind, User
from fotfeste.directory.reference import read
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.bulk import Loader
from fotfeste.worklist.loading import by_open_tasks

BUSIEST = 2  # of each kind


def load_offices(loader: Loader, today: date, seed: int) -> World:
    """Load the organisations and people who work there; gives the world with their keys. Municipalities exist."""
    drafts = all_offices(seed, read.municipalities(), read.reception_units())
    organisations = _organisations(drafts, loader.using)
    users = User.objects.using(loader.using).bulk_create(
        User(username=user.username, name=user.name, organisation=organisation, password=make_password(None))
        for draft, organisation in zip(drafts, organisations, strict=True)
        for user in draft.users
    )
    user_ids = {user.username: user.pk for user in users}
    world = world_of(drafts, [organisation.pk for organisation in organisations], user_ids, today)
    _units_and_contacts(drafts, organisations, world.opened_at.date(), loader.using)
    _give_roles(drafts, users, world, loader.using)
    return world


def let_visitors_be_the_busiest(loader: Loader) -> None:
    """Let a visitor of the demo also be somebody at the centres and municipalities with most to do today."""
    users = User.objects.using(loader.using).select_related("organisation").order_by("pk")
    chosen = {user.organisation_id for user in users if user.username.startswith(DEMO_USERS)}
    first = {user.organisation_id: user for user in reversed(users)}
    found = {OrganisationKind.CENTRE: 0, OrganisationKind.MUNICIPALITY: 0}
    for organisation_id in by_open_tasks(loader):
        user = first.get(organisation_id)
        if user is None or organisation_id in chosen:
            continue
        kind = OrganisationKind(user.organisation.kind)
        if found.get(kind, BUSIEST) < BUSIEST:
            found[kind] += 1
            user.username = f"{DEMO_USERS}{user.username}"
            user.save(using=loader.using, update_fields=["username"])


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


def _units_and_contacts(drafts: Sequence[Office], organisations: Sequence[Organisation], day: date, using: str) -> None:
    """The first unit of each, which a municipality has already, and the others; each with its contact persons."""
    places = list(zip(drafts, organisations, strict=True))
    first = _first_units(places, day, using)
    contacts = [(first[organisation.pk], contact) for draft, organisation in places for contact in draft.contacts]
    more = [(organisation, unit) for draft, organisation in places for unit in draft.units]
    made = load_units(
        [(organisation, UnitKind(unit.kind), unit.name, unit.mailbox) for organisation, unit in more],
        from_on=day,
        using=using,
    )
    contacts += [(unit, contact) for unit, (_, draft) in zip(made, more, strict=True) for contact in draft.contacts]
    load_contacts(
        [(unit, ContactTopic(c.topic), c.name, c.phone, c.email) for unit, c in contacts], from_on=day, using=using
    )
    regions = [(unit, draft.counties) for unit, (_, draft) in zip(made, more, strict=True)]
    load_regions(regions, from_on=day, using=using)


def _first_units(places: Sequence[tuple[Office, Organisation]], day: date, using: str) -> dict[int, Unit]:
    """The unit that an office's own contact persons stand in, by organisation."""
    has = {draft.municipality_number: draft.contacts[0].email for draft, _ in places if draft.kind == "municipality"}
    services = (
        Unit.objects.using(using)
        .filter(kind=UnitKind.REFUGEE_SERVICE, organisation__municipality_id__in=list(has))
        .select_related("organisation")
    )
    found = {unit.organisation_id: unit for unit in services.order_by("pk")}
    name_mailboxes(
        [(unit, has[unit.organisation.municipality_id]) for unit in found.values()], from_on=day, using=using
    )
    own = [
        (organisation, UnitKind.MAIN, "Administrasjonen", draft.contacts[0].email)
        for draft, organisation in places
        if draft.contacts and organisation.pk not in found
    ]
    return found | {unit.organisation_id: unit for unit in load_units(own, from_on=day, using=using)}


def _give_roles(drafts: Sequence[Office], users: Sequence[User], world: World, using: str) -> None:
    by_name = {user.username: user for user in users}
    staff = [(by_name[user.username], Role(user.role)) for draft in drafts for user in draft.users]
    load_staff(staff, from_on=world.opened_at.date(), at=world.opened_at, using=using)
