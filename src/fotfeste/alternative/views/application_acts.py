"""Acts on an application before it is decided: find out whom it is about, ask, answer, tell that it takes time."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from fotfeste.access.public import Compartment
from fotfeste.alternative.actions.asking import answer_acceptance, send_acceptance_request, send_preliminary_answer
from fotfeste.alternative.actions.matching import match_people, matches_of
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.forms.applications import (
    YES,
    AnswerForm,
    MatchForm,
    SureForm,
)
from fotfeste.alternative.rows import conditions_in_words
from fotfeste.alternative.views.applications import ANSWERS, DECIDES, OfApplication
from fotfeste.alternative.words_pages import DECLINED_BECAUSE
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import ActView
from fotfeste.platform.words import short_day
from fotfeste.registry.public import group_of, members_of, search


class ApplicationAct(OfApplication, ActView):
    """An act on the application in the address; the form carries the version that its page was opened on."""

    is_shown_late = False
    states: ClassVar[tuple[str, ...]] = LIVING
    needs_people: ClassVar[bool] = True  # it must be known who they are
    title: ClassVar[str] = ""

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Of the act itself."""
        return (cls.permission,)

    @property
    def household_id(self) -> int | None:
        """Its events are told where somebody else was quicker."""
        return self.application.subject_id

    def initial(self) -> dict[str, Any]:
        """The application's version now."""
        return {"version": self.application.version}

    def context(self) -> dict[str, Any]:
        """The way back, and whom it is about."""
        return {"back_url": self.page_url, "back_label": self.name, "application": self.application, "day": self.day}

    def too_late(self) -> Sequence[str]:
        """Why it cannot be done any more."""
        if self.application.state not in self.states:
            return (sentence_for(Refused("application_is_answered")),)
        if self.needs_people and self.application.subject_id is None:
            return (sentence_for(Refused("not_matched")),)
        return ()

    def way_back(self) -> tuple[str, str]:
        """The application's page."""
        return self.page_url, self.name


class MatchView(ApplicationAct):
    """UDI says who the people are: by number and birth date, or chosen among those a search has found."""

    shows = ApplicationAct.shows | {Compartment.IDENTITY}
    permission = DECIDES
    needs_people = False
    form_class = MatchForm
    template_name = "alternative/applications/match.html"
    codes = r"row_\d+"

    @cached_property
    def matches(self) -> Mapping[int, int]:
        """The person that number and birth date lead to, for each row that they do for."""
        return matches_of(self.application.pk)

    @cached_property
    def candidates(self) -> list[tuple[int, str]]:
        """The members of every household that the numbers or a search lead to."""
        groups = {group.pk for person in self.matches.values() if (group := group_of(person, self.day))}
        if text := self.request.GET.get("q", "").strip():
            groups |= {found.group_id for found in search(self.viewer, text, self.day)[:10]}
        members = [member for group_id in sorted(groups) for member in members_of(group_id, self.day)]
        return [(each.subject_id, f"{each.name}, {short_day(each.birth_date)}") for each in members]

    def initial(self) -> dict[str, Any]:
        """Those who were found."""
        return super().initial() | {f"row_{row}": person for row, person in self.matches.items()}

    def form_arguments(self) -> dict[str, Any]:
        """Those in the application, and the persons to choose among."""
        return {"rows": [(each.pk, each.name) for each in self.people], "people": self.candidates}

    def context(self) -> dict[str, Any]:
        """What was typed of each, and what follows."""
        return super().context() | {
            "title": _("Hvem gjelder søknaden?"),
            "submit_label": _("Koble søknaden"),
            "people": self.people,
            "found": len(self.matches),
            "has_candidates": bool(self.candidates),
            "q": self.request.GET.get("q", ""),
            "consequences": [
                _("Kommunen får innsyn i husstanden fordi de søker om å bo der."),
                _("Den som ikke er funnet, blir stående slik det er skrevet, og kan ikke innvilges noe."),
            ],
        }

    def do(self, form: MatchForm) -> tuple[str, str]:
        """Connect them."""
        match_people(
            self.application.pk, chosen=form.chosen, by=self.viewer, at=self.at, version=form.cleaned_data["version"]
        )
        return self.page_url, _("Søknaden er koblet til husstanden.")


class AskView(ApplicationAct):
    """UDI asks the municipality."""

    permission = DECIDES
    states = ("submitted",)
    form_class = SureForm
    template_name = "alternative/applications/ask.html"

    def context(self) -> dict[str, Any]:
        """The municipality's own conditions, and what follows."""
        name = self.application.municipality.name
        return super().context() | {
            "title": _("Spør %(name)s") % {"name": name},
            "submit_label": _("Send forespørselen"),
            "conditions": conditions_in_words(self.application.municipality_id, self.day),
            "consequences": [
                _("%(name)s får en oppgave og et brev, og svarer ja eller nei.") % {"name": name},
                _("De som har søkt, ser på lenken sin at kommunen er spurt."),
            ],
        }

    def do(self, form: SureForm) -> tuple[str, str]:
        """Ask."""
        send_acceptance_request(self.application.pk, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        name = self.application.municipality.name
        return self.page_url, _("%(name)s er spurt. Svaret kommer som en oppgave.") % {"name": name}


class AnswerView(ApplicationAct):
    """The municipality answers UDI."""

    permission = ANSWERS
    states = ("at_municipality",)
    form_class = AnswerForm
    template_name = "alternative/applications/answer.html"

    def context(self) -> dict[str, Any]:
        """Who asks to live where, and what each answer means."""
        return super().context() | {
            "title": _("Svar UDI om %(name)s") % {"name": self.name},
            "submit_label": _("Send svaret"),
            "people": self.people,
            "conditions": conditions_in_words(self.application.municipality_id, self.day),
            "consequences": [
                _("Ja: UDI avgjør søknaden. Kommunen får tilskudd fra den dagen de bor der med støtte."),
                _("Nei: UDI avslår. De kan likevel bli boende, uten tilskudd fra ordningen."),
            ],
        }

    def do(self, form: AnswerForm) -> tuple[str, str]:
        """Answer."""
        typed = form.cleaned_data
        accepts = typed["answer"] == YES
        with override("nb"):  # what is kept is the same whoever reads it
            because = "" if accepts else f"{DECLINED_BECAUSE[typed['reason']]}. {typed['text']}".strip()
        answer_acceptance(
            self.application.pk,
            accepts=accepts,
            text=typed["text"] if accepts else because,
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return reverse("applications"), _("UDI har fått svaret.")


class PreliminaryView(ApplicationAct):
    """UDI tells them that it takes longer than a month."""

    permission = DECIDES
    form_class = SureForm

    def context(self) -> dict[str, Any]:
        """What the letter says."""
        return super().context() | {
            "title": _("Send foreløpig svar"),
            "submit_label": _("Send foreløpig svar"),
            "consequences": [
                _("De får et brev på sitt eget språk om at det tar tid, og hvem det ventes på."),
                _("Brevet sier at de kan bo der de bor mens de venter."),
            ],
        }

    def do(self, form: SureForm) -> tuple[str, str]:
        """Tell them."""
        send_preliminary_answer(self.application.pk, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.page_url, _("Foreløpig svar er skrevet.")
