"""Who waits for a municipality now, and how many are settled, in words: tables, pictures, sentences (INS-02)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.insight.cells import bars_of, count_cell, in_words, number, number_or_nothing, text
from fotfeste.insight.domain.figures import Count
from fotfeste.insight.domain.parameters import published
from fotfeste.insight.domain.pictures import Bar, Bars, Cell, Figure
from fotfeste.insight.domain.standing import Standing, waiting_by_family, waiting_by_step, waiting_for_decision
from fotfeste.insight.domain.waiting import Family, Step
from fotfeste.insight.queries.settlement import SettlementFigures
from fotfeste.insight.settlement_words import FAMILIES, STEPS
from fotfeste.kernel.errors import NoRule
from fotfeste.platform import words

PUBLISHED = ("insight.settled", "insight.settled_by_municipality")


def waiting(found: SettlementFigures) -> Figure:
    """Those who wait now, by what they wait for."""
    rows, everybody = waiting_by_step(found.waiting)
    early = waiting_for_decision(found.waiting)
    note = _("De som har fått vedtak. Over målet er de som har ventet lenger enn målet gir tid til.")
    if early.number:
        told = {"people": words.capital(in_words(early))}
        note = f"{note} {_('%(people)s til er på vei før vedtaket er kommet.') % told}"
    return Figure(
        code="waiting",
        title=_("De som venter nå, etter hva de venter på"),
        says=_most_say([(str(STEPS[step]), each) for step, each in rows]),
        columns=_columns(_("Venter på"), found.own),
        rows=_rows([*((_step(step), each) for step, each in rows), (_all(), everybody)], found.own),
        picture=_people([(_step(step), each) for step, each in rows]),
        note=note,
    )


def waiting_families(found: SettlementFigures) -> Figure:
    """Those who wait now, by who they are."""
    rows, everybody = waiting_by_family(found.waiting)
    return Figure(
        code="waiting_families",
        title=_("De som venter nå, etter hvem de er"),
        says=_most_say([(str(FAMILIES[family]), each) for family, each in rows]),
        columns=_columns(_("Hvem"), found.own),
        rows=_rows([*((_family(family), each) for family, each in rows), (_all(), everybody)], found.own),
        picture=_people([(_family(family), each) for family, each in rows]),
    )


def waiting_say(standing: Standing) -> str:
    """How many wait, and how many of them are over their goal."""
    if not standing.people.number:
        return _("Ingen venter på bosetting nå.")
    return _("Nå venter %(people)s på bosetting. Over målet: %(over)s.") % {
        "people": in_words(standing.people),
        "over": in_words(standing.over),
    }


def _most_say(rows: Sequence[tuple[str, Standing]]) -> str:
    label, most = max(rows, key=lambda row: row[1].people.number)
    if not most.people.number:
        return _("Ingen venter på bosetting nå.")
    return _("Flest: %(label)s (%(people)s).") % {"label": label, "people": in_words(most.people)}


def _columns(first: str, own: str) -> list[str]:
    return [first, _("Personer"), _("Over målet"), *([own] if own else [])]


def _rows(rows: Sequence[tuple[Cell, Standing]], own: str) -> list[tuple[Cell, ...]]:
    return [
        (label, count_cell(each.people), count_cell(each.over), *([number(each.own)] if own else []))
        for label, each in rows
    ]


def _step(step: Step) -> Cell:
    return text(str(STEPS[step]))


def _family(family: Family) -> Cell:
    return text(str(FAMILIES[family]))


def _all() -> Cell:
    return text(str(FAMILIES[None]))


def _people(rows: Sequence[tuple[Cell, Standing]]) -> Bars:
    most = max((standing.people.number for _label, standing in rows), default=0)
    bars = [
        Bar(label.shown, each.people.shown, in_words(each.people), is_marked=0 < each.people.number == most)
        for label, each in rows
    ]
    return bars_of(bars, _("Personer"), is_standing=False)


def years(found: SettlementFigures) -> Figure:
    """Everybody who is settled, by year, beside what is published of the whole country."""
    rows = [(_year(year, found.day), Count(people.country), people.own) for year, people in found.years]
    return Figure(
        code="years",
        title=_("Bosatte per år"),
        says=_years_say(rows),
        columns=[
            _("År"),
            _("Bosatte"),
            *([found.own] if found.own else []),
            _("Publisert av regjeringen"),
            _("Publisert av IMDi"),
        ],
        rows=[
            (
                label,
                count_cell(people),
                *([number(own)] if found.own else []),
                *(_published(code, year) for code in PUBLISHED),
            )
            for (label, people, own), (year, _people) in zip(rows, found.years, strict=True)
        ],
        picture=bars_of(
            [Bar(label.shown, people.shown, in_words(people)) for label, people, _own in rows],
            _("Bosatte"),
            is_standing=True,
        ),
        note=_(
            "Alle som er registrert bosatt her, også de som ble det uten en sak i køen. Ved siden av står det som er "
            "publisert for hele landet, så langt det er kjent. IMDis tall er summen av kommunene."
        ),
    )


def _years_say(rows: Sequence[tuple[Cell, Count, int]]) -> str:
    if not rows:
        return _("Ingen er registrert bosatt.")
    label, people, _own = rows[-1]
    return _("%(year)s: %(people)s bosatt.") % {"year": label.shown, "people": in_words(people)}


def _year(year: int, day: date) -> Cell:
    label = _("%(year)d til nå") % {"year": year} if year == day.year else str(year)
    return Cell(label, label)


def _published(code: str, year: int) -> Cell:
    """What is published of a year; a dash where nothing is known of it."""
    try:
        found = published().get(code, date(year, 1, 1))
    except NoRule:
        return number_or_nothing(None)
    if not found.note:
        return number(found.integer)
    part = _("%(number)s for en del av året") % {"number": words.number(found.integer)}
    return Cell(part, part)
