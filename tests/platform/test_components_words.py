"""Days, periods, money and names as people read them, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.periods import Period
from fotfeste.platform import words

DAY = date(2026, 5, 3)


def rendered(source: str, language: str = "nb", **context: object) -> str:
    with override(language):
        return Template(source).render(Context(context))


def test_days_are_written_the_norwegian_and_the_british_way() -> None:
    assert rendered("{{ d|day }} {{ d|short_day }}", d=DAY) == "3. mai 2026 3.5.2026"
    assert rendered("{{ d|day }} {{ d|short_day }}", "en", d=DAY) == "3 May 2026 3.5.2026"


def test_nothing_is_written_as_nothing() -> None:
    source = "{{ n|day }}{{ n|week }}{{ n|period }}{{ n|kroner }}{{ n|instant }}{{ n|number }}{{ n|language_name }}"
    assert rendered(source, n=None) == ""
    assert rendered("{{ n|days_left:d }}{{ n|age:d }}{{ n|citizenship_name }}", n=None, d=DAY) == ""


def test_an_instant_is_shown_at_norwegian_time_and_on_the_norwegian_day() -> None:
    late = datetime(2024, 3, 14, 23, 30, tzinfo=UTC)
    assert rendered("{{ i|instant }} / {{ i|day }}", i=late) == "15. mars 2024 kl. 00.30 / 15. mars 2024"
    assert rendered("{{ i|instant }}", "en", i=late) == "15 March 2024 at 00:30"


def test_a_week_is_named_by_its_iso_year() -> None:
    assert rendered("{{ w|week }}", w=Week(2024, 12)) == "uke 12, 2024"
    assert rendered("{{ d|week }}", "en", d=date(2024, 12, 30)) == "week 1, 2025"


@pytest.mark.parametrize(
    ("end", "norwegian", "english"),
    [
        (
            date(2024, 3, 4),
            "12. februar 2024 til og med 3. mars 2024",
            "12 February 2024 up to and including 3 March 2024",
        ),
        (None, "fra 12. februar 2024", "from 12 February 2024"),
        (date(2024, 2, 13), "12. februar 2024", "12 February 2024"),
        (
            date(2024, 2, 12),
            "12. februar 2024 (begynte og sluttet samme dag)",
            "12 February 2024 (began and ended the same day)",
        ),
    ],
)
def test_a_period_names_the_last_day_that_counts(end: date | None, norwegian: str, english: str) -> None:
    period = Period(date(2024, 2, 12), end)
    assert rendered("{{ p|period }}", p=period) == norwegian
    assert rendered("{{ p|period }}", "en", p=period) == english


def test_a_period_is_taken_from_a_row_or_a_pair_alike() -> None:
    class Stay:
        period = Period(DAY, None)

    assert words.period(Stay()) == words.period((DAY, None)) == "fra 3. mai 2026"
    with pytest.raises(TypeError, match="no period"):
        words.period("2026")


def test_money_is_whole_kroner_unless_there_are_ore() -> None:
    assert rendered("{{ o|kroner }}", o=1610500) == "16\u202f105\u202fkr"
    assert rendered("{{ o|kroner }}", o=-1610550) == "−16\u202f105,50\u202fkr"
    assert rendered("{{ o|kroner }}", "en", o=1610505) == "NOK\u00a016,105.05"


def test_numbers_have_the_separators_of_the_language() -> None:
    assert rendered("{{ n|number }}", n=1250000) == "1\u202f250\u202f000"
    assert rendered("{{ n|number }}", "en", n=Decimal("-1250.5")) == "−1,250.5"


@pytest.mark.parametrize(
    ("born", "norwegian", "english"),
    [
        (date(1988, 5, 4), "37 år", "37 years"),
        (date(1988, 5, 3), "38 år", "38 years"),
        (date(2025, 5, 3), "1 år", "1 year"),
        (date(2025, 9, 20), "7 måneder", "7 months"),
        (date(2026, 3, 20), "1 måned", "1 month"),
        (date(2026, 4, 20), "under en måned", "under a month"),
    ],
)
def test_age_counts_full_years_and_small_children_in_months(born: date, norwegian: str, english: str) -> None:
    assert rendered("{{ b|age:d }}", b=born, d=DAY) == norwegian
    assert rendered("{{ b|age:d }}", "en", b=born, d=DAY) == english


@pytest.mark.parametrize(
    ("due", "norwegian", "english"),
    [
        (date(2026, 4, 30), "3 dager over fristen", "3 days overdue"),
        (date(2026, 5, 2), "1 dag over fristen", "1 day overdue"),
        (DAY, "i dag", "today"),
        (date(2026, 5, 4), "i morgen", "tomorrow"),
        (date(2026, 5, 5), "om 2 dager", "in 2 days"),
    ],
)
def test_a_deadline_is_told_in_days_from_today(due: date, norwegian: str, english: str) -> None:
    assert rendered("{{ x|days_left:d }}", x=due, d=DAY) == norwegian
    assert rendered("{{ x|days_left:d }}", "en", x=due, d=DAY) == english


def test_languages_and_countries_are_named_in_the_language_of_the_reader() -> None:
    source = '{{ "uk"|language_name }}, {{ "ti"|language_name }}, {{ "kmr"|language_name }}, {{ "zz"|language_name }}'
    assert rendered(source) == "ukrainsk, tigrinja, kurmandsji, zz"
    assert rendered(source, "en") == "Ukrainian, Tigrinya, Kurmanji, zz"
    codes = ["SY", "UKR", "XKX", "XXA", "XXX"]
    source = "{% for code in codes %}{{ code|citizenship_name }} {% endfor %}"
    assert rendered(source, codes=codes) == "Syria Ukraina Kosovo statsløs ukjent "
    assert rendered(source, "en", codes=codes) == "Syria Ukraine Kosovo stateless unknown "


def test_a_long_address_may_be_broken_after_the_at_sign_and_is_escaped() -> None:
    shown = rendered("{{ a|mail_link }}", a='bosetting@voss"<b>.example.no')
    assert 'href="mailto:bosetting@voss&quot;&lt;b&gt;.example.no"' in shown
    assert ">bosetting@<wbr>voss&quot;&lt;b&gt;.example.no</a>" in shown
