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
_SCOPES = {"col": "columnheader", "row": "rowheader", "rowgroup": "rowheader"}
_SCOPE = re.compile(r'\bscope="(\w+)"')
_SPAN = re.compile(r'\bcolspan="(\d+)"')
_MARKUP = re.compile(r"<[^>]*>")


def for_narrow_screens(html: str) -> str:
    """The markup of tables with a role on every element, and on each cell its column's heading (`data-label`).

    A cell with nothing in it is marked (`data-empty`), so that it takes no line. Tables hold no tables, and what
    people have typed is escaped, so that every `<` is the template's own.
    """
    headings: list[str] = []
    column = 0

    def written(found: re.Match[str]) -> str:
        nonlocal column
        if (name := found["name"]) is not None:
            if name == "table":
                headings.clear()
            column = 0
            return f'<{name}{found["own"]} role="{_ROLES[name]}">'
        attributes, content = found["attributes"], found["content"]
        scope = _SCOPE.search(attributes)
        if scope is not None and scope[1] == "col":
            headings.append(" ".join(_MARKUP.sub("", content).split()))
        told = _told_of_cell(scope[1] if scope else "", content, headings[column] if column < len(headings) else "")
        span = _SPAN.search(attributes)
        column += int(span[1]) if span else 1
        return f"<{found['cell']}{attributes}{told}>{content}</{found['cell']}>"

    return _ELEMENT.sub(written, html)


def _told_of_cell(scope: str, content: str, heading: str) -> str:
    """The attributes to add; a heading's text is markup already, so only its quotation marks are to be escaped."""
    told = f' role="{_SCOPES.get(scope, "cell")}"'
    if scope == "col":
        return told
    if not content.strip():
        return f"{told} data-empty"
    return told + (f' data-label="{heading.replace(chr(34), "&quot;")}"' if heading else "")
