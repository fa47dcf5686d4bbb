"""The pages of the offer and of the household's answer."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel.calendar import Week
from fotfeste.platform import words
from fotfeste.registry.public import guardians_of, unaccompanied_among
from fotfeste.settlement.actions.offer import make_offer, register_offer_answer
from fotfeste.settlement.domain.consequences import consequences_in, languages_without_text
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.forms.offer import OfferAnswerForm, OfferForm
from fotfeste.settlement.forms.request import YES
from fotfeste.settlement.queries.needs import needs_of_case, unconfirmed
from fotfeste.settlement.queries.ruled import training_on
from fotfeste.settlement.rows import answer_text, guardian_rows, week_text
from fotfeste.settlement.rows_places import week_limit_told
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named


class MakeOfferView(CaseActView):
    """IMDi makes the household's one offer."""

    permission = "settlement.find_municipality"
    states = ("municipality_found",)
    form_class = OfferForm
    template_name = "settlement/offer/make.html"

    def initial(self) -> dict[str, Any]:
        """The week that the municipality named."""
        living = self.story.living_request
        week = living.request.possible_week if living else ""
        return super().initial() | ({"week": Week.parse(week)} if week else {})

    def form_arguments(self) -> dict[str, Any]:
        """A box for each need that came after the municipality's yes."""
        living = self.story.living_request
        needed = needs_of_case(self.case, self.day).capabilities if living else ()
        return {"unconfirmed": unconfirmed(living.request, needed) if living else ()}

    def context(self) -> dict[str, Any]:
        """Which municipality, what it answered, and what will happen."""
        living = self.story.living_request
        name = municipality_named(living.request.organisation.name) if living else _("kommunen")
        return super().context() | {
            "title": _("Gi %(household)s tilbud om %(name)s") % {"household": self.name_within, "name": name},
            "submit_label": _("Gi tilbudet"),
            "answer": answer_text(living.request) if living else "",
            "consequences": [
                *(week_limit_told(living.request.organisation_id, name, self.day) if living else []),
                _("Dette er det ene tilbudet husstanden får. Det kan ikke klages på."),
                _("Husstanden får et brev med hvorfor, svarfristen og hva et nei betyr."),
                _("Mottaket får en oppgave om å gå gjennom tilbudet og registrere svaret.")
                if self.case.centre_id is not None
                else _("De bor ikke på mottak: IMDi går gjennom tilbudet med dem og registrerer svaret."),
                _("%(name)s ser at husstanden har fått tilbudet.") % {"name": name},
            ],
        }

    def do(self, form: OfferForm) -> tuple[str, str]:
        """Make it."""
        typed = form.cleaned_data
        make_offer(
            self.group_id,
            week=typed["week"],
            reasoning=typed["reasoning"],
            confirmed_since=[Capability(code) for code in typed.get("confirmed_since", ())],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        if self.case.centre_id is None:
            return self.back_url, _("Tilbudet er gitt. IMDi registrerer svaret: de bor ikke på mottak.")
        return self.back_url, _("Tilbudet er gitt. Mottaket har fått oppgaven med å registrere svaret.")


class OfferAnswerView(CaseActView):
    """The centre registers the household's answer; the consequences of a no stand on the page in their languages."""

    permission = "settlement.register_offer_answer"
    states = ("offered",)
    form_class = OfferAnswerForm
    template_name = "settlement/offer/answer.html"

    @cached_property
    def languages(self) -> list[str]:
        """The residents' languages, the adults' first."""
        spoken = (language for member in self.members for language in member.languages)
        return list(dict.fromkeys(spoken))

    def initial(self) -> dict[str, Any]:
        """Today, with the guardians that are registered."""
        guardians = guardians_of(self.alone) if self.alone else {}
        names = dict.fromkeys(guardian.name for guardian in guardians.values())
        return super().initial() | {"answered_on": self.day, "guardian_name": ", ".join(names)}

    @cached_property
    def alone(self) -> frozenset[int]:
        """Those who were unaccompanied minors when the offer was made, or are now: they do not answer alone."""
        offer = self.story.offer
        return unaccompanied_among(self.members, offer.decided_on if offer else self.day)

    def form_arguments(self) -> dict[str, Any]:
        """Their languages first."""
        return {"languages": self.languages, "is_unaccompanied": bool(self.alone)}

    def context(self) -> dict[str, Any]:
        """The offer, and what a no means, in Norwegian or English and in the residents' languages."""
        offer = self.story.offer
        missing = languages_without_text(self.languages)
        return super().context() | {
            "title": _("Svar på tilbudet til %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer svaret"),
            "municipality": municipality_named(offer.organisation.name) if offer else "",
            "week": week_text(offer.week) if offer else "",
            "guardians": guardian_rows(self.members, self.day),
            "texts": consequences_in(self.languages, staff_language=words.language(), training=training_on(self.day)),
            "without_text": [words.language_name(code) for code in missing],
        }

    def do(self, form: OfferAnswerForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        accepts = typed["answer"] == YES
        register_offer_answer(
            self.group_id,
            accepts=accepts,
            answered_on=typed["answered_on"],
            answered_by_names=typed["answered_by_names"],
            answer_language=typed["answer_language"],
            consequences_shown=typed["consequences_shown"],
            guardian_name=typed.get("guardian_name", ""),
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        if accepts:
            return self.back_url, _("Svaret er registrert. Ring kommunen og avtal flyttedato.")
        return self.back_url, _("Svaret er registrert som nei. IMDi og kommunen ser det.")
