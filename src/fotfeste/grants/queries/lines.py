"""The ledger's lines and municipalities in the words of the computing: numbers of municipalities, texts as keys."""

from collections.abc import Mapping

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.grants.domain.types import EarlierLine
from fotfeste.ledger.public import LineOnBook


def organisations_of() -> Mapping[str, int]:
    """The organisation of every municipality, by its official number. One query."""
    found = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality__isnull=False)
    return {str(number): pk for pk, number in found.values_list("pk", "municipality_id")}


def numbers_of() -> Mapping[int, str]:
    """The official number of every municipality, by its organisation. One query."""
    return {pk: number for number, pk in organisations_of().items()}


def earlier_line(line: LineOnBook, numbers: Mapping[int, str]) -> EarlierLine:
    """A line of the ledger as computing reads it; its key is the text of the ledger's."""
    return EarlierLine(
        str(line.id),
        str(line.run_id),
        str(line.subject_id),
        numbers[line.municipality_id],
        line.month,
        line.amount_ore,
    )
