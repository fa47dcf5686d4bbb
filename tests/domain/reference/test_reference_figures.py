"""The committed reference files say what their sources say."""

from collections import Counter

import pytest

from fotfeste.directory.reference import (
    PSEUDO_MUNICIPALITIES,
    ReportedAs,
    applications_by_year,
    citizenships,
    counties,
    languages,
    monthly_applications,
    municipalities,
    postal_codes,
    reception_units,
    settlement_requests,
)

NUMBERS = {record.number for record in municipalities()}


def test_there_are_357_municipalities_in_15_counties_in_order() -> None:
    assert len(NUMBERS) == 357
    assert [m.number for m in municipalities()] == sorted(NUMBERS)
    assert len(counties()) == 15
    assert {m.county_number for m in municipalities()} == {c.number for c in counties()}
    assert all(m.number.startswith(m.county_number) for m in municipalities())


def test_population_sums_to_ssb_on_1_january_2024() -> None:
    assert sum(m.population for m in municipalities()) == 5_550_203


def test_centrality_classes_have_ssb_s_sizes() -> None:
    assert Counter(m.centrality for m in municipalities()) == {
        1: 5,
        2: 21,
        3: 54,
        4: 65,
        5: 104,
        6: 108,
    }


def test_a_sami_main_name_has_its_norwegian_name_beside_it() -> None:
    kautokeino = next(m for m in municipalities() if m.number == "5612")
    assert kautokeino.name.startswith("Guovdageaidnu")
    assert kautokeino.name_nb == "Kautokeino"


def test_positions_are_in_norway_and_areas_are_positive() -> None:
    for m in municipalities():
        assert 57.9 < m.position.lat < 71.3
        assert 4.4 < m.position.lon < 31.2
        assert m.area_km2 > 0
        assert m.centre


def test_postal_codes_are_5121_with_four_digits_each_once() -> None:
    codes = [p.code for p in postal_codes()]
    assert len(codes) == len(set(codes)) == 5121
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert postal_codes()[0].code == "0001"


def test_every_postal_code_is_in_a_municipality_or_a_named_pseudo_municipality() -> None:
    used = {p.municipality_number for p in postal_codes()}
    assert used - NUMBERS == set(PSEUDO_MUNICIPALITIES)
    assert used >= NUMBERS


@pytest.mark.req("SET-10")
def test_requests_and_decisions_2024_sum_to_what_imdi_reported() -> None:
    records = settlement_requests()
    assert {r.municipality_number for r in records} == NUMBERS
    assert sum(r.requested_total.value or 0 for r in records) == 36_985
    assert sum(r.decided_total.value or 0 for r in records) == 28_327
    assert sum(r.requested_uam.value or 0 for r in records) == 610
    assert sum(r.decided_uam.value or 0 for r in records) == 334
    assert sum(r.requested_uam.value is not None for r in records) == 57
    assert sum(r.decided_uam.value is not None for r in records) == 37


def test_pending_and_missing_decisions_are_not_zero() -> None:
    pending = {r.municipality_number for r in settlement_requests() if r.is_pending}
    missing = [r for r in settlement_requests() if r.decided_total.reported_as is ReportedAs.NOT_GIVEN]
    assert pending == {"1151", "1874", "3120", "4220", "5618"}
    assert [r.municipality_number for r in missing] == ["5612"]
    assert missing[0].decided_total.value is None
    assert missing[0].decided_total.bounds is None


def test_suppressed_figures_stay_suppressed() -> None:
    rakkestad = next(r for r in settlement_requests() if r.municipality_number == "3120")
    in_2024 = rakkestad.settled[-1]
    assert in_2024.year == 2024
    assert in_2024.total.reported_as is ReportedAs.FEWER_THAN_FIVE
    assert in_2024.total.value is None
    assert in_2024.total.bounds == (1, 4)


def test_settled_sums_to_the_source_without_the_suppressed() -> None:
    sums: Counter[int] = Counter()
    for record in settlement_requests():
        for year in record.settled:
            sums[year.year] += year.total.value or 0
    assert sums == {2022: 30_882, 2023: 33_419, 2024: 21_411}


def test_there_are_83_reception_units_with_9148_ukrainians() -> None:
    units = reception_units()
    assert len(units) == 83
    assert sum(u.ukrainians for u in units) == 9_148
    assert {u.municipality_number for u in units} <= NUMBERS
    assert Counter(u.type_guess for u in units) == {
        "mottak": 63,
        "akutt": 18,
        "ankomstsenter": 1,
        "transitt": 1,
    }


def test_the_unit_in_kristiansand_is_in_kristiansand_and_says_why() -> None:
    unit = next(u for u in reception_units() if u.name.startswith("Kristiansand"))
    assert unit.municipality_number == "4204"
    assert "1505" in unit.note


def test_month_rows_stay_within_their_totals() -> None:
    series = monthly_applications()
    totals = {(a.scheme, a.year, a.month): a.applications for a in series if a.citizenship == "TOTAL"}
    parts: Counter[tuple[str, int, int]] = Counter()
    for a in series:
        if a.citizenship != "TOTAL":
            parts[a.scheme, a.year, a.month] += a.applications
    assert {key: parts[key] <= total for key, total in totals.items()} == dict.fromkeys(totals, True)
    assert sum(total for (scheme, year, _), total in totals.items() if year == 2024) == 14_094
    assert [m for s, y, m in sorted(totals) if (s, y) == ("collective_protection", 2026)] == [1, 2, 3, 4, 5]


def test_every_citizenship_in_the_series_has_a_name() -> None:
    used = {a.citizenship for a in monthly_applications()} | {a.citizenship for a in applications_by_year()}
    assert used - {"TOTAL"} <= {c.code for c in citizenships()}


def test_citizenships_are_iso_s_249_with_kosovo_stateless_and_unknown() -> None:
    by_code = {c.code: c for c in citizenships()}
    assert len(citizenships()) == len(by_code) == 252
    assert by_code["UKR"].name_nb == "Ukraina"
    assert by_code["XXA"].name_nb == "Statsløs"
    assert {"XKX", "XXX", "COD", "PSE", "FRA"} <= by_code.keys()
    assert len({c.name_nb for c in citizenships()}) == 252


def test_languages_are_each_once_and_right_to_left_where_they_are() -> None:
    by_code = {language.code: language for language in languages()}
    assert len(languages()) == len(by_code)
    assert {code for code, language in by_code.items() if language.is_rtl} == {
        "ar",
        "ckb",
        "fa",
        "prs",
        "ps",
        "syr",
        "ug",
        "ur",
    }
    assert by_code["uk"].name_nb == "ukrainsk"
