"""The search of the overview finds municipalities as people type them who have no æ, ø, å (SET-13)."""

import pytest

from fotfeste.self_settlement.queries.terms import Asked, MunicipalityTerms, narrowed

pytestmark = pytest.mark.req("SET-13")
LINES = [
    MunicipalityTerms(organisation_id, number, name, county, number[:2], None)
    for organisation_id, (number, name, county) in enumerate(
        [
            ("5501", "Tromsø", "Troms - Romsa - Tromssa"),
            ("1508", "Ålesund", "Møre og Romsdal"),
            ("3201", "Bærum", "Akershus"),
            ("5610", "Kárášjohka - Karasjok", "Finnmark - Finnmárku - Finmarkku"),
        ]
    )
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tromso", ["Tromsø"]),
        ("tromsö", ["Tromsø"]),
        ("Тромсо", ["Tromsø"]),
        ("TROMSØ", ["Tromsø"]),
        ("Alesund", ["Ålesund"]),
        ("more og", ["Ålesund"]),  # its county
        ("baerum", ["Bærum"]),
        ("karasjohka", ["Kárášjohka - Karasjok"]),
        ("johka - Kara", ["Kárášjohka - Karasjok"]),
        (" 1508 ", ["Ålesund"]),
        ("Oslo", []),
        ("?!", []),
        ("  ", ["Tromsø", "Ålesund", "Bærum", "Kárášjohka - Karasjok"]),
    ],
)
def test_a_municipality_is_found_however_its_letters_are_typed(text: str, names: list[str]) -> None:
    assert [line.name for line in narrowed(LINES, Asked(text=text))] == names
