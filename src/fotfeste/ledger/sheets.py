"""The spreadsheets of the ledger: the same rows as on the pages."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fotfeste.ledger.models import RunTotal
from fotfeste.ledger.queries.rows import LineRow
from fotfeste.platform.spreadsheet import Sheet, Value, kroner_of


def total_sheet(totals: Iterable[RunTotal]) -> Sheet:
    """What a run comes to for each municipality, in kroner."""
    headings = [
        _("Kommune"),
        _("Linjer"),
        _("Sum av linjene (kr)"),
        _("Stod fra før (kr)"),
        _("Til utbetaling (kr)"),
    ]
    rows = (
        [
            total.municipality.name,
            total.line_count,
            kroner_of(total.net_ore),
            kroner_of(total.before_ore),
            kroner_of(total.payable_ore),
        ]
        for total in totals
    )
    return Sheet(_("Kommuner"), headings, rows)


def line_sheet(rows: Sequence[LineRow], *, with_municipality: bool) -> Sheet:
    """Every line with what it rests on, amounts in kroner."""
    headings = [
        _("Person"),
        _("Måned"),
        _("Beløp (kr)"),
        _("Slag"),
        _("Årsak"),
        _("Dager"),
        _("Sats (kr)"),
        _("Satsen gjelder fra"),
        _("Kilde for satsen"),
        _("Regel for måneden"),
        _("Meldt av"),
        _("Kjent fra"),
    ]
    if with_municipality:
        headings.insert(0, _("Kommune"))
    return Sheet(_("Linjer"), headings, (_cells(row, with_municipality=with_municipality) for row in rows))


def _cells(row: LineRow, *, with_municipality: bool) -> list[Value]:
    line = row.line
    cells: list[Value] = [
        row.person or _("ikke innsyn"),
        line.month,
        kroner_of(line.amount_ore),
        row.kind,
        row.cause,
        line.days,
        kroner_of(line.rate_amount_ore),
        line.rate_version,
        line.rate_source,
        line.month_rule,
        line.reported_by.name if line.reported_by else "",
        line.known_at,
    ]
    return [line.municipality.name, *cells] if with_municipality else cells
