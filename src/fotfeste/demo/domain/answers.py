"""What people answer in the interview, in the stored form of each question (the schema of settlement's answers)."""

from collections.abc import Mapping, Sequence
from random import Random

from fotfeste.demo.domain.assumptions import Assumptions, draw
from fotfeste.demo.domain.world import MunicipalitySeat

SCHEMA = 1

_NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "adapted_housing": (
        ("Bruker rullestol og kan ikke gå i trapper.", "housing"),
        ("Går med krykker og trenger bad på samme plan som soverommet.", "housing"),
    ),
    "health_specialists": (
        ("Går til fast kontroll hos spesialist hver måned og kan ikke reise langt.", "place"),
        ("Er under behandling på sykehus og må bo innen en times reise fra et.", "place"),
        ("Har nedsatt hørsel og følges opp av hørselssentral.", "services"),
    ),
    "staffed_housing": (("Trenger hjelp til daglige gjøremål hele døgnet.", "housing"),),
}
_FLAGS = {
    "adapted_housing": "needs_adapted_housing",
    "health_specialists": "needs_specialist",
    "staffed_housing": "needs_staffed_housing",
}
_PETS = ("En katt.", "En liten hund.", "To katter.", "En hund på 30 kilo.")
_RELATIONS = ("søster", "bror", "mor", "far", "voksent barn", "tante", "svigerforeldre")
_FIELDS = ("økonomi", "pedagogikk", "elektro", "helsefag", "bygg", "informatikk", "handel", "landbruk", "språk")
_TITLES = (
    "lærer",
    "sykepleier",
    "regnskapsfører",
    "sjåfør",
    "kokk",
    "elektriker",
    "butikkmedarbeider",
    "frisør",
    "ingeniør",
    "bonde",
    "renholder",
    "snekker",
    "programmerer",
    "barnehageassistent",
)


def adaptation(rng: Random, assumed: Assumptions) -> tuple[dict[str, object], str]:
    """An answer about adaptation, and the capability that it asks of a municipality ("" for none)."""
    chance = rng.random()
    for capability, share in assumed.shares("share_with_need").items():
        chance -= share
        if chance < 0:
            description, bears_on = rng.choice(_NEEDS[capability])
            return {
                "schema": SCHEMA,
                "is_needed": True,
                "description": description,
                "bears_on": [bears_on],
                "told_to_inform_doctor": True,
                "extra": {_FLAGS[capability]: True},
            }, capability
    return {"schema": SCHEMA, "is_needed": False}, ""


def relations(
    rng: Random, family_name: str, municipalities: Sequence[MunicipalitySeat], assumed: Assumptions
) -> dict[str, object]:
    """An answer about somebody close who lives in Norway."""
    if rng.random() >= assumed.number("share_with_relations"):
        return {"schema": SCHEMA, "has_relations": False}
    home = rng.choice(municipalities)
    relation = rng.choice(_RELATIONS)
    name = f"{relation.capitalize()} {family_name}"
    return {
        "schema": SCHEMA,
        "has_relations": True,
        "relations": [{"name": name, "relation": relation, "municipality": home.place.municipality_number}],
    }


def pets(rng: Random, has_pets: bool) -> dict[str, object]:
    """An answer about pets."""
    if not has_pets:
        return {"schema": SCHEMA, "has_pets": False}
    return {"schema": SCHEMA, "has_pets": True, "description": rng.choice(_PETS)}


def education(rng: Random, assumed: Assumptions) -> dict[str, object]:
    """An answer about the highest education."""
    if rng.random() < 1 / 12:
        return {"schema": SCHEMA, "has_education": False}
    level = draw(rng, assumed.shares("share_with_education"))
    return {"schema": SCHEMA, "has_education": True, "level": level, "field": rng.choice(_FIELDS)}


def occupation(rng: Random, age: int) -> dict[str, object]:
    """An answer about the last occupation."""
    if age < 20 or rng.random() < 0.15:
        return {"schema": SCHEMA, "has_worked": False}
    return {"schema": SCHEMA, "has_worked": True, "title": rng.choice(_TITLES)}
