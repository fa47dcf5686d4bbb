"""The forms of who keeps offices, users, looks and letters, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence

from fotfeste.access.looks import keep_look
from fotfeste.access.public import Look, LookRule, Role, SubjectKind, create_subject
from fotfeste.directory.public import ContactTopic, NewContact, Organisation, Unit, UnitKind
from fotfeste.letters.public import send_letter
from fotfeste.platform.scope import scope
from fotfeste.platform.shown import Shown, Whom
from tests.acting import add_contact, give_role
from tests.actions.access.stage import colleague
from tests.actions.directory.stage import administrator, keeper
from tests.actions.letters.stage import household, request_to
from tests.conftest import Cast
from tests.web.place import Place


def _directory(cast: Cast) -> list[Place]:
    by = administrator(cast)
    place = Organisation.objects.get(pk=by.organisation_id).reference
    unit = Unit.objects.get(organisation_id=by.organisation_id, kind=UnitKind.REFUGEE_SERVICE).reference
    anne = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    contact = add_contact(unit, anne, cast.day, by=by, at=cast.at).reference
    return [
        Place("add_organisation", keeper(cast)),
        Place("add_unit", by, [place]),
        *(Place(name, by, [unit]) for name in ("change_unit", "end_unit", "add_contact")),
        *(Place(name, by, [contact]) for name in ("change_contact", "end_contact")),
    ]


def _looked_at(cast: Cast) -> list[Place]:
    """UDI has looked at somebody whom it had nothing to do with."""
    stranger = create_subject(SubjectKind.GROUP).pk
    seen = Shown("household", frozenset({"identity"}), Whom(stranger, (), frozenset({"protection_case"})))
    keep_look(seen, cast.udi, cast.at)
    with scope(cast.udi, cast.day):
        look = Look.objects.get(household_id=stranger)
    return [Place("review_look", keeper(cast), [look.request_number, LookRule.WITHOUT_WORK])]


def _letters(cast: Cast) -> list[Place]:
    subject_id = household(cast)
    letter = request_to(cast, subject_id)
    with scope(cast.udi, cast.day):
        send_letter(letter.reference, by=cast.udi, at=cast.at)
    return [Place("follow_letter", cast.udi, [letter.reference])]


def _emergency(cast: Cast) -> list[Place]:
    return [Place("emergency", cast.municipality)]


def _users(cast: Cast) -> list[Place]:
    by, kari = cast.centre_administrator, colleague(cast)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=by, at=cast.at)
    return [
        Place("add_user", by),
        *(Place(name, by, [kari.reference]) for name in ("give_role", "end_employment")),
        Place("end_role", by, [given.reference]),
    ]


OFFICES_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "directory": _directory,
    "looked at": _looked_at,
    "letters": _letters,
    "in an emergency": _emergency,
    "users": _users,
}
OFFICES_NAMES: Mapping[str, Sequence[str]] = {
    "directory": [
        "add_organisation", "add_unit", "change_unit", "end_unit", "add_contact", "change_contact", "end_contact",
    ],
    "looked at": ["review_look"],
    "letters": ["follow_letter"],
    "in an emergency": ["emergency"],
    "users": ["add_user", "give_role", "end_employment", "end_role"],
}  # fmt: skip
