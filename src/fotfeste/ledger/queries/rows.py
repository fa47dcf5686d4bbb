"""Lines as pages and spreadsheets show them: the same rows, in the viewer's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fotfeste.kernel.calendar import Month
from fotfeste.ledger.models import Line
from fotfeste.ledger.queries.lines import names_of
from fotfeste.ledger.words import LINE_KINDS, cause_of_line


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as it is shown."""

    line: Line
    person: str  # empty where the viewer does not see who it is
    kind: str
    cause: str

    @property
    def month(self) -> str:
        """The month as it stands in addresses, `2024-03`."""
        return str(Month.of(self.line.month))


def line_rows(lines: Iterable[Line]) -> Sequence[LineRow]:
    """Lines with the names of the persons. One query more."""
    found = list(lines)
    names = names_of(line.subject_id for line in found)
    return [
        LineRow(line, names.get(line.subject_id, ""), str(LINE_KINDS[line.kind]), cause_of_line(line.cause))
        for line in found
    ]
