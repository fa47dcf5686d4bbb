"""The national overview as it is shown, to staff and to residents alike: search, filter, list, map, pages."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from fotfeste.directory.public import MAP_ATTRIBUTION
from fotfeste.directory.reference.read import counties
from fotfeste.directory.reference.records import CountyRecord
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.self_settlement.domain.terms import Stand, TargetGroup
from fotfeste.self_settlement.maps_terms import Standing, map_of, swatch
from fotfeste.self_settlement.queries.terms import Asked, MunicipalityTerms, all_terms, is_late, many_of, narrowed
from fotfeste.self_settlement.texts import Texts
from fotfeste.self_settlement.words_terms import row_of

PER_PAGE = 20  # beside a map, and short on a telephone
WITH_HELP = "help"
PAYS = "pays"
NEXT_HOME = {"they": True, "we": False}  # whether they find it themselves
LATE = "late"
type Choices = Sequence[tuple[str, str, bool]]


def asked_in(query: QueryDict) -> Asked:
    """What an address asks for; what it does not name rightly is not asked for."""
    county, stand, target = query.get("county", ""), query.get("stand", ""), query.get("target", "")
    return Asked(
        text=query.get("text", ""),
        county=county if any(each.number == county for each in counties()) else "",
        stand=Stand(stand) if stand in list(Stand) else None,
        target=TargetGroup(target) if target in list(TargetGroup) else None,
        deposit=query.get("deposit", "") == WITH_HELP,
        empty_rent=query.get("empty_rent", "") == PAYS,
        finds_next_home=NEXT_HOME.get(query.get("next_home", "")),
        late=query.get("review", "") == LATE,
    )


def overview(
    query: QueryDict, day: date, t: Texts, link: Callable[[str], str], own_id: int | None = None
) -> dict[str, Any]:
    """What the page shows. `link`: the address of a municipality's page, by its number; `own_id`: the organisation that
    answers for one of them, to be told how its own answer stands. Two queries.
    """
    asked, lines = asked_in(query), all_terms(day)
    found = narrowed(lines, asked)
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    return {
        "t": t,
        "asked": asked,
        "count": t["page"]["count"].format(count=len(found)),
        "rows": [(row_of(line, t), link(line.number)) for line in page.object_list],
        "many_late": sum(map(is_late, lines)),
        "choices": _choices(asked, t),
        "drawn": _drawn(lines, found, asked.county, t),
        "attribution": MAP_ATTRIBUTION,
        "own": next((row_of(line, t) for line in lines if line.organisation_id == own_id), None),
        **_pages(page, query, t),
    }


def _choices(asked: Asked, t: Texts) -> list[tuple[str, str, Choices]]:
    """Each select of the filter: its name, its label, and what can be chosen."""
    words = t["page"]
    by_name = sorted(counties(), key=lambda each: norwegian_sort_key(each.name))
    return [
        (
            "stand",
            words["stand"],
            _options(words["any_stand"], [(str(each), t["stand"][each]) for each in Stand], asked.stand or ""),
        ),
        ("county", words["county"], _options(words["any_county"], _named(by_name), asked.county)),
        (
            "target",
            words["target"],
            _options(
                words["any_target"], [(str(each), t["targets"][each]) for each in TargetGroup], asked.target or ""
            ),
        ),
        (
            "deposit",
            words["deposit"],
            _options(words["any_answer"], [(WITH_HELP, words["with_deposit"])], WITH_HELP if asked.deposit else ""),
        ),
        (
            "empty_rent",
            words["empty_rent"],
            _options(words["any_answer"], [(PAYS, words["with_empty_rent"])], PAYS if asked.empty_rent else ""),
        ),
        (
            "next_home",
            words["next_home"],
            _options(words["any_answer"], [(each, t["next_home"][each]) for each in NEXT_HOME], _next_home(asked)),
        ),
    ]


def _next_home(asked: Asked) -> str:
    return next((code for code, theirs in NEXT_HOME.items() if theirs is asked.finds_next_home), "")


def _named(records: Sequence[CountyRecord]) -> list[tuple[str, str]]:
    return [(each.number, each.name) for each in records]


def _options(anything: str, options: Sequence[tuple[str, str]], chosen: str) -> Choices:
    return [(code, words, code == chosen) for code, words in [("", anything), *options]]


def _drawn(
    lines: Sequence[MunicipalityTerms], found: Sequence[MunicipalityTerms], county: str, t: Texts
) -> dict[str, Any]:
    """The map of a county or the country; those that are not asked for are there without an answer."""
    looked_at, many = {line.number for line in found}, many_of(found)
    on_it = [line for line in lines if county in ("", line.county_number)]
    places: list[Standing] = [
        (line.number, line.stand if line.number in looked_at else None, f"{line.name}: {t['stand'][line.stand]}")
        for line in on_it
    ]
    place = on_it[0].county if county else t["page"]["country"]
    classes = ", ".join(f"{t['stand'][stand]}: {many[stand]}" for stand in Stand)
    says = t["page"]["map_says"].format(place=place, classes=classes)
    numbers = {line.number for line in on_it}
    return {
        "map": map_of(places, says, is_county=bool(county)),
        "classes": [
            (swatch(stand, numbers, is_county=bool(county)), t["stand"][stand], many[stand]) for stand in Stand
        ],
        "is_part": len(looked_at) < len(lines),
    }


def _pages(page: Page[Any], query: QueryDict, t: Texts) -> dict[str, Any]:
    """Where one is among the pages, and the addresses before and after."""

    def address(number: int) -> str:
        asked = query.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    many = page.paginator.num_pages
    return {
        "place": t["page"]["page"].format(page=page.number, pages=many) if many > 1 else "",
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
