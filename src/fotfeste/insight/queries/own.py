"""The viewer's own municipality, beside which the country's figures stand."""

from collections.abc import Mapping

from fotfeste.directory.public import Organisation
from fotfeste.directory.reference import read
from fotfeste.insight.domain.figures import Municipality
from fotfeste.platform.viewer import Viewer


def municipalities() -> Mapping[str, Municipality]:
    """Every municipality by its number."""
    return {m.number: Municipality(m.number, m.name_nb, m.population, m.centrality) for m in read.municipalities()}


def own_number(viewer: Viewer) -> str | None:
    """The number of the viewer's municipality; None for who is of none. One query for those alone."""
    if viewer.organisation_kind != "municipality":
        return None
    found: str | None = Organisation.objects.values_list("municipality_id", flat=True).get(pk=viewer.organisation_id)
    return found
