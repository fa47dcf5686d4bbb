"""The pages of the journey: agreed, asked of UDI, and answered."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.directory.public import ContactTopic, reached_line, route
from fotfeste.kernel.ages import is_adult
from fotfeste.platform import words
from fotfeste.settlement.actions.journey import (
    agree_journey,
    answer_travel_approval,
    ask_travel_approval,
)
from fotfeste.settlement.domain.journey import luggage_pieces
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.travel_facts import Hub, hub_of
from fotfeste.settlement.domain.travel_times import whole_way
from fotfeste.settlement.forms.journey import JourneyForm, TravelAnswerForm, TravelQuestionForm
from fotfeste.settlement.forms.request import YES
from fotfeste.settlement.models import Journey
from fotfeste.settlement.outside_week import outside_week
from fotfeste.settlement.queries.travel import clock_of, travelling
from fotfeste.settlement.rows import guardian_rows, week_text
from fotfeste.settlement.rows_journey import approval_rows, modes_in_words, times_of
from fotfeste.settlement.rows_luggage import hub_said, luggage_lines
from fotfeste.settlement.texts.travel import hubs, luggage_rules
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named

TRAVELLING = ("accepted", "journey_agreed")


class OnTheWayView(CaseActView):
    """An act on the journey of those who are to travel, also to what they found themselves."""

    def state_now(self) -> str:
        """Where they stand as those who travel."""
        return self.story.travel_state


class ArrangeJourneyView(OnTheWayView):
    """The journey as agreed with the municipality; again to change it."""

    permission = "settlement.arrange_journey"
    states = TRAVELLING
    form_class = JourneyForm
    template_name = "settlement/journey/arrange.html"

    def initial(self) -> dict[str, Any]:
        """The journey as it is, or the usual things."""
        start = super().initial()
        if self.story.journey is not None:
            is_computed = whole_way(times_of(self.story.legs)) == self.story.journey.minutes
            return start | _as_typed(self.story.journey, is_computed=is_computed) | self._legs_as_typed()
        centre = self.case.centre.name if self.case.centre else ""
        usual = luggage_pieces(self.day, book())
        return start | {
            "agreed_on": self.day,
            "luggage_pieces": usual,
            "leg_1_start": centre,
            "hub": self.hub.name if self.hub else "",
        }

    @cached_property
    def hub(self) -> Hub | None:
        """The hub that is proposed for the municipality."""
        number = self.story.destination.municipality_id if self.story.destination else None
        return hub_of(number, self.day, hubs()) if number else None

    def _legs_as_typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for leg in self.story.legs:
            prefix = f"leg_{leg.number}"
            typed |= {
                f"{prefix}_mode": leg.mode,
                f"{prefix}_start": leg.start,
                f"{prefix}_end": leg.end,
                f"{prefix}_price": leg.price_ore,
                f"{prefix}_operator": leg.operator,
                f"{prefix}_departs": clock_of(leg.departs_at),
                f"{prefix}_arrives": clock_of(leg.arrives_at),
            }
        return typed

    def context(self) -> dict[str, Any]:
        """The week that was agreed, whom to call, and what UDI has said."""
        offer, to = self.story.offer, self.story.destination
        arrival = route(to, ContactTopic.ARRIVAL, self.day) if to else None
        theirs = [] if offer is None else [_("Mottaket får en oppgave om å registrere avreisen samme dag.")]
        return super().context() | {
            "title": _("Reisen til %(name)s") % {"name": municipality_named(to.name) if to else ""},
            "submit_label": _("Lagre reisen"),
            "week": week_text(offer.week) if offer else "",
            "arrival": reached_line(to, arrival) if to and arrival else None,
            "guardians": guardian_rows(self.members, self.day),
            "approvals": approval_rows(self.story),
            "hub_said": hub_said(self.hub, to.name if to else ""),
            "operators": [rule.operator for rule in luggage_rules()],
            "luggage": luggage_lines(self.story.journey, self.story.legs),
            "declaration_url": reverse("own_car_declaration", args=[self.reference]),
            "ask_url": reverse("ask_travel_approval", args=[self.reference]),
            "consequences": [
                _("Kommunen får en oppgave om å forberede mottaket til reisedagen."),
                *(theirs or [_("Når de har flyttet inn, registrerer dere det. Reisedagen foreslås da.")]),
            ],
        }

    def do(self, form: JourneyForm) -> tuple[str, str]:
        """Agree it."""
        journey = agree_journey(
            self.group_id, form.plan(), by=self.viewer, at=self.at, version=form.cleaned_data["version"]
        )
        told = _("Reisen er avtalt til %(day)s. Kommunen ser den nå.") % {"day": words.day(journey.travels_on)}
        outside = outside_week(journey, self.story.offer)
        asked = self._asked_anew(form, journey)
        luggage = [line.text for line in luggage_lines(journey, journey.legs.all()) if line.is_warning]
        return self.back_url, " ".join(filter(None, (told, outside, asked, *luggage, *self._full_fares(journey))))

    def _asked_anew(self, form: JourneyForm, journey: Journey) -> str:
        """That the day on which the carriers were asked did not hold for one that has come since."""
        if form.cleaned_data["luggage_checked_on"] is None or journey.luggage_checked_on is not None:
            return ""
        return _(
            "Dagen selskapene ble spurt om bagasje, er tatt bort: et nytt selskap er kommet til. Er det spurt også, "
            "skriv dagen på nytt under «Endre reisen»."
        )

    def _full_fares(self, journey: Journey) -> list[str]:
        """That more of those in the car are under age than have a fare of their own, where all of them are in it."""
        on, members = journey.travels_on, travelling(self.group_id, self.members, self.day)
        minors = sum(not is_adult(each.birth_date, on) for each in members)
        own = journey.children_in_car + journey.infants_in_car
        if not journey.is_own_car or journey.persons_in_car != len(members) or own >= minors:
            return []
        said = ngettext(
            "%(count)d i bilen er under 18 år på reisedagen og regnes med voksenpris. Har barn lavere pris, skriver "
            "dere den under «Endre reisen».",
            "%(count)d i bilen er under 18 år på reisedagen og regnes med voksenpris. Har barn lavere pris, skriver "
            "dere den under «Endre reisen».",
            minors - own,
        )
        return [said % {"count": minors - own}]


def _as_typed(journey: Journey, *, is_computed: bool) -> dict[str, Any]:
    """A journey as its form shows it. How long it takes is nothing to type where the times of the legs tell."""
    hours, minutes = (None, None) if is_computed else divmod(journey.minutes, 60)
    copied = (
        "travels_on",
        "agreed_with",
        "agreed_on",
        "hub",
        "receiver",
        "has_food",
        "luggage_pieces",
        "luggage_checked_on",
        "booking_reference",
        "is_own_car",
        "persons_in_car",
        "self_declaration_signed_on",
        "green_card_valid_until",
        "children_in_car",
        "infants_in_car",
        "car_insurance",
        "customs_issued_on",
        "note",
    )
    return {name: getattr(journey, name) for name in copied} | {
        "hours": hours,
        "minutes": minutes,
        "ticket_price": journey.ticket_price_ore,
        "child_price": journey.child_price_ore if journey.children_in_car else None,
        "infant_price": journey.infant_price_ore if journey.infants_in_car else None,
    }


class AskTravelApprovalView(OnTheWayView):
    """The centre asks UDI to approve travelling otherwise than by public transport."""

    permission = "settlement.arrange_journey"
    states = TRAVELLING
    form_class = TravelQuestionForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Spør UDI om annen reisemåte for %(name)s") % {"name": self.name_within},
            "submit_label": _("Send spørsmålet"),
            "back_url": reverse("arrange_journey", args=[self.reference]),
            "back_label": _("Avtal reisen"),
            "intro": _(
                "Hovedregelen er kollektivtransport. Er ikke det hensiktsmessig, må UDI godkjenne skriftlig før dere "
                "bestiller. Egen bil krever ikke godkjenning, men egenerklæring og grønt kort."
            ),
            "consequences": [_("UDI får en oppgave om å svare."), _("Vent med å bestille til svaret er her.")],
        }

    def do(self, form: TravelQuestionForm) -> tuple[str, str]:
        """Ask."""
        typed = form.cleaned_data
        ask_travel_approval(
            self.group_id,
            modes=typed["modes"],
            explanation=typed["explanation"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("UDI er spurt. Vent med å bestille til svaret er her.")


class ApproveTravelView(OnTheWayView):
    """UDI answers."""

    permission = "settlement.approve_travel"
    states = TRAVELLING
    form_class = TravelAnswerForm

    def is_untimely(self) -> bool:
        """There must be a question to answer."""
        return super().is_untimely() or self.story.open_approval is None

    def context(self) -> dict[str, Any]:
        """The question."""
        asked = self.story.open_approval
        return super().context() | {
            "title": _("Reisemåte for %(name)s") % {"name": self.name_within},
            "submit_label": _("Send svaret"),
            "intro": _("Mottaket vil bestille %(modes)s. Mottaket skriver: %(text)s")
            % {"modes": modes_in_words(asked.modes), "text": asked.explanation}
            if asked
            else "",
        }

    def do(self, form: TravelAnswerForm) -> tuple[str, str]:
        """Answer."""
        typed = form.cleaned_data
        answer_travel_approval(
            self.group_id,
            approves=typed["answer"] == YES,
            udi_reference=typed["udi_reference"],
            text=typed["answer_text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Svaret er sendt til mottaket.")
