"""The measures of agreed self-settlement, as the viewer may see them."""

from django.db import connection

from fotfeste.directory.public import Organisation
from fotfeste.directory.reference import read
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.domain.measures import Measures, Noes, measures
from fotfeste.self_settlement.domain.places import Place


def measured(viewer: Viewer) -> Measures:
    """Of the whole country, all years together; small counts of others are hidden, and
    what would tell them. Two queries, three for a
    municipality.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM self_settlement_places()")
        places = [Place(str(number), *map(int, counts)) for number, *counts in cursor.fetchall()]
        cursor.execute("SELECT reason, many, own FROM self_settlement_noes()")
        noes = {str(reason): Noes(int(many), int(own)) for reason, many, own in cursor.fetchall()}
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
