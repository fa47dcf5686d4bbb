"""The list of candidates as the page shows it: those that fit, those that may, those that do not, by county."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Outcome
from fotfeste.kernel.errors import Refused
from fotfeste.platform.words import number
from fotfeste.settlement.domain.candidates import Candidate, reasons_to_tell
from fotfeste.settlement.sentences_declines import candidate_sentence

SORTS = ("name", "left", "distance", "ties")
SHOWN_AT_ONCE = 10  # of each group, where nothing is asked for: the best, on a phone too
ON_A_PAGE = 25
# Said once above the list, or by the figures beside it: not on every line.
SAID_ELSEWHERE = frozenset({"figures_of_earlier_year", "nothing_special_needed", "room", "room_for_minors"})


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A municipality as a line of the page."""

    name: str
    number: str
    county: str
    reasons: tuple[str, ...]
    left: str
    decided: str
    asked: int
    in_week: int
    ties: str
    distance_km: int | None
    outcome: str
    tone: str


def line_of(candidate: Candidate) -> CandidateLine:
    """A candidate in words."""
    figures = candidate.figures
    outcomes = {Outcome.YES: _("passer"), Outcome.UNKNOWN: _("uavklart"), Outcome.NO: _("passer ikke")}
    tones = {Outcome.YES: "success", Outcome.UNKNOWN: "info", Outcome.NO: "neutral"}
    unknown = _("ukjent")
    is_earlier = figures.decided_year is not None and figures.decided_year != figures.year
    decided = unknown if candidate.decided is None else number(candidate.decided)
    ties = ngettext("%(count)d nær relasjon", "%(count)d nære relasjoner", candidate.ties) % {"count": candidate.ties}
    return CandidateLine(
        name=candidate.name,
        number=candidate.number,
        county=candidate.county,
        reasons=tuple(
            candidate_sentence(reason) for reason in reasons_to_tell(candidate) if reason.code not in SAID_ELSEWHERE
        ),
        left=unknown if candidate.left is None else number(max(0, candidate.left)),
        decided=f"{decided} ({figures.decided_year})" if is_earlier and candidate.decided is not None else decided,
        asked=figures.asked,
        in_week=figures.in_week,
        ties=ties if candidate.ties else "",
        distance_km=candidate.distance_km,
        outcome=outcomes[candidate.fits.outcome],
        tone=tones[candidate.fits.outcome],
    )


@dataclass(frozen=True, slots=True)
class CandidateList:
    """What the address asks for: a county, a text, one of the groups, an order, a week."""

    county: str
    text: str
    fits: str
    sort: str
    week: Week | None
    week_typed: str
    is_week_wrong: bool
    page: str

    @classmethod
    def from_query(cls, query: QueryDict) -> "CandidateList":
        """Read from the address. A week that does not exist is told, not guessed."""
        typed = query.get("week", "").strip()
        week, is_wrong = _week(typed)
        sort = query.get("sort", "left")
        return cls(
            county=query.get("county", ""),
            text=query.get("text", "").strip(),
            fits=fits if (fits := query.get("fits", "")) in list(Outcome) else "",
            page=query.get("page", ""),
            sort=sort if sort in SORTS else "left",
            week=week,
            week_typed=typed,
            is_week_wrong=is_wrong,
        )

    def context(self, found: Sequence[Candidate]) -> Mapping[str, Any]:
        """The groups of lines and what the filter needs."""
        shown = sorted((each for each in found if self._is_wanted(each)), key=self._key)
        groups = [
            (Outcome.YES, _("Disse passer"), _("passer")),
            (Outcome.UNKNOWN, _("Disse kan passe: noe er ukjent"), _("kan passe: noe er ukjent")),
            (Outcome.NO, _("Disse passer ikke"), _("passer ikke")),
        ]
        many_fit = Counter(each.county for each in found if each.fits.is_yes)
        return {
            "groups": [
                self._group(outcome, title, [each for each in shown if each.fits.outcome is outcome])
                for outcome, title, _words in groups
                if self.fits in ("", outcome.value)
            ],
            "is_of_earlier_year": any(each.figures.decided_year not in (None, each.figures.year) for each in found),
            "counties": [(county, many_fit[county]) for county in sorted({each.county for each in found})],
            "wanted": self,
            "fits": [(outcome.value, words) for outcome, _title, words in groups],
            "count": len(shown),
            "sorts": [
                ("left", _("Mest plass")),
                ("name", _("Navn")),
                ("distance", _("Avstand fra mottaket")),
                ("ties", _("Tilknytning")),
            ],
        }

    def _group(self, outcome: Outcome, title: str, found: Sequence[Candidate]) -> Mapping[str, Any]:
        """The first lines at once, and where all are; page by page where one group is asked for. What holds for all of
        them is said once.
        """
        is_narrowed = bool(self.county or self.text or self.fits)
        page = Paginator(found, ON_A_PAGE if is_narrowed else SHOWN_AT_ONCE).get_page(self.page if self.fits else 1)
        common, lines = _said_of_all([line_of(each) for each in found])
        shown = lines[max(0, page.start_index() - 1) : page.end_index()]
        return {
            "code": outcome.value,
            "title": title,
            "table_label": _("Tabell: %(title)s") % {"title": title},
            "count": len(found),
            "is_open": outcome is Outcome.YES or is_narrowed,
            "common": common,
            "lines": shown,
            "has_reasons": any(line.reasons for line in shown),
            "has_asked": any(line.asked for line in shown),
            "has_ties": any(line.ties for line in shown),
            "page": page if self.fits else None,
            "all": "" if self.fits or not page.has_next() else self._address_of(outcome),
        }

    def _address_of(self, outcome: Outcome) -> str:
        """The address of one group alone, narrowed as here."""
        asked = {"county": self.county, "text": self.text, "week": self.week_typed, "sort": self.sort}
        return urlencode({"fits": outcome.value} | {name: value for name, value in asked.items() if value})

    def _is_wanted(self, candidate: Candidate) -> bool:
        text = self.text.casefold()
        return (not self.county or candidate.county == self.county) and (
            not text or text in candidate.name.casefold() or candidate.number.startswith(text)
        )

    def _key(self, candidate: Candidate) -> tuple[float, str]:
        left = candidate.left
        orders = {
            "left": float("inf") if left is None else float(-left),
            "name": 0.0,
            "distance": float("inf") if candidate.distance_km is None else float(candidate.distance_km),
            "ties": float(-candidate.ties),
        }
        return orders[self.sort], candidate.sort_key


def _said_of_all(lines: Sequence[CandidateLine]) -> tuple[Sequence[str], Sequence[CandidateLine]]:
    """What is said of every line of several, and the lines without it."""
    if len(lines) < 2:  # of one alone it stands beside its name
        return (), lines
    common = [said for said in lines[0].reasons if all(said in line.reasons for line in lines)]
    return common, [replace(line, reasons=tuple(said for said in line.reasons if said not in common)) for line in lines]


def _week(typed: str) -> tuple[Week | None, bool]:
    """The week typed as `2024-W14` or `14 2024`, and whether what was typed is no week."""
    if not typed:
        return None, False
    try:
        return Week.parse(typed), False
    except Refused:
        number, _space, year = typed.partition(" ")
        if not (number.isdecimal() and year.strip().isdecimal()):
            return None, True
    try:
        return Week(int(year), int(number)), False
    except (Refused, ValueError):
        return None, True
