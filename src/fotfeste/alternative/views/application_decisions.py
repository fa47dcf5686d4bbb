"""What UDI decides of an application: yes, no, taken back, moved in, and a yes that was a mistake."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.alternative.actions.deciding import (
    annul_grant,
    fitting_grounds,
    grant,
    refuse,
    register_move_in,
    withdraw_application,
)
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.types import (
    RefusalGround,
    WithdrawalCause,
)
from fotfeste.alternative.forms.applications import (
    GrantForm,
    MovedInForm,
    RefuseForm,
    WithdrawForm,
)
from fotfeste.alternative.previews import refusal_in_words
from fotfeste.alternative.queries.applications import has_moved_in
from fotfeste.alternative.queries.facts import decisions_of
from fotfeste.alternative.rows import condition_rows
from fotfeste.alternative.views.application_acts import ApplicationAct
from fotfeste.alternative.views.applications import ANSWERS, APPLIES, DECIDES, WITH_CONDITIONS
from fotfeste.alternative.words_applications import GROUNDS
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import MistakeForm


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
        decisions = decisions_of(self.application, self.people, self.day)
        return super().context() | {
            "title": _("Innvilg søknaden til %(name)s") % {"name": self.name},
            "submit_label": _("Innvilg"),
            "people": [{"row": each, "tables": condition_rows(decisions.get(each.pk))} for each in self.people],
            "consequences": [
                _("De bor der med støtte fra første dag. Er dagen ikke kommet, registrerer kommunen innflyttingen."),
                _("Kommunen får tilskudd for hver måned de bor der."),
                _("Den du ikke velger, får et eget avslag, med vilkåret som ikke er oppfylt."),
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
