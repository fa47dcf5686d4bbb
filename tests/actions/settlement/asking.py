"""IMDi asks, Levanger answers and decides: what tests of places do."""

from dataclasses import replace
from datetime import date

from fotfeste.accommodation.public import CentreType, NewOperation, OperatorKind, open_centre_operation
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.figures import register_decision
from fotfeste.settlement.domain.places import SaidFigure
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import (
    SettlementCase,
    SettlementRequest,
)
from fotfeste.settlement.public import (
    accept_request,
    decline_request,
    send_request,
)
from fotfeste.settlement.queries.load import NO_LOAD, Load, load_of_all
from tests.actions.settlement.stage import (
    WEEK,
)
from tests.conftest import Cast


def ask(cast: Cast, group: int, reasoning: str = "", week: Week | None = WEEK) -> SettlementRequest:
    """IMDi asks Levanger."""
    with scope(cast.imdi, cast.day):
        return send_request(
            group,
            cast.municipality.organisation_id,
            wanted_week=week,
            reasoning=reasoning,
            by=cast.imdi,
            at=cast.at,
        )


def say_yes(cast: Cast, group: int, week: Week = WEEK) -> None:
    """Levanger says yes."""
    with scope(cast.municipality, cast.day):
        accept_request(group, possible_week=week, confirmed=tuple(Capability), by=cast.municipality, at=cast.at)


def say_no(cast: Cast, group: int) -> None:
    """Levanger says no."""
    with scope(cast.municipality, cast.day):
        decline_request(group, reason="no_housing", follows="not_until_reassessed", by=cast.municipality, at=cast.at)


def decide(cast: Cast, persons: int, minors: int | None = None, year: int = 2024, version: int | None = None) -> None:
    """Levanger registers what its council has decided."""
    said = SaidFigure(persons, minors, cast.day, "Kommunestyret sak 24/117")
    with scope(cast.municipality, cast.day):
        register_decision(year, said, by=cast.municipality, at=cast.at, version=version)


def load(cast: Cast) -> Load:
    """What Levanger has settled, promised, holds and keeps."""
    return load_of_all(2024, cast.day).get(cast.municipality.organisation_id, NO_LOAD)


def change(cast: Cast, group: int, **columns: int) -> None:
    """The case is otherwise: more of them, or from another centre."""
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.filter(subject_id=group).update(**columns) == 1


def as_integration_centre(cast: Cast, centre: Viewer) -> None:
    """The centre is an integration centre, next to Levanger."""
    operation = NewOperation(
        type=CentreType.INTEGRATION, operator=OperatorKind.PRIVATE, places=40, places_maximum=40, source="test"
    )
    with scope(cast.udi, cast.day):
        open_centre_operation(centre.organisation_id, operation, date(2023, 1, 1), by=cast.udi, at=cast.at)


def centre_beside_levanger(cast: Cast) -> None:
    """An integration centre of its own, in Verdal, that Levanger can keep places for."""
    centre = Organisation.objects.create(
        kind=OrganisationKind.CENTRE, name="Verdal integreringsmottak", sort_key="verdal", municipality_id="5038"
    )
    as_integration_centre(cast, replace(cast.other_centre, organisation_id=centre.pk))
