"""The pages where an offer is taken back, the household is told, and the municipality sees that it is over."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.platform import words
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import ActView
from fotfeste.settlement.actions.told import see_withdrawals
from fotfeste.settlement.actions.withdrawal import register_withdrawal_told, withdraw_offer
from fotfeste.settlement.forms.request import ConfirmForm
from fotfeste.settlement.forms.withdrawal import ToldForm, WithdrawOfferForm
from fotfeste.settlement.models import Withdrawal
from fotfeste.settlement.queries.withdrawals import request_name, withdrawals_for
from fotfeste.settlement.rows import week_text
from fotfeste.settlement.task_kinds_interview import TELL_WITHDRAWAL
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import CAME_TO, OFFER_CAUSES, WITHDRAWAL_REASONS, municipality_named
from fotfeste.worklist.public import open_tasks_about


class WithdrawOfferView(CaseActView):
    """IMDi takes the offer back, with a reason."""

    permission = "settlement.find_municipality"
    states = ("offered", "accepted", "journey_agreed")
    form_class = WithdrawOfferForm

    @property
    def municipality(self) -> str:
        """Whose offer it is."""
        offer = self.story.offer
        return municipality_named(offer.organisation.name) if offer else _("kommunen")

    def context(self) -> dict[str, Any]:
        """What will happen."""
        offer, journey = self.story.offer, self.story.journey
        consequences = [
            _("Tilbudet om %(name)s, %(week)s, gjelder ikke lenger.")
            % {"name": self.municipality, "week": week_text(offer.week) if offer else ""},
            _("Husstanden står igjen i køen og kan få et nytt tilbud. Ventetiden regnes fortsatt fra vedtaket."),
            _("%(name)s får beskjed og mister innsynet i husstanden med en gang.") % {"name": self.municipality},
            _("Mottaket får en oppgave om å fortelle det til husstanden."),
        ]
        if journey is not None:
            day = words.day(journey.travels_on)
            consequences.append(_("Reisen %(day)s gjelder ikke lenger. Mottaket må avbestille den.") % {"day": day})
        return super().context() | {
            "title": _("Trekk tilbudet om %(name)s tilbake") % {"name": self.municipality},
            "intro": _(
                "Bruk dette når kommunen ikke kan ta imot dem likevel. Er de allerede flyttet, er det for sent."
            ),
            "submit_label": _("Trekk tilbudet tilbake"),
            "is_severe": True,
            "consequences": consequences,
        }

    def do(self, form: WithdrawOfferForm) -> tuple[str, str]:
        """Withdraw."""
        name = self.municipality
        withdraw_offer(self.group_id, **self.reasoned(form))
        return reverse("find_municipality", args=[self.reference]), _(
            "Tilbudet om %(name)s er trukket tilbake. Mottaket og kommunen har fått beskjed. Finn en annen kommune."
        ) % {"name": name}


class TellWithdrawalView(CaseActView):
    """The centre registers that the household knows that its offer was taken back."""

    permission = "settlement.register_offer_answer"
    form_class = ToldForm

    def is_untimely(self) -> bool:
        """There must be something to tell."""
        return not any(task.kind == TELL_WITHDRAWAL for task in open_tasks_about(self.group_id))

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"told_on": self.day}

    def context(self) -> dict[str, Any]:
        """What was taken back and why, and what to say."""
        withdrawn = self.story.withdrawn[-1] if self.story.withdrawn else None
        reason = str(WITHDRAWAL_REASONS[withdrawn.withdrawal_reason]) if withdrawn else ""
        return super().context() | {
            "title": _("Fortell %(household)s at tilbudet er trukket tilbake") % {"household": self.name_within},
            "intro": _(
                "IMDi trakk tilbudet tilbake: %(reason)s. Det er ikke husstandens feil, og det regnes ikke som et nei."
            )
            % {"reason": reason},
            "submit_label": _("De har fått vite det"),
            "consequences_title": _("Husk"),
            "consequences": [
                _("Si at de beholder plassen på mottaket, og at ventetiden fortsatt regnes fra vedtaket."),
                _("Si at IMDi finner en annen kommune, og at de får et nytt tilbud."),
                _("Var reisen bestilt, må dere avbestille den. Bruk tolk når det trengs."),
            ],
        }

    def do(self, form: ToldForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        register_withdrawal_told(
            self.group_id, told_on=typed["told_on"], by=self.viewer, at=self.at, version=typed["version"]
        )
        return self.back_url, _("Registrert: husstanden vet at tilbudet er trukket tilbake.")


class WithdrawnRequestView(ActView):
    """What a municipality had with a household, when it ended and by whom. Nothing of the people is told."""

    permission = "settlement.answer_request"
    shows = frozenset({Compartment.SETTLEMENT})
    form_class = ConfirmForm
    template_name = "settlement/request/withdrawn.html"

    def whom(self) -> Whom:
        """The household that they had to do with: no reason is left that opens anything of it."""
        return Whom(self.told[0].subject_id, (), frozenset())

    @cached_property
    def told(self) -> list[Withdrawal]:
        """The notices about the household in the address, the newest first. Http404 where there is none."""
        found = withdrawals_for(self.viewer, str(self.kwargs["reference"]))
        if not found:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        """Each notice in words."""
        name = request_name(self.told[0].request_number)
        return {
            "title": _("%(request)s er ikke lenger hos dere") % {"request": name},
            "back_url": reverse("my_municipality"),
            "back_label": _("Vår kommune"),
            "submit_label": _("Jeg har sett det"),
            "is_unseen": any(told.seen_at is None for told in self.told),
            "told": [
                {
                    "name": request_name(told.request_number),
                    "sent_on": told.sent_on,
                    "came_to": CAME_TO[told.came_to],
                    "withdrawn_on": told.withdrawn_on,
                    "by": told.withdrawn_by.name,
                    "why": OFFER_CAUSES[told.cause],
                }
                for told in self.told
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Say that it is seen."""
        see_withdrawals(self.told[0].subject_id, by=self.viewer, at=self.at)
        return reverse("worklist"), _("Registrert: dere har sett at forespørselen er trukket tilbake.")
