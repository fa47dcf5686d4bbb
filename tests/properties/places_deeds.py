"""Who does what with a municipality's places: each act by the right people, on committed rows."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from typing import ClassVar

from fotfeste.accommodation.public import CentreType, NewOperation, OperatorKind, open_centre_operation
from fotfeste.allocation.actions.computing import compute_plan
from fotfeste.allocation.public import pin_group, plan_week, send_proposals
from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.figures import register_decision
from fotfeste.settlement.actions.places import reserve_places
from fotfeste.settlement.domain.places import SaidFigure
from fotfeste.settlement.public import (
    Capability,
    accept_request,
    agree_journey,
    annul_refusal,
    decline_request,
    make_offer,
    register_offer_answer,
    release_municipality,
    send_request,
    withdraw_offer,
    withdraw_request,
)
from tests.actions.settlement.stage import WEEK, depart, plan
from tests.conftest import Cast
from tests.properties.whole import rows


class Deeds:
    """Two municipalities, the households in the queue, and everybody who has to do with them."""

    cast: ClassVar[Cast]

    @property
    def municipalities(self) -> tuple[Viewer, Viewer]:
        """Levanger and Verdal."""
        return self.cast.municipality, self.cast.other_municipality

    def next_door(self) -> None:
        """The other centre is an integration centre, next to both municipalities."""
        centre = self.cast.other_centre.organisation_id
        operation = NewOperation(
            type=CentreType.INTEGRATION, operator=OperatorKind.PRIVATE, places=90, places_maximum=90, source="test"
        )
        with scope(self.cast.udi, self.cast.day):
            open_centre_operation(centre, operation, date(2023, 1, 1), by=self.cast.udi, at=self.cast.at)

    def ask(self, group: int, to: Viewer) -> object:
        """IMDi asks: whether or not there is room."""
        imdi = self.cast.imdi
        with scope(imdi, self.cast.day):
            return send_request(
                group, to.organisation_id, wanted_week=WEEK, reasoning="Slekt.", by=imdi, at=self.cast.at
            )

    def plan_for(self, groups: Collection[int], to: Viewer) -> str:
        """IMDi pins households to a municipality, where that is possible, and makes a plan; its reference."""
        imdi, at = self.cast.imdi, self.cast.at
        number = str(Organisation.objects.values_list("municipality_id", flat=True).get(pk=to.organisation_id))
        for group in groups:
            with suppress(Refused, NotFound), scope(imdi, self.cast.day):
                pin_group(group, number, reason="Avtalt.", by=imdi, at=at)
        with scope(imdi, self.cast.day):
            plan = plan_week(by=imdi, at=at)
            compute_plan(plan.pk, by=imdi, at=at)
        return plan.reference

    def send_plan(self, reference: str, groups: Collection[int]) -> object:
        """IMDi sends what a plan proposes for households."""
        imdi = self.cast.imdi
        with scope(imdi, self.cast.day):
            return send_proposals(reference, groups, despite="Avtalt.", by=imdi, at=self.cast.at)

    def say(self, group: int, who: Viewer, *, is_yes: bool) -> object:
        """A municipality answers."""
        with scope(who, self.cast.day):
            if is_yes:
                return accept_request(group, possible_week=WEEK, confirmed=list(Capability), by=who, at=self.cast.at)
            return decline_request(group, reason="no_housing", follows="not_until_reassessed", by=who, at=self.cast.at)

    def decide(self, who: Viewer, persons: int, minors: int) -> object:
        """A municipality registers what its council has decided."""
        said = SaidFigure(persons, min(minors, persons), self.cast.day, "sak")
        with scope(who, self.cast.day):
            return register_decision(2024, said, by=who, at=self.cast.at)

    def keep(self, who: Viewer, persons: int) -> object:
        """A municipality keeps places for the people of another centre."""
        with scope(who, self.cast.day):
            to = self.cast.other_centre.organisation_id
            return reserve_places(who.organisation_id, to, persons, year=2024, by=who, at=self.cast.at)

    def move_on(self, group: int) -> object:
        """The next step of those who have a municipality: offer, yes, journey, departure."""
        imdi, centre, day, at = self.cast.imdi, self.cast.centre, self.cast.day, self.cast.at
        match self.state(group):
            case "municipality_found":
                with scope(imdi, day):
                    return make_offer(group, week=WEEK, by=imdi, at=at)
            case "offered":
                return self.answer(group, accepts=True)
            case "accepted":
                with scope(centre, day):
                    return agree_journey(group, plan(), by=centre, at=at)
            case "journey_agreed":
                depart(self.cast, group)
        return None

    def answer(self, group: int, *, accepts: bool) -> object:
        """They say yes or no to their one offer."""
        centre, day = self.cast.centre, self.cast.day
        with scope(centre, day):
            return register_offer_answer(
                group,
                accepts=accepts,
                answered_on=day,
                answered_by_names="Olena",
                answer_language="uk",
                consequences_shown=True,
                guardian_name="Verge Vergesen",
                by=centre,
                at=self.cast.at,
            )

    def take_back(self, group: int) -> object:
        """IMDi lets go of whatever there is; or a no that nobody gave."""
        imdi = self.cast.imdi
        acts: Mapping[str, Callable[..., object]] = {
            "requested": withdraw_request,
            "municipality_found": release_municipality,
            "refused": lambda key, **by: annul_refusal(key, reason="wrong_choice", **by),
        }
        with scope(imdi, self.cast.day):
            act = acts.get(self.state(group))
            if act is not None:
                return act(group, by=imdi, at=self.cast.at)
            return withdraw_offer(group, reason="home_lost", by=imdi, at=self.cast.at)

    def state(self, group: int) -> str:
        """How far the case of a household has come."""
        [(state,)] = rows("SELECT state FROM settlement_settlementcase WHERE subject_id = %s", [group])
        return str(state)
