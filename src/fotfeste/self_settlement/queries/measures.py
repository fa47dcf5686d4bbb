"""The measures of agreed self-settlement, as the viewer may see them."""

from collections import defaultdict

from django.db import connection

from fotfeste.directory.public import Organisation
from fotfeste.directory.reference import read
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.domain.measures import Measures, measures
from fotfeste.self_settlement.domain.places import Place


def measured(viewer: Viewer) -> Measures:
    """Of the whole country, all years together; small counts of others are hidden, and what would tell them. Three
    queries, four for a municipality.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM self_settlement_places()")
        places = [Place(str(number), *map(int, counts)) for number, *counts in cursor.fetchall()]
        cursor.execute("SELECT municipality, reason, many FROM self_settlement_noes()")
        noes: dict[str, dict[str, int]] = defaultdict(dict)
        for number, reason, many in cursor.fetchall():
            noes[str(number)][str(reason)] = int(many)
    centrality = {each.number: each.centrality for each in read.municipalities()}
    return measures(places, noes, centrality, own=_own(viewer))


def names() -> dict[str, str]:
    """The name of each municipality by its number."""
    return {each.number: each.name_nb for each in read.municipalities()}


def _own(viewer: Viewer) -> str | None:
    if viewer.organisation_kind != "municipality":
        return None
    found: str | None = Organisation.objects.values_list("municipality_id", flat=True).get(pk=viewer.organisation_id)
    return found
