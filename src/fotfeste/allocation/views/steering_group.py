"""Steering a household: pinned to a municipality, kept out of one, taken back."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.allocation.actions.steering import forbid_municipality, lift_steering, pin_group
from fotfeste.allocation.domain.score import in_tenths
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.domain.steering import PinNotPossible
from fotfeste.allocation.forms import ConfirmForm, MunicipalityForm
from fotfeste.allocation.models import Plan, SteeredGroup
from fotfeste.allocation.queries.choices import PinChoice, pin_choices
from fotfeste.allocation.queries.plans import municipality_names
from fotfeste.allocation.queries.steering import steering_named
from fotfeste.allocation.sentences_reasons import reason_sentence
from fotfeste.allocation.views.plans import computed_plan
from fotfeste.allocation.views.steering import OF_HOUSEHOLDS, by_name
from fotfeste.allocation.words import points
from fotfeste.allocation.words_steering import what_is_decided
from fotfeste.kernel.errors import Refused
from fotfeste.registry.public import ActOnHousehold

BEST_FITS = 5


class SteerGroupView(ActOnHousehold):
    """An act that steers the household of a proposal: the way back is the proposal."""

    permission: ClassVar[str] = PLAN_PERMISSION
    form_class = MunicipalityForm
    is_shown_late = False
    shows = frozenset({Compartment.IDENTITY})

    @cached_property
    def plan(self) -> Plan:
        """The plan in the address. Raises NotFound."""
        return computed_plan(self.viewer, str(self.kwargs["plan"]))

    @property
    def proposal_url(self) -> str:
        """The page of the proposal."""
        return reverse("proposal", args=[self.plan.reference, self.kwargs["reference"]])

    def way_back(self) -> tuple[str, str]:
        """The proposal."""
        return self.proposal_url, _("Forslaget")

    def initial(self) -> dict[str, Any]:
        """The municipality that the address names, where it can be chosen."""
        return super().initial() | {"municipality": self.request.GET.get("kommune", "")}

    def context(self) -> dict[str, Any]:
        """The way back, and the household."""
        return {"back_url": self.proposal_url, "back_label": _("Forslaget"), "intro": self.name}


class PinGroupView(SteerGroupView):
    """Pin the household to a municipality: those it can be settled in, by how they fit with all that is known of it."""

    shows = OF_HOUSEHOLDS | {Compartment.INTERVIEW, Compartment.NEEDS, Compartment.STAYS}

    @cached_property
    def choices(self) -> Sequence[PinChoice] | None:
        """Where they could be settled today; None where they are not in the queue."""
        return pin_choices(self.viewer, self.group_id, self.day)

    def too_late(self) -> Sequence[str]:
        """They are not in the queue any more, or can be settled nowhere."""
        if self.choices is None:
            return [_("Husstanden er ikke i køen lenger. Det er ingenting å styre.")]
        return () if self.choices else [_("Ingen kommune er mulig for husstanden nå. Se hvorfor i forslaget.")]

    def form_arguments(self) -> dict[str, Any]:
        """The best fits first, then all that are possible."""
        found = self.choices or ()
        best = sorted(found, key=lambda each: -each.total)[:BEST_FITS]
        in_words = [(each.number, f"{each.name}, {_points(each)}") for each in found]
        by_number = dict(in_words)
        return {
            "choices": [
                (_("Passer best"), [(each.number, by_number[each.number]) for each in best]),
                (_("Alle kommuner som er mulige"), in_words),
            ],
            "about": _("For eksempel hva som er avtalt, og med hvem. Skriv ikke om helse eller annet følsomt."),
        }

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Fest husstanden til en kommune"),
            "submit_label": _("Fest til kommunen"),
            "consequences": [
                _("Den neste planen foreslår denne kommunen, så lenge det er plass. Da går de foran andre."),
                _("Er det ikke plass, eller er kommunen stengt, sier planen det. De foreslås ikke et annet sted."),
                _("Det gjelder til du tar det bort, eller til kommunen er spurt."),
                _("Kommuner som ikke er mulige for husstanden, står ikke i listen."),
                _(
                    "Poengene i listen er som om ingen andre i planen skal dit. Skal andre også dit, blir det færre "
                    "poeng for spredt bosetting i forslaget."
                ),
            ],
        }

    def do(self, form: MunicipalityForm) -> tuple[str, str]:
        """Pin."""
        typed = form.cleaned_data
        try:
            pin = pin_group(self.group_id, typed["municipality"], reason=typed["reason"], by=self.viewer, at=self.at)
        except PinNotPossible as refused:
            why = " ".join(reason_sentence(reason, municipality_names()) for reason in refused.reasons)
            raise Refused("pin_not_possible_because", "municipality", {**refused.params, "why": why}) from refused
        return self.proposal_url, _("Husstanden er festet til %(place)s fra neste plan.") % {
            "place": pin.municipality.name
        }


def _points(choice: PinChoice) -> str:
    return points(in_tenths([choice.total])[0])


class ForbidMunicipalityView(SteerGroupView):
    """Keep the household out of a municipality."""

    def too_late(self) -> Sequence[str]:
        """Nothing hinders it."""
        return ()

    def form_arguments(self) -> dict[str, Any]:
        """All municipalities by name."""
        return {
            "choices": by_name(municipality_names()),
            "about": _("Bare de som lager planer og har innsyn i husstanden, ser det. Skriv ikke mer enn nødvendig."),
        }

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Utelukk en kommune for husstanden"),
            "submit_label": _("Utelukk"),
            "consequences": [
                _("Ingen ny plan foreslår kommunen for husstanden før du tar det bort, og ingen spør den fra en plan."),
                _("Det gjelder også når de kommer tilbake i køen etter et nei."),
            ],
        }

    def do(self, form: MunicipalityForm) -> tuple[str, str]:
        """Keep them out."""
        typed = form.cleaned_data
        kept_out = forbid_municipality(
            self.group_id, typed["municipality"], reason=typed["reason"], by=self.viewer, at=self.at
        )
        return self.proposal_url, _("%(place)s er utelukket for husstanden fra neste plan.") % {
            "place": kept_out.municipality.name
        }


class LiftSteeringView(ActOnHousehold):
    """Take back what was decided for a household."""

    permission: ClassVar[str] = PLAN_PERMISSION
    form_class = ConfirmForm
    is_shown_late = False
    shows = OF_HOUSEHOLDS

    @cached_property
    def steered(self) -> SteeredGroup:
        """What is to be taken back. Raises NotFound."""
        return steering_named(self.viewer, str(self.kwargs["steering"]))

    def way_back(self) -> tuple[str, str]:
        """What is steered."""
        return reverse("steering"), _("Styringen av planene")

    def too_late(self) -> Sequence[str]:
        """It is over."""
        return () if self.steered.ended_at is None else [_("Det er allerede tatt bort, eller kommunen er spurt.")]

    def context(self) -> dict[str, Any]:
        """What follows."""
        url, label = self.way_back()
        return {
            "title": _("Ta bort styringen"),
            "intro": f"{self.name}: {what_is_decided(self.steered)}. {self.steered.reason}",
            "submit_label": _("Ta bort"),
            "back_url": url,
            "back_label": label,
            "consequences": [_("Den neste planen ser bort fra dette. Planer som er laget, blir stående.")],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Take it back."""
        lift_steering(self.steered.reference, by=self.viewer, at=self.at)
        return reverse("steering"), _("%(what)s gjelder ikke lenger for %(name)s.") % {
            "what": what_is_decided(self.steered),
            "name": self.name_within,
        }
