"""Acts on an application: find out whom it is about, ask, answer, grant, refuse, tell, take back, links of parties."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from fotfeste.access.public import Compartment
from fotfeste.alternative.actions.asking import answer_acceptance, send_acceptance_request, send_preliminary_answer
from fotfeste.alternative.actions.deciding import (
    annul_grant,
    fitting_grounds,
    grant,
    refuse,
    register_move_in,
    withdraw_application,
)
from fotfeste.alternative.actions.matching import match_people, matches_of
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.types import (
    RefusalGround,
    WithdrawalCause,
)
from fotfeste.alternative.forms.applications import (
    YES,
    AnswerForm,
    GrantForm,
    MatchForm,
    MovedInForm,
    RefuseForm,
    SureForm,
    WithdrawForm,
)
from fotfeste.alternative.previews import refusal_in_words
from fotfeste.alternative.queries.applications import has_moved_in
from fotfeste.alternative.queries.facts import decisions_of
from fotfeste.alternative.rows import condition_rows, conditions_in_words
from fotfeste.alternative.views.applications import ANSWERS, APPLIES, DECIDES, WITH_CONDITIONS, OfApplication
from fotfeste.alternative.words_applications import GROUNDS
from fotfeste.alternative.words_pages import DECLINED_BECAUSE
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import ActView
from fotfeste.platform.words import short_day
from fotfeste.registry.public import MistakeForm, group_of, members_of, search


class ApplicationAct(OfApplication, ActView):
    """An act on the application in the address; the form carries the version that its page was opened on."""

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

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form; why there is none where its time is over."""
        reasons = self.too_late()
        return self._over(reasons) if reasons else super().get(request, **kwargs)

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


class GrantView(ApplicationAct):
    """UDI grants it."""

    shows = ApplicationAct.shows | WITH_CONDITIONS
    permission = DECIDES
    states = ("submitted",)
    form_class = GrantForm
    template_name = "alternative/applications/grant.html"

    def initial(self) -> dict[str, Any]:
        """Since they live there, or want to."""
        return super().initial() | {"starts_on": self.application.living_there_since or self.application.wanted_from}

    def form_arguments(self) -> dict[str, Any]:
        """Those who are known."""
        return {"people": [(each.subject_id, each.name) for each in self.people if each.subject_id]}

    def context(self) -> dict[str, Any]:
        """The conditions of each, and what follows."""
        decisions = decisions_of(self.application, self.day)
        return super().context() | {
            "title": _("Innvilg søknaden til %(name)s") % {"name": self.name},
            "submit_label": _("Innvilg"),
            "people": [{"row": each, "tables": condition_rows(decisions.get(each.pk))} for each in self.people],
            "consequences": [
                _("De bor der med støtte fra første dag. Er dagen ikke kommet, registrerer kommunen innflyttingen."),
                _("Kommunen får tilskudd for hver måned de bor der."),
                _("De får brevet på sitt eget språk, og ser svaret på lenken sin."),
            ],
        }

    def do(self, form: GrantForm) -> tuple[str, str]:
        """Grant it."""
        typed = form.cleaned_data
        grant(
            self.application.pk,
            starts_on=typed["starts_on"],
            person_ids=typed["persons"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.page_url, _("Søknaden er innvilget. Brevet er skrevet.")


class RefuseView(ApplicationAct):
    """UDI refuses it, on a ground that something in the application stands behind."""

    shows = ApplicationAct.shows | WITH_CONDITIONS
    permission = DECIDES
    needs_people = False
    form_class = RefuseForm
    template_name = "alternative/applications/refuse.html"

    @cached_property
    def grounds(self) -> frozenset[RefusalGround]:
        """Those that fit."""
        return fitting_grounds(self.application, self.day)

    def form_arguments(self) -> dict[str, Any]:
        """The grounds that fit."""
        return {"grounds": self.grounds}

    def context(self) -> dict[str, Any]:
        """What the letter says first, for each ground."""
        return super().context() | {
            "title": _("Avslå søknaden til %(name)s") % {"name": self.name},
            "submit_label": _("Avslå"),
            "is_severe": True,
            "previews": [
                (GROUNDS[each], refusal_in_words(self.application, each, self.at))
                for each in RefusalGround
                if each in self.grounds
            ],
            "is_known": self.application.subject_id is not None,
            "consequences": [
                _("Avslaget kan ikke klages på. Brevet sier det, og hva det ikke betyr."),
                _("De kan bli boende der de bor. Retten til bosetting endres ikke."),
            ],
        }

    def do(self, form: RefuseForm) -> tuple[str, str]:
        """Refuse it."""
        ground = RefusalGround(form.cleaned_data["ground"])
        refuse(self.application.pk, ground, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.page_url, _("Søknaden er avslått. Brevet sier først at de kan bli boende.")


class WithdrawView(ApplicationAct):
    """Staff write down that the applicants take it back; a grant too, before they have moved in."""

    permission = APPLIES
    states = (*LIVING, "granted")
    needs_people = False
    form_class = WithdrawForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Registrer at søknaden trekkes"),
            "submit_label": _("Trekk søknaden"),
            "is_severe": True,
            "consequences": [
                _("De får ikke plassen de er innvilget. De kan søke på nytt.")
                if self.application.state == "granted"
                else _("Søknaden blir ikke avgjort. De kan søke på nytt.")
            ],
        }

    def too_late(self) -> Sequence[str]:
        """Who has moved in does not take it back: the agreement is ended."""
        if self.application.state == "granted" and has_moved_in(self.application):
            return (sentence_for(Refused("moved_in_already")),)
        return super().too_late()

    def do(self, form: WithdrawForm) -> tuple[str, str]:
        """Take it back."""
        cause = WithdrawalCause(form.cleaned_data["cause"])
        withdraw_application(
            self.application.pk, cause, by=self.viewer, at=self.at, version=form.cleaned_data["version"]
        )
        return self._after(), _("Søknaden er trukket.")

    def _after(self) -> str:
        """The list, for a municipality that has no part in them any more."""
        is_own = self.viewer.may(DECIDES) or not self.viewer.may(ANSWERS)
        return self.page_url if is_own and self.viewer.may(DECIDES) else "/"


class MovedInView(ApplicationAct):
    """They have moved in: the stay begins."""

    permission = "alternative.follow_up"
    states = ("granted",)
    form_class = MovedInForm

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """The municipality, or UDI."""
        return (cls.permission, DECIDES)

    def initial(self) -> dict[str, Any]:
        """The day that was granted."""
        return super().initial() | {"on": self.application.starts_on}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Registrer at %(name)s har flyttet inn") % {"name": self.name},
            "submit_label": _("Registrer"),
            "consequences": [_("De bor der med støtte fra denne dagen, og kommunen får tilskudd.")],
        }

    def do(self, form: MovedInForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        register_move_in(self.application.pk, typed["on"], by=self.viewer, at=self.at, version=typed["version"])
        return self.page_url, _("Innflyttingen er registrert.")


class AnnulGrantView(ApplicationAct):
    """UDI takes back a grant that should not have been given."""

    permission = DECIDES
    states = ("granted",)
    form_class = MistakeForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Ta tilbake innvilgelsen"),
            "submit_label": _("Ta tilbake"),
            "is_severe": True,
            "consequences": [
                _("Oppholdet blir tatt bort, som om det aldri var. Tilskudd som er betalt, blir trukket eller krevd."),
                _("Søknaden skal avgjøres på nytt."),
            ],
        }

    def do(self, form: MistakeForm) -> tuple[str, str]:
        """Take it back."""
        typed = form.cleaned_data
        annul_grant(
            self.application.pk,
            reason=typed["reason"],
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.page_url, _("Innvilgelsen er tatt tilbake. Avgjør søknaden på nytt.")
