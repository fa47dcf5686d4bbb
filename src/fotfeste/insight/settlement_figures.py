"""Time to settlement in words: tables, pictures, and the sentence that says what they show (INS-02)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.insight.cells import bars_of, count_cell, in_words, number_or_nothing, quarter, text
from fotfeste.insight.domain.pictures import Bar, Bars, Cell, Figure
from fotfeste.insight.domain.waiting import (
    Days,
    Family,
    Step,
    Times,
    days_by_step,
    own_days_by_step,
    own_times_by_family,
    times_by_family,
    times_by_quarter,
)
from fotfeste.insight.queries.settlement import SettlementFigures, goal_months
from fotfeste.insight.settlement_words import FAMILIES, STEPS, days_cell, share_cell, share_in_words
from fotfeste.platform import words


def families(found: SettlementFigures) -> Figure:
    """Those of the last twelve months by who they are, against the goal of each."""
    times = times_by_family(found.recent)
    note = _(
        "Tiden går fra vedtaket til dagen de reiste til kommunen. Målene er fra Nasjonalt utvalg for bosetting. "
        "Overføringsflyktninger kommer rett til kommunen og er ikke med. "
        "Færre enn 5 vises ikke, så ingen kan kjennes igjen. Heller ikke et tall som ville røpe hvor få de er."
    )
    title = _("Hvem som ble bosatt, de siste 12 månedene")
    return _of_families("families", title, _families_say(times), times, found.day, note)


def own(found: SettlementFigures) -> Figure:
    """The same of those who were settled in the viewer's municipality."""
    title = _("Bosatt i %(name)s, de siste 12 månedene") % {"name": found.own}
    times = own_times_by_family(found.recent)
    return _of_families("own", title, settled_say(times[None]), times, found.day, "")


def settled_say(times: Times) -> str:
    """How many were settled in the last twelve months, how many within the goal, how fast half of them."""
    if not times.people.number:
        return _("Ingen er bosatt de siste 12 månedene.")
    told = {"people": in_words(times.people), "half": words.days(times.half or 0)}
    if times.share is None:
        return _("%(people)s ble bosatt de siste 12 månedene.") % told
    told["share"] = words.capital(share_in_words(times.share))
    return (
        _(
            "%(share)s av de %(people)s som ble bosatt de siste 12 månedene, ble det innen målet. "
            "Halvparten var bosatt innen %(half)s etter vedtaket."
        )
        % told
    )


def _families_say(times: Mapping[Family | None, Times]) -> str:
    shares = [(family, times[family]) for family in Family if times[family].share]
    if not shares:
        return _("Ingen tall som kan vises.")
    told = [f"{FAMILIES[family]} {share_cell(found).shown}" for family, found in shares]
    return _("Innen målet: %(shares)s.") % {"shares": ", ".join(told)}


def _of_families(
    code: str, title: str, says: str, times: Mapping[Family | None, Times], day: date, note: str
) -> Figure:
    return Figure(
        code=code,
        title=title,
        says=says,
        columns=[_("Hvem"), _("Mål"), *_time_columns()],
        rows=[(_name(each), _goal(each, day), *_time_cells(times[each])) for each in (*Family, None)],
        picture=_shares([(_name(family), times[family]) for family in Family], is_standing=False),
        note=note,
    )


def _name(family: Family | None) -> Cell:
    return text(str(FAMILIES[family]))


def _goal(family: Family | None, day: date) -> Cell:
    months = None if family is None else goal_months(day, has_minors=family is not Family.ADULTS)
    if months is None:
        return number_or_nothing(None)
    goal = _("%(months)d måneder") % {"months": months}
    return Cell(goal, goal)


def _time_columns() -> list[str]:
    return [_("Bosatte"), _("Halvparten innen (dager)"), _("9 av 10 innen (dager)"), _("Innen målet")]


def _time_cells(times: Times) -> tuple[Cell, ...]:
    return (
        count_cell(times.people),
        days_cell(times.half, times),
        days_cell(times.nine_in_ten, times),
        share_cell(times),
    )


def _shares(rows: Sequence[tuple[Cell, Times]], *, is_standing: bool) -> Bars:
    """Of bars that stand close together, one that is not shown has no words; the last one is what the text is about."""
    latest = max((place for place, (_label, times) in enumerate(rows) if times.share), default=None)
    bars = [
        Bar(
            label.shown,
            times.share.percent if times.share else None,
            share_cell(times).shown if times.share or not is_standing else "",
            is_marked=is_standing and place == latest,
        )
        for place, (label, times) in enumerate(rows)
    ]
    return bars_of(bars, _("Innen målet, prosent"), is_standing=is_standing)


def quarters(found: SettlementFigures, family: Family | None) -> Figure:
    """The same quarter by quarter; the one that is not over yet says so."""
    rows = [(_quarter(first_on, found.day), times) for first_on, times in times_by_quarter(found.settled, family)]
    told = [(label.shown, times) for label, times in rows if times.share]
    says = _("Ingen tall som kan vises.")
    if told:
        label, times = told[-1]
        says = _("%(quarter)s: %(share)s innen målet, og halvparten innen %(half)s.") % {
            "quarter": label,
            "share": share_cell(times).shown,
            "half": words.days(times.half or 0),
        }
    return Figure(
        code="quarters",
        title=_("Kvartal for kvartal, %(who)s") % {"who": FAMILIES[family]},
        says=says,
        columns=[_("Kvartal"), *_time_columns()],
        rows=[(label, *_time_cells(times)) for label, times in rows],
        picture=_shares(rows, is_standing=True),
        note=_("Etter kvartalet de reiste til kommunen i."),
    )


def _quarter(first_on: date, day: date) -> Cell:
    is_running = (first_on.year, (first_on.month + 2) // 3) == (day.year, (day.month + 2) // 3)
    return text(_("%(quarter)s, til nå") % {"quarter": quarter(first_on)} if is_running else quarter(first_on))


def steps(found: SettlementFigures, family: Family | None) -> Figure:
    """What those of the last twelve months waited for, and how long."""
    times, own_times = times_by_family(found.recent)[family], own_times_by_family(found.recent)[family]
    rows = days_by_step(found.steps, times, family)
    own_days = own_days_by_step(found.steps, own_times.people.number, family) if found.own else {}
    longest = max(rows, key=lambda row: row[1].mean or 0, default=None)
    shown = [(_step(step), days, own_days.get(step)) for step, days in rows]
    if rows:
        shown.append((text(_("hele veien")), times.days, own_times.days if found.own else None))
    return Figure(
        code="steps",
        title=_("Hva de ventet på, %(who)s") % {"who": FAMILIES[family]},
        says=_steps_say(longest, times),
        columns=[
            _("Ventet på"),
            _("Halvparten innen (dager)"),
            _("9 av 10 innen (dager)"),
            _("I snitt (dager)"),
            *([_("%(name)s, i snitt (dager)") % {"name": found.own}] if found.own else []),
        ],
        rows=[(label, *_step_cells(days, own)) for label, days, own in shown],
        picture=bars_of(
            [
                Bar(_step(step).shown, days.mean, words.number(days.mean), is_marked=(step, days) == longest)
                for step, days in rows
            ],
            _("Dager i snitt"),
            is_standing=False,
        ),
        note=_(
            "De som ble bosatt de siste 12 månedene. Dagene på et steg er lagt sammen der en ny kommune måtte spørres. "
            "Den som ikke var innom et steg, ventet ingen dager der."
        ),
    )


def _steps_say(longest: tuple[Step, Days] | None, times: Times) -> str:
    if longest is None:
        return _("Ingen tall som kan vises.")
    return _("Lengst ventet de på %(step)s: %(days)s av %(all)s dager i snitt.") % {
        "step": STEPS[longest[0]],
        "days": words.number(longest[1].mean),
        "all": words.number(times.days.mean),
    }


def _step(step: Step) -> Cell:
    return text(str(STEPS[step]))


def _step_cells(days: Days, own: Days | None) -> tuple[Cell, ...]:
    cells = (days.half, days.nine_in_ten, days.mean, *([own.mean] if own else []))
    return tuple(number_or_nothing(value) for value in cells)
