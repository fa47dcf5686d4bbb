"""Dated facts of travel: hubs by municipality, luggage by carrier."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.directory.reference import read
from fotfeste.settlement.domain.travel_facts import Hub, LuggageRule, hub_of, luggage_on_the_way
from fotfeste.settlement.texts.travel import hubs, luggage_rules

DAY = date(2024, 4, 2)
STATION = Hub("5037", "Levanger stasjon", "station", date(2022, 1, 1), "x", "demo")
AIRPORT = replace(STATION, name="Værnes", effective_from=date(2024, 4, 2), status="verified")
SAS = LuggageRule("SAS", 1, 23, date(2022, 1, 1), "x", DAY, "demo")
LATER = replace(SAS, pieces=2, effective_from=date(2024, 4, 3))


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("number", "on", "name"),
    [
        ("5037", date(2024, 4, 1), "Levanger stasjon"),
        ("5037", DAY, "Værnes"),
        ("5037", date(2021, 12, 31), None),
        ("5038", DAY, None),
    ],
)
def test_the_hub_is_the_latest_that_holds_and_none_where_none_is_known(number: str, on: date, name: str | None) -> None:
    found = hub_of(number, on, [AIRPORT, STATION])
    assert (found.name if found else None) == name


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("pieces", "on", "is_too_much"),
    [(1, DAY, False), (2, DAY, True), (2, date(2024, 4, 3), False), (3, date(2024, 4, 3), True)],
)
def test_more_luggage_than_the_carrier_takes_is_told(pieces: int, on: date, is_too_much: bool) -> None:
    [answer] = luggage_on_the_way(["sas ", "SAS", ""], pieces, on, [SAS, LATER])
    assert answer.is_too_much is is_too_much


@pytest.mark.req("TRV-02")
def test_a_carrier_without_a_rule_is_to_be_asked() -> None:
    assert [(each.operator, each.rule) for each in luggage_on_the_way(["AtB", "SAS"], 2, DAY, [SAS])] == [
        ("AtB", None),
        ("SAS", SAS),
    ]
    assert luggage_on_the_way(["SAS"], 2, date(2021, 1, 1), [SAS])[0].rule is None


@pytest.mark.req("TRV-01", "TRV-02")
def test_the_facts_that_ship_name_their_source_and_real_municipalities() -> None:
    numbers = {each.number for each in read.municipalities()}
    assert {hub.municipality for hub in hubs()} <= numbers
    assert all(hub.source and hub.kind in {"station", "airport", "bus_terminal"} for hub in hubs())
    assert all(rule.source and rule.pieces > 0 and rule.kilograms > 0 for rule in luggage_rules())
    assert {hub.status for hub in hubs()} | {rule.status for rule in luggage_rules()} <= {"demo", "verified"}
