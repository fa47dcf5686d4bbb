"""What stands around a list: pages, sorting, and days against a goal."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext

from fotfeste.platform import words

BAR_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Step:
    """One number in the row of pages; without an address it stands for those left out."""

    number: int | str
    url: str
    is_current: bool


def steps(page: Page[Any], query: QueryDict) -> list[Step]:
    """The first, the last and the pages around this one, each with the same filters and order."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        Step(number, with_parameter(query, "page", number) if isinstance(number, int) else "", number == page.number)
        for number in numbers
    ]


def with_parameter(query: QueryDict, name: str, value: object) -> str:
    """The address of this list with one parameter changed."""
    changed = query.copy()
    changed[name] = str(value)
    return "?" + changed.urlencode()


def direction_of(key: str, current: str) -> str:
    """How the list is sorted by a column: ascending, descending, or not by it (empty)."""
    if current == key:
        return "ascending"
    return "descending" if current == f"-{key}" else ""


def sort_url(query: QueryDict, key: str, current: str) -> str:
    """The address that sorts by a column, the other way when it is sorted by it already; back on the first page."""
    changed = query.copy()
    changed.pop("page", None)
    return with_parameter(changed, "sort", f"-{key}" if current == key else key)


@dataclass(frozen=True, slots=True)
class DayBar:
    """Days against a goal: the bar's measures in its own units, and the same in words."""

    filled: float
    goal_at: float
    is_over: bool
    in_words: str
    against_goal: str


def day_bar(days: int, goal: int) -> DayBar:
    """The bar; its full width is one and a half times the goal."""
    longest = goal * 1.5 or 1
    over = days - goal
    against = (
        gettext("%(days)s over målet") % {"days": words.days(over)}
        if over > 0
        else gettext("målet er %(days)s") % {"days": words.days(goal)}
    )
    return DayBar(
        filled=round(min(max(days, 0) / longest, 1) * BAR_WIDTH, 1),
        goal_at=round(goal / longest * BAR_WIDTH, 1),
        is_over=over > 0,
        in_words=words.days(days),
        against_goal=against,
    )
