"""What is said of a municipality's places, each act with what there is before it."""

from datetime import date

from fotfeste.accommodation.public import CentreType, NewOperation, OperatorKind, open_centre_operation
from fotfeste.directory.public import Organisation
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.figures import register_decision, register_request_of_year
from fotfeste.settlement.actions.local_offers import declare_local_offers
from fotfeste.settlement.actions.places import declare_week_limit, reserve_places
from fotfeste.settlement.actions.resources import declare_resources
from fotfeste.settlement.domain.places import SaidFigure
from fotfeste.settlement.domain.types import LocalOfferKind, Offering, PlaceKind, WorkField
from tests.actions.settlement.stage import decided
from tests.conftest import Cast
from tests.properties.killed.scene import Keys, Scene

_WORK = LocalOfferKind.WORK
_SAID = SaidFigure(30, 3, date(2024, 3, 1), "Sak 24/117")


def figures_there(cast: Cast) -> Keys:
    """Levanger's council has decided."""
    decided("5037", 20, 2)
    return cast.municipality.organisation_id


def integration_centre(cast: Cast) -> Keys:
    """Voss is an integration centre, and its own municipality has decided."""
    decided("4621", 20, 2)
    operation = NewOperation(
        type=CentreType.INTEGRATION, operator=OperatorKind.PRIVATE, places=40, places_maximum=40, source="test"
    )
    with scope(cast.udi, cast.day):
        open_centre_operation(cast.centre.organisation_id, operation, date(2023, 1, 1), by=cast.udi, at=cast.at)
    voss = Organisation.objects.get(kind="municipality", municipality_id="4621")
    return voss.pk, cast.centre.organisation_id


PLACES = {
    "register_decision": Scene(figures_there, "municipality", lambda place, **by: register_decision(2024, _SAID, **by)),
    "register_request_of_year": Scene(
        figures_there, "imdi", lambda place, **by: register_request_of_year(place, 2024, _SAID, **by)
    ),
    "declare_week_limit": Scene(lambda cast: (), "municipality", lambda **by: declare_week_limit(8, **by)),
    "declare_local_offers": Scene(
        lambda cast: (),
        "municipality",
        lambda **by: declare_local_offers({_WORK: [Offering(WorkField.FOOD, "cook")]}, **by),
    ),
    "declare_resources": Scene(
        lambda cast: (), "municipality", lambda **by: declare_resources(dict.fromkeys(PlaceKind, 3), **by)
    ),
    "reserve_places": Scene(
        integration_centre, "imdi", lambda place, centre, **by: reserve_places(place, centre, 5, year=2024, **by)
    ),
}
