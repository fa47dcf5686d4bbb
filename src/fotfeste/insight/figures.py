"""The figures of a scheme in words: tables, pictures, and the sentence that says what they show (INS-01)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.insight.cells import bars_of, count_cell, in_words, kroner, number, quarter, text
from fotfeste.insight.domain.figures import Both, Count, GroupLine, Size
from fotfeste.insight.domain.pictures import Bar, Cell, Figure
from fotfeste.insight.queries.scheme import SchemeFigures
from fotfeste.platform import words

PEAKS = 2
LAST_WEEK = 8


def figures_of(found: SchemeFigures) -> tuple[Figure, ...]:
    """Every figure of the page, in its order."""
    return (
        applications(found),
        places(found),
        sizes(found),
        centralities(found),
        amounts(found),
        handling(found),
    )


def applications(found: SchemeFigures) -> Figure:
    """Applications by month of receipt; the two highest months are marked."""
    rows = found.applications
    highest = sorted((both.country for _day, both in rows), reverse=True)[:PEAKS]
    peaks = [day for day, both in rows if both.country in highest and both.country > 0][:PEAKS]
    return Figure(
        code="applications",
        title=_("Søknader per måned"),
        says=_applications_say(found, peaks),
        columns=_columns(_("Måned"), _("Søknader"), own=found.own),
        rows=[_row(text(words.month(day)), both, found.own) for day, both in rows],
        picture=bars_of(
            [Bar(words.month(day), both.country, words.number(both.country), day in peaks) for day, both in rows],
            _("Søknader"),
            is_standing=True,
        ),
        note=_("Måneden da søknaden kom. En søknad er for en husstand."),
    )


def _applications_say(found: SchemeFigures, peaks: Sequence[date]) -> str:
    if not peaks:
        return _("Ingen har søkt.")
    counts = dict(found.applications)
    parts = [
        _("%(month)s (%(count)s)") % {"month": words.month(day), "count": words.number(counts[day].country)}
        for day in peaks
    ]
    return _("%(all)s søknader i alt. Flest kom i %(months)s.") % {
        "all": words.number(found.received.country),
        "months": _(" og ").join(parts),
    }


def places(found: SchemeFigures) -> Figure:
    """The municipalities with most places; one's own is marked."""
    rows = found.places
    most = rows[0] if rows and rows[0].places.number else None
    says = _("Ingen har bodd på ordningen.")
    if most:
        says = _("%(people)s personer har bodd på ordningen i %(many)s kommuner. Flest i %(name)s.") % {
            "people": in_words(found.people),
            "many": words.number(found.municipalities),
            "name": most.municipality.name,
        }
    # One's own is never hidden from oneself.
    counts = [Count(each.places.number, is_own=True) if each.is_own else each.places for each in rows]
    return Figure(
        code="places",
        title=_("Kommuner med flest plasser"),
        says=says,
        columns=[_("Kommune"), _("Plasser")],
        rows=[(text(each.municipality.name), count_cell(count)) for each, count in zip(rows, counts, strict=True)],
        picture=bars_of(
            [
                Bar(each.municipality.name, count.shown, in_words(count), each.is_own)
                for each, count in zip(rows, counts, strict=True)
            ],
            _("Plasser"),
            is_standing=False,
        ),
        note=_(
            "En plass er en person. Færre enn 5 vises ikke, så ingen kan kjennes igjen. "
            "Heller ikke et tall som ville røpe hvor få de er."
        ),
    )


def sizes(found: SchemeFigures) -> Figure:
    """Places by the inhabitants of the municipality."""
    names = {
        Size.SMALL: _("Under 5 000 innbyggere"),
        Size.MIDDLE: _("5 000 til 19 999 innbyggere"),
        Size.LARGE: _("20 000 innbyggere og flere"),
    }
    return _grouped("sizes", _("Etter innbyggere i kommunen"), found.sizes, {str(s): n for s, n in names.items()})


def centralities(found: SchemeFigures) -> Figure:
    """Places by the centrality of the municipality."""
    names = {str(number): _("Klasse %(number)d") % {"number": number} for number in range(1, 7)}
    names["1"] = _("Klasse 1, mest sentral")
    names["6"] = _("Klasse 6, minst sentral")
    return _grouped("centralities", _("Etter sentralitet (SSB)"), found.centralities, names)


def _grouped(code: str, title: str, lines: Sequence[GroupLine], names: dict[str, str]) -> Figure:
    most = max(lines, key=lambda line: line.places.number)
    says = _("Ingen har bodd på ordningen.")
    if most.places.number:
        says = _("Flest plasser: %(name)s (%(count)s).") % {
            "name": names[most.code],
            "count": in_words(most.places),
        }
    return Figure(
        code=code,
        title=title,
        says=says,
        columns=[_("Kommuner"), _("Kommuner i alt"), _("Har hatt noen"), _("Plasser")],
        rows=[
            (
                text(names[line.code]),
                number(line.municipalities),
                # Where the places are left out, how many have had some could tell of them.
                number(line.with_places) if line.places.shown is not None else count_cell(line.places),
                count_cell(line.places),
            )
            for line in lines
        ],
        picture=bars_of(
            [Bar(names[line.code], line.places.shown, in_words(line.places), line is most) for line in lines],
            _("Plasser"),
            is_standing=False,
        ),
    )


def amounts(found: SchemeFigures) -> Figure:
    """Grants by the quarter of the months that they are for, corrections included, and sums of years."""
    rows: list[tuple[Cell, ...]] = []
    for year, total in found.years:
        rows += [_amounts(quarter(day), both, found.own) for day, both in found.quarters if day.year == year]
        rows.append(_amounts(_("%(year)d i alt") % {"year": year}, total, found.own))
    says = _("Ingenting er utbetalt.")
    if found.years:
        says = _("%(amount)s i alt fra %(first)s til %(last)s.") % {
            "amount": _millions(found.amount.country),
            "first": quarter(found.quarters[0][0]),
            "last": quarter(found.quarters[-1][0]),
        }
    return Figure(
        code="amounts",
        title=_("Tilskudd til kommunene"),
        says=says,
        columns=_columns(_("Periode"), _("Kroner"), own=found.own),
        rows=rows,
        picture=bars_of(
            [Bar(quarter(day), both.country / 100_000_000, _in_millions(both.country)) for day, both in found.quarters],
            _("Millioner kroner"),
            is_standing=True,
        ),
        note=_("Etter månedene tilskuddet er for, med rettelser. Bare godkjente kjøringer er med."),
    )


def handling(found: SchemeFigures) -> Figure:
    """From received to decided: how many within each week."""
    time = found.handling
    says = _("Ingen søknader er avgjort.")
    if time.median_days is not None:
        says = (
            ngettext(
                "Halvparten av søknadene var avgjort innen %(days)d dag.",
                "Halvparten av søknadene var avgjort innen %(days)d dager.",
                time.median_days,
            )
            % {"days": time.median_days}
            + " "
            + _("%(two)s %% innen to uker og %(month)s %% innen en måned.")
            % {
                "two": time.percent(time.within_two_weeks),
                "month": time.percent(time.within_a_month),
            }
        )
    rows = [_row(text(_week(week)), both, found.own) for week, both in found.weeks]
    return Figure(
        code="handling",
        title=_("Behandlingstid"),
        says=says,
        columns=_columns(_("Avgjort"), _("Søknader"), own=found.own),
        rows=rows,
        picture=bars_of(
            [Bar(_week(week), both.country, words.number(both.country), week <= PEAKS) for week, both in found.weeks],
            _("Søknader"),
            is_standing=True,
        ),
        note=_("Fra søknaden kom til UDI avgjorde den. Markert: innen to uker."),
    )


def _week(week: int) -> str:
    if week == LAST_WEEK:
        return _("uke %(week)d og senere") % {"week": week}
    return _("uke %(week)d") % {"week": week}


def _millions(ore: int) -> str:
    return _("%(number)s mill. kr") % {"number": _in_millions(ore)}


def _in_millions(ore: int) -> str:
    return words.number(round(ore / 100_000_000, 1))


def _columns(first: str, second: str, *, own: str) -> list[str]:
    """With the viewer's municipality beside the country, where they are of one."""
    return [first, second, own] if own else [first, second]


def _row(first: Cell, both: Both, own: str) -> tuple[Cell, ...]:
    cells = (first, number(both.country))
    return (*cells, number(both.own)) if own else cells


def _amounts(label: str, both: Both, own: str) -> tuple[Cell, ...]:
    cells = (text(label), kroner(both.country))
    return (*cells, kroner(both.own)) if own else cells
