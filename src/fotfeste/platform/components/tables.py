"""Tables that a narrow screen shows as a list of cards: each cell knows the heading of its column.

The roles are written out because a browser forgets that it is a table when the style sheet lays it out as blocks.
"""

import re

_ELEMENT = re.compile(
    r"<(?P<name>table|thead|tbody|tr)\b(?P<own>[^>]*)>"
    r"|<(?P<cell>th|td)\b(?P<attributes>[^>]*)>(?P<content>.*?)</(?P=cell)>",
    re.DOTALL,
)
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row"}
_SCOPES = {"col": "columnheader", "colgroup": "columnheader", "row": "rowheader", "rowgroup": "rowheader"}
_OF_COLUMNS = ("col", "colgroup")
_SCOPE = re.compile(r'\bscope="(\w+)"')
_SPAN = re.compile(r'\bcolspan="(\d+)"')
_ROWS = re.compile(r'\browspan="(\d+)"')
_MARKUP = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r'<span class="ds-sr-only">.*?</span>', re.DOTALL)


def for_narrow_screens(html: str) -> str:
    """The markup of tables with a role on every element, and on each cell its column's heading (`data-label`).

    A heading that only a screen reader reads labels no cell: what stands there says itself what it does.
    Nor does one label a cell over several columns: it belongs to none of them. A cell with nothing in it is marked
    (`data-empty`), so that it takes no line. Tables hold no tables, and what people have typed is escaped, so that
    every `<` is the template's own.
    """
    headings = _Headings()
    column = 0

    def written(found: re.Match[str]) -> str:
        nonlocal column, headings
        if (name := found["name"]) is not None:
            if name == "table":
                headings = _Headings()
            if name == "tr":
                headings.begin_row()
            column = 0
            return f'<{name}{found["own"]} role="{_ROLES[name]}">'
        attributes, content = found["attributes"], found["content"]
        scope = found_scope[1] if (found_scope := _SCOPE.search(attributes)) else ""
        if scope in _OF_COLUMNS:
            seen = " ".join(_MARKUP.sub("", _UNSEEN.sub("", content)).split())
            headings.add(seen, _number(_SPAN, attributes), _number(_ROWS, attributes))
        columns = _number(_SPAN, attributes)
        told = _told_of_cell(scope, content, headings.of(column) if columns == 1 else "")
        column += columns
        return f"<{found['cell']}{attributes}{told}>{content}</{found['cell']}>"

    return _ELEMENT.sub(written, html)


class _Headings:
    """What each column is called; a heading over several columns stands before their own."""

    def __init__(self) -> None:
        self._words: dict[int, list[str]] = {}
        self._taken: dict[int, int] = {}
        self._row = 0

    def begin_row(self) -> None:
        """A row of headings may be followed by one below it."""
        self._row += 1

    def add(self, words: str, columns: int, rows: int) -> None:
        """The next heading of this row: in the first column that no heading above reaches down into."""
        first = next(column for column in range(len(self._taken) + 1) if self._taken.get(column, 0) < self._row)
        for column in range(first, first + columns):
            self._words.setdefault(column, []).append(words)
            self._taken[column] = self._row + rows - 1

    def of(self, column: int) -> str:
        """Its heading; empty where it has none."""
        return ": ".join(self._words.get(column, ()))


def _number(sought: re.Pattern[str], attributes: str) -> int:
    found = sought.search(attributes)
    return int(found[1]) if found else 1


def _told_of_cell(scope: str, content: str, heading: str) -> str:
    """The attributes to add; a heading's text is markup already, so only its quotation marks are to be escaped."""
    told = f' role="{_SCOPES.get(scope, "cell")}"'
    if scope in _OF_COLUMNS:
        return told
    if not content.strip():
        return f"{told} data-empty"
    return told + (f' data-label="{heading.replace(chr(34), "&quot;")}"' if heading else "")
