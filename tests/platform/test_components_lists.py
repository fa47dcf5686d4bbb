"""Tags, lists, bars and the timeline: words and shapes say the same."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from fotfeste.platform.components import timeline
from fotfeste.platform.panels import TimelineEntry
from tests.platform.markup import Element, read

TODAY = date(2024, 3, 14)


def shown(source: str, address: str = "/", language: str = "nb", **context: object) -> Element:
    with override(language):
        return read(Template(source).render(Context({"request": RequestFactory().get(address)} | context)))


def test_each_tone_has_a_shape_of_its_own() -> None:
    shapes = set()
    for tone in ("neutral", "info", "success", "warning", "danger"):
        tag = shown("{% status_tag 'Over fristen' tone %}", tone=tone).one("span")
        assert tag.text == "Over fristen"
        assert tag.one("svg")["aria-hidden"] == "true"
        shape = next(tag.one("svg").below())
        shapes.add((shape.name, shape.attributes.get("d"), shape.attributes.get("fill")))
    assert len(shapes) == 5


def test_a_tone_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such tone: red"):
        shown("{% status_tag 'x' 'red' %}")


def test_pages_keep_the_filters_and_the_order() -> None:
    page = Paginator(range(263), 50).get_page(3)
    found = shown("{% pagination page %}", "/ko/?sort=-waited&kind=a&page=3", page=page)
    assert "Viser 101–150 av 263" in found.text
    assert found.one("a", aria_current="true").text == "3"
    assert found.one("a", rel="next")["href"] == "?sort=-waited&kind=a&page=4"
    assert found.one("a", rel="prev")["href"] == "?sort=-waited&kind=a&page=2"


def test_a_list_of_one_page_only_tells_its_length() -> None:
    found = shown("{% pagination page %}", page=Paginator(range(12), 50).get_page(1))
    assert found.text == "Viser 1–12 av 12"
    assert not found.all("nav")
    assert shown("{% pagination page %}", page=Paginator([], 50).get_page(1)).text == "Ingen treff"


def test_a_long_list_leaves_out_pages_in_the_middle() -> None:
    found = shown("{% pagination page %}", page=Paginator(range(5000), 50).get_page(50))
    numbers = [link.text for link in found.all("a", data_variant="tertiary")]
    assert numbers == ["Forrige", "1", "48", "49", "50", "51", "52", "100", "Neste"]


@pytest.mark.parametrize(
    ("address", "direction", "target"),
    [
        ("/?page=4&kind=a", None, "?kind=a&sort=name"),
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
        ("/?sort=other", None, "?sort=name"),
    ],
)
def test_a_heading_sorts_and_tells_how_the_list_is_sorted(address: str, direction: str | None, target: str) -> None:
    heading = shown('{% sort_header "Navn" "name" %}', address).one("th")
    assert heading["scope"] == "col"
    assert heading.attributes.get("aria-sort") == direction
    assert heading.one("a")["href"] == target
    assert heading.one("a").text == "Navn"


def test_the_usual_order_is_marked_before_anybody_has_sorted() -> None:
    heading = shown('{% sort_header "Ventet" "waited" "-waited" %}').one("th")
    assert heading["aria-sort"] == "descending"
    assert heading.one("a")["href"] == "?sort=waited"


def test_what_is_wide_scrolls_in_its_own_area() -> None:
    area = shown('{% scroll "Køen" %}<table></table>{% endscroll %}').one("div")
    assert (area["role"], area["tabindex"], area["aria-label"]) == ("region", "0", "Tabell: Køen")
    assert area.all("table")


@pytest.mark.parametrize(
    ("days", "norwegian", "english", "is_over"),
    [
        (12, "12 dager målet er 90 dager", "12 days the goal is 90 days", False),
        (90, "90 dager målet er 90 dager", "90 days the goal is 90 days", False),
        (91, "91 dager 1 dag over målet", "91 days 1 day over the goal", True),
    ],
)
def test_days_against_a_goal_are_told_in_words_too(days: int, norwegian: str, english: str, is_over: bool) -> None:
    bar = shown("{% day_bar days 90 %}", days=days).children[0]
    assert isinstance(bar, Element)
    assert " ".join(bar.text.split()) == norwegian
    assert bar["data-over"] == str(is_over).lower()
    assert " ".join(shown("{% day_bar days 90 %}", language="en", days=days).text.split()) == english


def test_a_bar_never_grows_out_of_its_place() -> None:
    for days in (0, -3, 45, 135, 4000):
        svg = shown("{% day_bar days 90 %}", days=days).one("svg")
        fill = svg.one("rect", _class="day-bar-fill")
        assert 0 <= float(fill["width"]) <= 96, "a number with a point, whatever the language"


ENTRIES = [
    TimelineEntry("Bosted", "Råde", date(2023, 11, 20), date(2024, 2, 12), source="UDI", known_on=date(2023, 11, 21)),
    TimelineEntry("Bosted", "Voss", date(2024, 2, 12), source="UDI"),
    TimelineEntry("Sak", "Vedtak", date(2024, 3, 2), is_point=True, source="UDI", known_on=date(2024, 3, 4)),
    TimelineEntry("Sak", "Utreise", date(2024, 4, 8), is_point=True),
]


def test_the_timeline_s_table_says_all_that_the_drawing_says() -> None:
    page = shown("{% timeline entries day %}", entries=ENTRIES, day=TODAY)
    rows = [[cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")]
    assert rows == [
        ["Bosted", "Råde", "20. november 2023 til og med 11. februar 2024", "UDI", "21. november 2023"],
        ["Bosted", "Voss", "fra 12. februar 2024", "UDI", ""],
        ["Sak", "Vedtak", "2. mars 2024", "UDI", "4. mars 2024"],
        ["Sak", "Utreise", "8. april 2024", "", ""],
    ]
    narrow, wide = page.all("svg")
    assert (narrow["viewbox"].split()[2], wide["viewbox"].split()[2]) == ("328", "1000")
    for drawing in (narrow, wide):
        assert "Tidslinje fra" in drawing["aria-label"]
        assert [label.text for label in drawing.all("text", _class="tl-label")] == ["Råde", "Voss", "Vedtak", "Utreise"]
        assert [title.text for title in drawing.all("title")] == [f"{row[1]}: {row[2]}" for row in rows]


def test_the_timeline_is_drawn_to_scale() -> None:
    drawing = timeline.draw(ENTRIES, TODAY)
    raade, voss, permit, departure = drawing.marks
    assert voss.x == pytest.approx(raade.x + raade.width, abs=0.2), "one stay begins where the other ends"
    unit = raade.width / (date(2024, 2, 12) - date(2023, 11, 20)).days
    assert permit.x - voss.x == pytest.approx((date(2024, 3, 2) - date(2024, 2, 12)).days * unit, abs=0.5)
    assert drawing.today_x is not None
    assert voss.x + voss.width == pytest.approx(drawing.today_x), "what still runs is drawn until today"
    assert (voss.is_open, permit.is_planned, departure.is_planned) == (True, False, True)
    assert [tick.label for tick in drawing.ticks] == [
        "desember 2023",
        "januar 2024",
        "februar 2024",
        "mars 2024",
        "april 2024",
    ]


def test_what_is_said_to_end_before_it_began_is_a_dot_on_the_day_it_began() -> None:
    entries = [TimelineEntry("Sak", "Tilbud", date(2024, 3, 14), date(2024, 3, 6))]
    drawing = timeline.draw(entries, TODAY)
    assert [mark.is_point for mark in drawing.marks] == [True]
    assert [row.when for row in drawing.rows] == ["14. mars 2024"]


@pytest.mark.parametrize("sheet", [timeline.DESK, timeline.PHONE])
def test_nothing_on_the_timeline_lies_on_top_of_something_else_or_outside(sheet: timeline.Sheet) -> None:
    entries = [
        TimelineEntry("Sak", f"En hendelse med lang tekst nummer {day}", date(2024, 3, day), is_point=True)
        for day in range(1, 15)
    ]
    drawing = timeline.draw(entries, TODAY, sheet)
    boxes = sorted((mark.y, *_reach(mark.text_x, mark.label, mark.anchor)) for mark in drawing.marks)
    for (row, _, ends), (next_row, begins, _) in pairwise(boxes):
        assert row != next_row or ends < begins
    assert all(begins >= 0 and ends <= sheet.width + 1 for _, begins, ends in boxes)
    assert max(mark.text_y for mark in drawing.marks) < drawing.bottom + timeline.AXIS


def _reach(x: float, words: str, anchor: str) -> tuple[float, float]:
    width = len(words) * timeline.LETTER
    return (x - width, x) if anchor == "end" else (x, x + width)


@pytest.mark.parametrize("sheet", [timeline.DESK, timeline.PHONE])
@pytest.mark.parametrize("months", range(1, 40))
def test_names_of_months_neither_meet_nor_reach_over_the_edge(sheet: timeline.Sheet, months: int) -> None:
    first = date(2026 - months // 12, 12 - months % 12, 5)
    entries = [TimelineEntry("Sak", "A", first, is_point=True), TimelineEntry("Sak", "B", date(2026, 12, 2))]
    ticks = timeline.draw(entries, date(2026, 12, 3), sheet).ticks
    assert ticks
    names = [_reach(tick.label_x, tick.label, tick.anchor) for tick in ticks]
    assert all(ends <= begins for (_, ends), (begins, _) in pairwise(names))


def test_words_at_the_right_edge_end_there_however_wide_the_letters_of_the_reader_are() -> None:
    """An estimate of the width has cut the last month's name in the fonts of some."""
    entries = [
        TimelineEntry("Sak", "Tilbud", date(2026, 10, 5), is_point=True),
        TimelineEntry("Sak", "Meldt at kommunen ikke kan vente", date(2026, 12, 2), is_point=True),
    ]
    page = shown("{% timeline entries day %}", entries=entries, day=date(2026, 12, 3))
    for drawing in page.all("svg"):
        edge = drawing["viewbox"].split()[2]
        for name in ("tl-label", "tl-today-label", *(("tl-tick-label",) if edge == "1000" else ())):
            last = drawing.all("text", _class=name)[-1]
            assert (last["x"], last["text-anchor"]) == (edge, "end")


def test_years_of_waiting_get_few_marks_on_the_scale() -> None:
    entries = [TimelineEntry("Sak", "Søknad", date(2009, 5, 1), is_point=True)]
    ticks = timeline.draw(entries, TODAY).ticks
    assert 3 <= len(ticks) <= timeline.DESK.most_ticks + 1
    assert all(len(tick.label) == 4 for tick in ticks), "years, not months"


def test_an_empty_timeline_says_so() -> None:
    page = shown("{% timeline entries day %}", entries=[], day=TODAY)
    assert page.text == "Ingenting er registrert på tidslinjen ennå."


def test_drawings_carry_no_style_that_the_security_policy_refuses() -> None:
    page = shown("{% timeline entries day %}{% day_bar 3 9 %}{% status_tag 'x' 'info' %}", entries=ENTRIES, day=TODAY)
    assert not [element for element in page.below() if "style" in element.attributes]
