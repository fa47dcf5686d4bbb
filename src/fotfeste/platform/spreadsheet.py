"""Spreadsheets to take along: numbers as numbers, days as days, and text that no spreadsheet takes for a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.http import HttpResponse

from fotfeste.kernel.calendar import OSLO

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTH = 18

type Value = str | int | Decimal | date | datetime | None


class Sheet:
    """One sheet of a spreadsheet: its title, its headings, its rows."""

    def __init__(self, title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Rows are read once, when the spreadsheet is written."""
        self.title = title
        self.headings = headings
        self.rows = rows


def harmless(text: str) -> str:
    """Text as text: what a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def kroner_of(ore: int | None) -> Decimal | None:
    """Whole øre as an amount in kroner, for a cell."""
    return None if ore is None else Decimal(ore) / 100


def spreadsheet(sheets: Iterable[Sheet]) -> bytes:
    """The file: a bold first row that stays in sight, then the rows."""
    import openpyxl  # a tenth of a second, for the few pages that ask for it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    bold = Font(bold=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title[:31])
        page.freeze_panes = "A2"
        for place in range(len(sheet.headings)):
            page.column_dimensions[chr(ord("A") + place)].width = _WIDTH
        head = []
        for words in sheet.headings:
            cell = WriteOnlyCell(page, value=harmless(words))
            cell.font = bold
            head.append(cell)
        page.append(head)
        for row in sheet.rows:
            page.append([_cell(value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_answer(name: str, content: bytes) -> HttpResponse:
    """The file as an answer that the browser saves under a name of ours."""
    return HttpResponse(
        content, content_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


def _cell(value: Value) -> object:
    """A value as a cell has it: an instant is the time on the wall in Norway, for a cell knows no zones."""
    if isinstance(value, datetime):
        return value.astimezone(OSLO).replace(tzinfo=None)
    return harmless(value) if isinstance(value, str) else value
