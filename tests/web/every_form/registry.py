"""The forms of the registry, each on a page where it is open: of a household, and of a protected one."""

from collections.abc import Callable, Mapping, Sequence

from fotfeste.access.public import Role
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of, name_follower
from tests.actions.access.stage import employment_of
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.registry.test_protection import colleague as of_the_same_place
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import (
    family,
)
from tests.conftest import Cast
from tests.settlement_steps import placed, registered
from tests.web.place import Place, reference


def _registered(cast: Cast) -> list[Place]:
    group = registered(cast, kovalenko())
    registered(cast, alone(person("Nabo", "Nabosen")))
    here = [reference(group)]
    with scope(cast.udi, cast.day):
        olena = members_of(group, cast.day)[0].reference
    return [
        Place("register_group", cast.registrar, also={"do": "register", "persons": "2", "ties": "1"}),
        Place("register_status", cast.udi, here),
        Place("annul_status", cast.udi, here, f"?person={olena}"),
        Place("add_member", cast.udi, here, "?q=Nabo"),
        Place("remove_member", cast.udi, here),
        Place("register_member", cast.udi, here),
        Place("register_relation", cast.udi, here),
        Place("correct_details", cast.udi, [*here, olena]),
        Place("duplicates", cast.udi),
        Place("household_duplicates", cast.udi, here),
        Place("place_group", cast.udi, here),
        Place("alert_early", cast.udi, here),
        Place("take_task", cast.udi, ["abcdefabcdef"]),
        Place("hand_over_task", cast.udi, ["abcdefabcdef"]),
    ]


def _protected(cast: Cast) -> list[Place]:
    here, by = [reference(protected(cast, group=placed(cast, registered(cast, family()))))], cast.centre_administrator
    for who in (cast.centre, of_the_same_place(cast.centre, Role.CENTRE_STAFF, "voss-named")):
        with scope(by, cast.day):
            name_follower(here[0], employment_of(who).reference, by=by, at=cast.at)
    of_the_same_place(cast.centre, Role.CENTRE_STAFF, "voss-not-named")
    return [
        Place("protect_household", cast.udi, here),
        Place("end_protection", cast.udi, here),
        Place("name_follower", by, here),
        Place("unname_follower", by, here),
    ]


REGISTRY_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "registered": _registered,
    "protected": _protected,
}
REGISTRY_NAMES: Mapping[str, Sequence[str]] = {
    "registered": [
        "register_group", "register_status", "annul_status",
        "add_member", "remove_member", "register_member", "register_relation",
        "correct_details", "duplicates", "household_duplicates", "place_group", "alert_early",
        "take_task", "hand_over_task",
    ],
    "protected": ["protect_household", "end_protection", "name_follower", "unname_follower"],
}  # fmt: skip
