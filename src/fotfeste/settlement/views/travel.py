"""The pages of what follows from a journey: messages to the travel agent, and what came between."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.settlement.actions.booking import answer_booking, drop_booking, send_booking, write_booking
from fotfeste.settlement.actions.interruption import postpone_journey
from fotfeste.settlement.domain.types import BookingKind
from fotfeste.settlement.forms.request import YES
from fotfeste.settlement.forms.travel import (
    DROP,
    BookingAnswerForm,
    InterruptionForm,
    SendBookingForm,
    WriteBookingForm,
)
from fotfeste.settlement.queries.refusing import still_refusing
from fotfeste.settlement.queries.travel import Travel, travel_in, travelling
from fotfeste.settlement.rows_car import more_in_car
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.views.journey import OnTheWayView
from fotfeste.settlement.words_offers import municipality_named


class TravelActView(CaseActView):
    """An act on the travel of a household, which may be open when its case is over."""

    permission = "settlement.arrange_journey"

    @cached_property
    def travel(self) -> Travel:
        """What is booked, what came between and what is paid."""
        members = travelling(self.group_id, self.members, self.day)
        return travel_in(self.case, self.story, tuple(member.birth_date for member in members))

    def more_in_car(self) -> list[str]:
        """That more are said to be in the car than travel, where this is of the case that goes on."""
        journey = self.story.journey
        if journey is None or not journey.is_own_car or self.travel.case.pk != self.case.pk:
            return []
        return more_in_car(travel_in(self.case, self.story, refusing=still_refusing(self.group_id)))

    def is_open(self) -> bool:
        """Whether there is something to do here."""
        raise NotImplementedError

    def is_untimely(self) -> bool:
        """There must be something to do, and it must be the viewer's."""
        return self.story.case is None or not self.is_open() or self._is_the_centres()


class WriteBookingView(TravelActView):
    """The centre writes what the agent is to be told next."""

    form_class = WriteBookingForm

    def is_open(self) -> bool:
        """Something is to be told, or a draft is to be written anew; the agent may also be told of other needs."""
        is_agreed = self.travel.wanted() is not None
        return self.travel.to_tell() is not None or is_agreed

    def initial(self) -> dict[str, Any]:
        """What the agent was told before."""
        return super().initial() | {"needs": self.travel.told_needs}

    def context(self) -> dict[str, Any]:
        """What will be written."""
        return super().context() | {
            "title": _("Meldingen til reisebyrået om %(name)s") % {"name": self.name_within},
            "submit_label": _("Skriv meldingen"),
            "intro": _(
                "Teksten lages av reisen slik den er avtalt: hvor mange de er, barnas alder, bagasje og strekningene "
                "som mottaket betaler. Dere leser den før dere sender den."
            ),
            "consequences": [
                _("Ingenting er sendt ennå: dere sender teksten på e-post eller leser den opp i telefonen."),
                _("Det reisebyrået vet fra før, blir ikke sagt to ganger."),
            ],
        }

    def do(self, form: WriteBookingForm) -> tuple[str, str]:
        """Write it."""
        typed = form.cleaned_data
        write_booking(self.group_id, needs=typed["needs"], by=self.viewer, at=self.at, version=typed["version"])
        return reverse("send_booking", args=[self.reference]), _(
            "Meldingen er skrevet. Send den, og registrer det her."
        )


class SendBookingView(TravelActView):
    """The centre has sent the draft, or drops it."""

    form_class = SendBookingForm
    template_name = "settlement/journey/send_booking.html"

    def is_open(self) -> bool:
        """There is a draft."""
        return self.travel.draft is not None

    def initial(self) -> dict[str, Any]:
        """Today, to whom it went before."""
        before = [each.sent_to for each in self.travel.messages if each.sent_to]
        return super().initial() | {"sent_on": self.day, "sent_to": before[-1] if before else ""}

    def context(self) -> dict[str, Any]:
        """The text."""
        draft = self.travel.draft
        return super().context() | {
            "title": _("Send meldingen til reisebyrået"),
            "submit_label": _("Lagre"),
            "intro": _("Send teksten til reisebyrået på e-post eller telefon. Registrer så her at det er gjort."),
            "text": draft.text if draft else "",
            "consequences": [
                _("Teksten kan ikke endres når den er sendt."),
                _("Er reisen bestilt fra før, erstatter denne meldingen den forrige."),
            ],
        }

    def do(self, form: SendBookingForm) -> tuple[str, str]:
        """Send or drop."""
        typed, act = form.cleaned_data, {"by": self.viewer, "at": self.at, "version": form.cleaned_data["version"]}
        if typed["channel"] == DROP:
            drop_booking(self.group_id, **act)
            return self.back_url, _("Utkastet er forkastet. Reisebyrået vet ingenting om det.")
        send_booking(self.group_id, channel=typed["channel"], sent_to=typed["sent_to"], sent_on=typed["sent_on"], **act)
        return self.back_url, _("Meldingen er registrert som sendt. Registrer svaret når reisebyrået har svart.")


class AnswerBookingView(TravelActView):
    """The centre registers the agent's answer."""

    form_class = BookingAnswerForm
    template_name = "settlement/journey/answer_booking.html"

    def is_open(self) -> bool:
        """Something waits for an answer."""
        return self.travel.unanswered is not None

    def form_arguments(self) -> dict[str, Any]:
        """As many prices as legs were asked for."""
        sent = self.travel.unanswered if self.story.case is not None else None
        is_priced = sent is not None and sent.kind != BookingKind.CANCELLATION
        return {"legs": len(sent.content["legs"]) if is_priced and sent is not None else 0}

    def context(self) -> dict[str, Any]:
        """What was sent."""
        sent = self.travel.unanswered
        return super().context() | {
            "title": _("Svar fra reisebyrået"),
            "submit_label": _("Lagre svaret"),
            "text": sent.text if sent else "",
            "consequences": [_("Referansen og prisene blir stående på reisen.")],
        }

    def do(self, form: BookingAnswerForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        is_confirmed = typed["answer"] == YES
        answer_booking(
            self.group_id,
            is_confirmed=is_confirmed,
            agent_reference=typed["agent_reference"],
            prices_ore=form.prices if is_confirmed else (),
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        said = (
            _("Reisebyrået har bekreftet.") if is_confirmed else _("Svaret er lagret. Endre reisen og bestill på nytt.")
        )
        return self.back_url, said


class PostponeJourneyView(OnTheWayView):
    """Delayed, cancelled, fell ill: another day, or none yet."""

    permission = "settlement.arrange_journey"
    states = ("journey_agreed",)
    form_class = InterruptionForm

    def initial(self) -> dict[str, Any]:
        """It happened today."""
        return super().initial() | {"happened_on": self.day}

    def context(self) -> dict[str, Any]:
        """What stands, and what follows."""
        journey, to = self.story.journey, self.story.destination
        is_offered = self.story.offer is not None
        return super().context() | {
            "title": _("Reisen er utsatt: %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre"),
            "intro": _("Reisen til %(place)s er avtalt til %(day)s.")
            % {
                "place": municipality_named(to.name) if to else "",
                "day": in_words(journey.travels_on if journey else None),
            },
            "consequences": [
                _("Tilbudet står. Husstanden mister ikke bosettingen.")
                if is_offered
                else _("Avtalen med kommunen og IMDi står. Husstanden mister ikke bosettingen."),
                _("Kommunen ser den nye dagen, eller at den ikke er avtalt. Oppgaven deres flyttes."),
                _("Reisebyrået må få beskjed. Klokkeslettene må dere skrive på nytt under «Endre reisen»."),
                _("Blir bare noen av dem syke, utsettes reisen for alle: husstanden bosettes samlet."),
                _("Vil de ikke reise, er det ikke dette dere registrerer."),
            ],
        }

    def do(self, form: InterruptionForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        new_on = typed["new_on"] if typed["has_new_day"] == YES else None
        postpone_journey(
            self.group_id,
            kind=typed["kind"],
            happened_on=typed["happened_on"],
            new_on=new_on,
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        if new_on is None:
            stands = _("Tilbudet står.") if self.story.offer is not None else _("Avtalen med kommunen og IMDi står.")
            return self.back_url, f"{_('Reisen er utsatt. Avtal en ny dag med kommunen.')} {stands}"
        return self.back_url, _("Reisen er flyttet til %(day)s. Kommunen ser det nå.") % {"day": in_words(new_on)}
