"""The centre writes down its talks, and who says yes after all."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.counselling import COUNSELS, register_acceptance, register_talk
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import AcceptForm, TalkForm
from fotfeste.refusal.views.acting import ForResidentsView


class TalkView(ForResidentsView):
    """A preventive talk."""

    permission = COUNSELS
    kinds = (Happening.TALK,)
    form_class = TalkForm

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"held_on": self.day}

    def context(self) -> dict[str, Any]:
        """What to remember."""
        return super().context() | {
            "submit_label": _("Lagre samtalen"),
            "consequences_title": _("Husk"),
            "consequences": [
                _("Forklar hva de mister og hva de beholder, og at de kan si ja til de har flyttet."),
                _("Bruk tolk når det trengs."),
                _("IMDi og UDI ser hva som ble forklart. Kommunen ser det ikke."),
            ],
        }

    def do(self, form: TalkForm) -> tuple[str, str]:
        """Write it down."""
        typed = form.cleaned_data
        register_talk(
            self.group_id,
            self.chosen(form),
            held_on=typed["held_on"],
            language=typed["language"],
            interpreter=typed["interpreter"],
            text=typed["text"],
            **self.said(form),
        )
        return self.page_url, _("Samtalen er skrevet ned.")


class AcceptanceView(ForResidentsView):
    """Somebody says yes after all."""

    permission = COUNSELS
    kinds = (Happening.ACCEPTED,)
    form_class = AcceptForm

    @cached_property
    def children(self) -> list[str]:
        """The public references of the children who came with an adult who may say yes for them."""
        if self.found is None:
            return []
        course = self.found.course
        adults = {each.id for each in course.adults(self.day)}
        own = {each.id for each in course.present() if not each.unaccompanied_minor} - adults
        return [
            each.reference for each in self.members if adults and str(each.subject_id) in own.intersection(self.due)
        ]

    def form_arguments(self) -> dict[str, Any]:
        """Whether children are ticked, so that the form says why."""
        return super().form_arguments() | {"are_children_chosen": bool(self.children)}

    def initial(self) -> dict[str, Any]:
        """Today; a parent's yes takes the children along, who cannot be left alone in the case."""
        return super().initial() | {"accepted_on": self.day, "residents": self.children}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {"consequences": list(self._follows())}

    def _follows(self) -> Iterator[str]:
        plan = self.shown.plan
        if plan.offer_stands:
            name = self.shown.refusal.organisation.name
            yield _("Tilbudet står: %(name)s holder det. Dere får oppgaven å avtale reisen.") % {"name": name}
        else:
            yield _("Kommunen har trukket tilbudet. De kommer tilbake i køen og venter på en annen kommune.")
        stopped = [name for name, period in plan.benefit_stops if period.end is None and period.start <= self.day]
        for name in stopped:
            if name in self.names:
                words = {"name": self.names[name], "day": in_words(self.day)}
                yield _("%(name)s får basisutbetaling igjen fra dagen hen sier ja, for eksempel fra %(day)s.") % words
        yield _("De som ikke sier ja, er fortsatt i saken med de samme fristene.")

    def do(self, form: AcceptForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        whom = self.chosen(form)
        register_acceptance(
            self.group_id, whom, accepted_on=typed["accepted_on"], text=typed["text"], **self.said(form)
        )
        return self.page_url, _("Registrert: de sier ja likevel.")
