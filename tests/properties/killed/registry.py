"""Acts of the registry, each with what there is before it."""

from dataclasses import replace
from datetime import date, datetime

from fotfeste.access.public import ProtectionLevel, Role, UnnamingReason
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_d_number, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import (
    CorrectionReason,
    Mistake,
    NewPerson,
    RelationKind,
    StatusKind,
    add_member,
    add_members,
    annul_relation,
    annul_status,
    answer_duplicate,
    correct_details,
    end_protection,
    members_of,
    name_follower,
    protect_household,
    register_group,
    register_identifier,
    register_member,
    register_relation,
    register_status,
    remove_member,
    unname_follower,
)
from fotfeste.worklist.public import hand_over_task, open_tasks_about, take_task
from tests.actions.access.stage import employment_of
from tests.actions.registry.families import alone, kovalenko, person, with_duf
from tests.actions.registry.test_protection import protected, reference_of
from tests.conftest import Cast, staff
from tests.properties.killed.scene import Keys, Scene, people
from tests.settlement_steps import PERMIT_ON, due_for_interview, placed, registered

PERMIT = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
KYRYL = replace(person("Kyryl", "Shevchenko"), identifiers={IdentifierKind.DUF: synthetic_duf(1)})


def family(cast: Cast) -> int:
    """A family that the police has registered."""
    return registered(cast, kovalenko())


def at_voss(cast: Cast) -> int:
    """A family that lives at a centre."""
    return placed(cast, family(cast))


def with_permit(cast: Cast) -> int:
    """A family at a centre that is due for its interview."""
    return due_for_interview(cast, kovalenko())


def first_of(cast: Cast, group: int) -> int:
    """The key of the first member."""
    with scope(cast.udi, cast.day):
        return members_of(group, cast.day)[0].subject_id


def somebody(cast: Cast) -> Keys:
    """Somebody who lives in a family at a centre."""
    return first_of(cast, at_voss(cast))


def with_somebody(cast: Cast) -> Keys:
    """A family with a permit, and one of them."""
    group = with_permit(cast)
    return group, first_of(cast, group)


def and_another(cast: Cast) -> Keys:
    """A family at a centre, and somebody who is registered alone."""
    group = with_permit(cast)
    return group, first_of(cast, registered(cast, alone(with_duf(person("Iryna"), 7))))


def twice(cast: Cast) -> Keys:
    """Two records that may be of one person."""
    number = synthetic_d_number(KYRYL.birth_date, 0)
    numbers = {IdentifierKind.DUF: synthetic_duf(2), IdentifierKind.D_NUMBER: number}
    again = replace(KYRYL, given_name="Kiril", family_name="Sjevtsjenko", identifiers=numbers)
    first, second = (first_of(cast, registered(cast, alone(one))) for one in (KYRYL, again))
    return first, second


def related(cast: Cast) -> Keys:
    """A family, and one of its relations."""
    group = family(cast)
    with scope(cast.registrar, cast.day):
        members = members_of(group, cast.day)
        who = members[2].subject_id, members[3].subject_id
        row = register_relation(group, who[0], RelationKind.OTHER_FAMILY, who[1], by=cast.registrar, at=cast.at)
    return group, row.pk


def with_task(cast: Cast) -> Keys:
    """A task of the centre."""
    group = with_permit(cast)
    with scope(cast.centre, cast.day):
        [task] = [each for each in open_tasks_about(group) if each.kind == "hold_interview"]
    return task.reference


def taken(cast: Cast) -> Keys:
    """A task that somebody at the centre has taken."""
    reference = with_task(cast)
    with scope(cast.centre, cast.day):
        take_task(str(reference), by=cast.centre, at=cast.at)
    return reference


def hidden(cast: Cast) -> Keys:
    """A family at a centre whose address UDI has protected."""
    return protected(cast, group=with_permit(cast))


def to_be_named(cast: Cast) -> Keys:
    """Such a family, and somebody at the centre who is not named."""
    return reference_of(protected(cast, group=with_permit(cast))), employment_of(cast.centre).reference


def two_named(cast: Cast) -> Keys:
    """Such a family, with two named in UDI; the key of the second."""
    group = protected(cast, ProtectionLevel.STRICTLY_CONFIDENTIAL, with_permit(cast))
    second = staff(Organisation.objects.get(pk=cast.udi.organisation_id), Role.UDI_CASEWORKER, f"udi-{group}")
    with scope(cast.udi, cast.day):
        name_follower(reference_of(group), employment_of(second).reference, by=cast.udi, at=cast.at)
    return reference_of(group), second.user_id or 0


def relate(group: int, *, by: Viewer, at: datetime) -> object:
    one, two, *_ = people(group, at)
    return register_relation(group, one, RelationKind.OTHER_FAMILY, two, by=by, at=at)


def newcomer() -> NewPerson:
    return with_duf(person("Bebi", born=date(2024, 3, 10)), 7)


REGISTRY = {
    "register_group": Scene(lambda cast: (), "registrar", lambda **who: register_group(kovalenko(), **who)),
    "correct_details": Scene(
        somebody,
        "registrar",
        lambda who, **by: correct_details(who, replace(KYRYL, identifiers={}), CorrectionReason.NEW_DOCUMENT, **by),
    ),
    "register_identifier": Scene(
        somebody,
        "registrar",
        lambda who, **by: register_identifier(
            who, IdentifierKind.DUF, synthetic_duf(7), reason=CorrectionReason.TYPING_ERROR, **by
        ),
    ),
    "answer_duplicate": Scene(twice, "udi", lambda one, two, **by: answer_duplicate(one, two, keep_id=one, **by)),
    "add_member": Scene(
        and_another, "udi", lambda group, who, *, by, at: add_member(group, who, legal_day(at), by=by, at=at)
    ),
    "add_members": Scene(
        and_another, "udi", lambda group, who, *, by, at: add_members(group, [who], legal_day(at), by=by, at=at)
    ),
    "remove_member": Scene(
        with_somebody, "udi", lambda group, who, *, by, at: remove_member(group, who, legal_day(at), by=by, at=at)
    ),
    "register_member": Scene(
        with_permit, "udi", lambda group, *, by, at: register_member(group, newcomer(), legal_day(at), by=by, at=at)
    ),
    "register_relation": Scene(family, "registrar", relate),
    "annul_relation": Scene(
        related,
        "registrar",
        lambda group, row, **by: annul_relation(group, row, CorrectionReason.TYPING_ERROR, **by),
    ),
    "register_status": Scene(
        at_voss,
        "udi",
        lambda group, *, by, at: register_status(group, people(group, at), PERMIT, PERMIT_ON, by=by, at=at),
    ),
    "annul_status": Scene(
        with_permit,
        "udi",
        lambda group, *, by, at: annul_status(
            group, people(group, at), PERMIT, PERMIT_ON, reason=Mistake.WRONG_PERSON, by=by, at=at
        ),
    ),
    "protect_household": Scene(
        with_permit,
        "udi",
        lambda group, *, by, at: protect_household(
            group, ProtectionLevel.STRICTLY_CONFIDENTIAL, legal_day(at), by=by, at=at
        ),
    ),
    "end_protection": Scene(hidden, "udi", end_protection),
    "name_follower": Scene(to_be_named, "centre_administrator", name_follower),
    "unname_follower": Scene(
        two_named,
        "udi",
        lambda group, who, **by: unname_follower(group, who, reason=UnnamingReason.OTHER_WORK, **by),
    ),
    "take_task": Scene(with_task, "centre", take_task),
    "hand_over_task": Scene(taken, "centre", lambda task, **by: hand_over_task(task, to_user_id=None, **by)),
}
