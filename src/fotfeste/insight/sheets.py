"""The tables of a page as a spreadsheet (xlsx): a sheet for each, numbers as numbers."""

from collections.abc import Sequence
from io import BytesIO

from fotfeste.insight.domain.pictures import Figure

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST, _SHEET_NAME = 60, 31


def spreadsheet(figures: Sequence[Figure], heading: str) -> bytes:
    """A workbook of the figures' tables, each with its sentence and note."""
    import openpyxl  # a tenth of a second, for the one page that asks for it
    from openpyxl.styles import Font

    bold, book = Font(bold=True), openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = heading
    for figure in figures:
        sheet = book.create_sheet(figure.title[:_SHEET_NAME])
        for line in (heading, figure.title, figure.says, figure.note):
            if line:
                sheet.append([line])
        sheet.append([])
        sheet.append([str(column) for column in figure.columns])
        head = sheet.max_row
        for cell in sheet[head]:
            cell.font = bold
        for row in figure.rows:
            sheet.append([cell.value for cell in row])
        for place, column in enumerate(figure.columns):
            longest = max([len(str(column)), *(len(row[place].shown) for row in figure.rows)])
            sheet.column_dimensions["ABCDEFGH"[place]].width = min(_WIDEST, longest + 3)
        sheet.freeze_panes = f"A{head + 1}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
