"""A policy as a page shows it: every value has a name and says what it is, in both languages."""

from datetime import date

import pytest
from django.utils import translation

from fotfeste.allocation.domain.policy import NUMBERS, TEXTS, change
from fotfeste.allocation.words_policy import LABELS, difference_sentence, shown, value_in_words
from fotfeste.kernel.parameters import ParameterStatus, Value
from tests.domain.allocation.making import DAY, POLICY

pytestmark = pytest.mark.req("SET-15")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_value_is_shown_with_name_value_source_and_status(language: str) -> None:
    with translation.override(language):
        rows = shown(POLICY)
        assert [row.name for row in rows] == [*NUMBERS, *TEXTS]
        for row in rows:
            assert row.label
            assert row.value
            assert row.since_on == date(2022, 1, 1)
            assert row.source.startswith("chosen by us")
        assert {row.status for row in rows} == {
            {"nb": "prøveverdi som ingen har vedtatt", "en": "trial value that nobody has decided"}[language]
        }
    assert set(LABELS) == {*NUMBERS, *TEXTS}
    assert len(ParameterStatus) == 3


@pytest.mark.parametrize(
    ("name", "nb", "en"),
    [
        ("weight_work", "25 poeng", "25 points"),
        ("tie_close", "70 prosent", "70 per cent"),
        ("continuity_near_km", "60 km", "60 km"),
        ("work_until_age", "67 år", "67 years"),
        ("coming_weeks", "52 uker", "52 weeks"),
        ("unknown_counts", "kan planlegges, med trekk i poeng", "may be planned, with points taken off"),
        ("spread_curve", "0 poeng, 5 poeng, 10 poeng, 20 poeng og 40 poeng", None),
    ],
)
def test_a_value_is_said_with_its_unit(name: str, nb: str, en: str | None) -> None:
    parameter = POLICY.parameters[name]
    assert value_in_words(name, parameter.value, parameter.unit) == nb
    with translation.override("en"):
        assert en is None or value_in_words(name, parameter.value, parameter.unit) == en


def test_a_share_that_is_no_whole_percent_keeps_its_decimal() -> None:
    assert value_in_words("tie_close", 705, "thousandths") == "70,5 prosent"


def test_a_change_is_said_as_what_it_is_now_and_was_before() -> None:
    values: dict[str, Value] = {
        "weight_work": 30,
        "unknown_counts": "impossible",
        "protected_sets": "sex:female age_band:67",
    }
    found = change(POLICY, values, reason="Flere i arbeid.", source="IMDi", on=DAY)
    said = [difference_sentence(each) for each in found.differences]
    assert said[0] == "Arbeid og utdanning: 30 poeng (før: 25 poeng)."
    label = "Kommune der det ikke er kjent om den kan dekke et behov"
    assert said[1] == f"{label}: planlegges ikke (før: kan planlegges, med trekk i poeng)."
    assert ": kvinner og 67 år og over (før: enslige mindreårige, " in said[2]
