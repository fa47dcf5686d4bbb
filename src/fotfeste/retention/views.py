"""The administrators' page: what is kept for how long and by which rule, what is due, what the last runs did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterError, ParameterStatus
from fotfeste.platform.country_mark import is_marked
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import capital
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.book import book
from fotfeste.retention.domain.types import Outcome
from fotfeste.retention.queries import Ran, latest_runs
from fotfeste.retention.words import HELD_BECAUSE, KEPT, OUTCOMES, RULES, RuleWords


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as the page shows it."""

    words: RuleWords
    period: str
    source: str
    since_on: date
    status: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the newest run says of a rule."""

    what: str
    became: str
    number: int


class RetentionView(StaffView):
    """For those who keep users at the police, UDI and IMDi: rules and counts, nobody."""

    permission = "retention.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        found, is_broken = _rules()
        is_demo = _is_demo()
        runs = latest_runs()
        newest = runs[0] if runs else None
        context = {
            "rules": [_row(found.get(code, self.day), is_demo=is_demo) for code in rules.PERIODS],
            "is_broken": is_broken,
            "kept": KEPT,
            "newest": newest,
            "lines": list(_lines(newest)) if newest else [],
            "due": _due(newest) if newest else [],
            "ahead": found.get(rules.AHEAD, self.day).integer,
            "waits": _days(found.get(rules.ANNOUNCED, self.day).integer),
            "most": found.get(rules.MOST_HOUSEHOLDS, self.day).integer,
            "runs": [(each, each.of(Outcome.DONE), each.of(Outcome.ANNOUNCED), _left(each)) for each in runs],
        }
        return render(request, "retention/retention.html", context)


def _rules() -> tuple[ParameterBook, bool]:
    """The rules, and whether the installation's own could not be read: then the run does nothing."""
    own = settings.RETENTION_RULES
    try:
        return book(Path(own) if own else None), False
    except (ParameterError, OSError):
        return book(), True


def _is_demo() -> bool:
    """What the run asks too: the database itself."""
    with connection.cursor() as cursor:
        return is_marked(cursor)


def _row(rule: Parameter, *, is_demo: bool) -> RuleRow:
    period = ngettext("%(count)d måned", "%(count)d måneder", rule.integer) % {"count": rule.integer}
    if rule.unit == "days":
        period = _days(rule.integer)
    status, tone = _("ikke bekreftet: slettes ikke"), "warning"
    if rule.status is ParameterStatus.VERIFIED:
        status, tone = _("bekreftet"), "success"
    elif rule.code in rules.NOTHING_OF_ANYBODY:
        status, tone = _("trenger ingen bekreftelse"), "neutral"
    elif is_demo:
        status, tone = _("gjelder i demoen"), "info"
    # The installation's own ruling in its own words; that there is none is said in the reader's language.
    source = rule.source if rule.status is ParameterStatus.VERIFIED else str(RULES[rule.code].decides)
    return RuleRow(RULES[rule.code], period, source, rule.effective_from, status, tone)


def _days(count: int) -> str:
    return ngettext("%(count)d dag", "%(count)d dager", count) % {"count": count}


def _lines(ran: Ran) -> Iterator[Line]:
    """What the run did and left, and why, by rule."""
    for (rule, outcome, reason), number in sorted(ran.counts.items(), key=_in_order):
        if outcome in (Outcome.SOON, Outcome.ANNOUNCED, Outcome.WAITS):
            continue
        because = f": {HELD_BECAUSE[reason]}" if reason else ""
        yield Line(str(RULES[rule].purpose), capital(f"{OUTCOMES[outcome]}{because}"), number)


def _in_order(line: tuple[tuple[str, Outcome, str], int]) -> tuple[int, int, str]:
    rule, outcome, reason = line[0]
    return rules.PERIODS.index(rule), list(Outcome).index(outcome), reason


def _due(ran: Ran) -> Sequence[tuple[RuleWords, int, int]]:
    """By rule: how many are announced and wait, and how many more have a period that ends soon."""
    rows = [
        (RULES[code], ran.of_rule(code, Outcome.ANNOUNCED, Outcome.WAITS), ran.of_rule(code, Outcome.SOON))
        for code in rules.OF_HOUSEHOLDS
    ]
    return [row for row in rows if row[1] or row[2]]


def _left(ran: Ran) -> int:
    return ran.of(Outcome.HELD) + ran.of(Outcome.NOT_CONFIRMED) + ran.of(Outcome.LEFT_OVER) + ran.of(Outcome.FAILED)
