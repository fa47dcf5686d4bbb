"""What is done to a run: checked, approved, paid, stopped; and who is asked for money back after it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.directory.public import Organisation
from fotfeste.ledger.actions.claims import open_claim
from fotfeste.ledger.actions.runs import approve_run, check_run, pay_run, stop_run
from fotfeste.ledger.domain.deadlines import due_after, is_small
from fotfeste.ledger.domain.states import RUN
from fotfeste.ledger.forms.claims import NoticeForm
from fotfeste.ledger.forms.runs import ConfirmForm, StopForm
from fotfeste.ledger.models import Run
from fotfeste.ledger.queries.balances import claims_to_propose
from fotfeste.ledger.queries.runs import payable_of, run_of
from fotfeste.ledger.views.runs import title_of
from fotfeste.ledger.words import RUN_STATES
from fotfeste.platform.forms import ActForm
from fotfeste.platform.views import ActView
from fotfeste.platform.words import day, kroner


class RunActView(ActView):
    """A step of a run. `step` is its name in the workflow."""

    form_class: ClassVar[type[ActForm]] = ConfirmForm
    step: ClassVar[str]
    is_shown_late = False

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Those of the step."""
        return sorted({permission for each in RUN.transitions if each.name == cls.step for permission in each.who})

    @property
    def reference(self) -> str:
        """The run in the address."""
        return str(self.kwargs["reference"])

    @cached_property
    def run(self) -> Run:
        """The run. Raises NotFound."""
        return run_of(self.viewer, self.reference)

    def too_late(self) -> Sequence[str]:
        """Somebody else has taken the run further."""
        if any(step.name == self.step for step in RUN.available(self.run.state)):
            return ()
        return [_("Kjøringen er %(state)s. Dette steget er ikke lenger mulig.") % {"state": RUN_STATES[self.run.state]}]

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {
            "intro": title_of(self.run),
            "back_url": reverse("run", args=[self.reference]),
            "back_label": _("Kjøringen"),
        }

    @property
    def done_url(self) -> str:
        """The run's page."""
        return reverse("run", args=[self.reference])


class CheckRunView(RunActView):
    """Somebody has looked the run through."""

    step = "check"

    def context(self) -> dict[str, Any]:
        """What was to be looked at."""
        return super().context() | {
            "title": _("Kontroller kjøringen"),
            "submit_label": _("Kontrollert"),
            "consequences_title": _("Se på dette først"),
            "consequences": [
                _("Summene for kommunene: er noen uventet store eller små?"),
                _("Linjene som ikke kunne beregnes, og hvorfor."),
                _("Kommuner som får mindre enn linjene sier, fordi de skyldte fra før."),
                _("En annen enn den som beregnet og kontrollerte, må godkjenne."),
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Check."""
        check_run(self.reference, by=self.viewer, at=self.at)
        return self.done_url, _("Kjøringen er kontrollert. Den som godkjenner tilskudd, har fått en oppgave.")


class ApproveRunView(RunActView):
    """Another than who computed and checked approves."""

    step = "approve"

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Godkjenn kjøringen"),
            "submit_label": _("Godkjenn"),
            "consequences": [
                _("Linjene teller fra nå, og kommunene ser sine."),
                _("%(amount)s kan betales ut.") % {"amount": kroner(payable_of(self.run))},
                _("Du kan ikke godkjenne en kjøring du selv har beregnet eller kontrollert."),
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Approve."""
        approve_run(self.reference, by=self.viewer, at=self.at)
        return self.done_url, _("Kjøringen er godkjent. Nå kan den betales.")


class PayRunView(RunActView):
    """The run is paid."""

    step = "pay"

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Betal kjøringen"),
            "submit_label": _("Betal"),
            "consequences": [
                _("%(amount)s sendes til kommunene, én betaling til hver.") % {"amount": kroner(payable_of(self.run))},
                _("Kommuner som skylder, får ikke noe. Resten trekkes fra i neste kjøring."),
                _("En betalt kjøring kan ikke stoppes. Feil rettes i den neste."),
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Pay."""
        pay_run(self.reference, by=self.viewer, at=self.at)
        return self.done_url, _("Kjøringen er betalt. Kommunene ser utbetalingen på sine sider.")


class StopRunView(RunActView):
    """The run is not to be paid."""

    step = "stop"
    form_class = StopForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Stopp kjøringen"),
            "submit_label": _("Stopp kjøringen"),
            "is_severe": True,
            "consequences": [
                _("Linjene blir stående så alle kan se dem, men de teller ikke."),
                _("En ny kjøring kan beregnes."),
            ],
        }

    def do(self, form: StopForm) -> tuple[str, str]:
        """Stop."""
        stop_run(self.reference, form.cleaned_data["reason"], by=self.viewer, at=self.at)
        return self.done_url, _("Kjøringen er stoppet. Ingenting av den teller.")


class ClaimsAfterRunView(ActView):
    """Who owes where nothing more will be due: one municipality at a time is noticed."""

    permission = "ledger.prepare"
    form_class = NoticeForm

    @cached_property
    def run(self) -> Run:
        """The run. Raises NotFound."""
        return run_of(self.viewer, str(self.kwargs["reference"]))

    @cached_property
    def owing(self) -> dict[int, int]:
        """Who owes how much, in øre."""
        return dict(claims_to_propose(self.run.scheme))

    def get(self, request: Any, **kwargs: Any) -> Any:
        """The form, or that nobody owes."""
        if not self.owing:
            return self._over([_("Ingen kommune skylder noe som må kreves tilbake nå.")])
        return super().get(request, **kwargs)

    def too_late(self) -> Sequence[str]:
        """Nobody owes any more."""
        return () if self.owing else [_("Ingen kommune skylder noe som må kreves tilbake nå.")]

    def form_arguments(self) -> dict[str, Any]:
        """The municipalities to choose from come from the books."""
        return {"owing": self._choices()}

    def context(self) -> dict[str, Any]:
        """What a notice is."""
        answer_by = due_after("ledger.claim_answer_days", self.day)
        many = len(self.owing)
        return {
            "title": _("Krev tilbake det som er betalt for mye"),
            "intro": ngettext(
                "%(many)d kommune skylder, og ingen bor der lenger med støtte fra ordningen.",
                "%(many)d kommuner skylder, og ingen bor der lenger med støtte fra ordningen.",
                many,
            )
            % {"many": many},
            "submit_label": _("Varsle kravet"),
            "back_url": reverse("run", args=[self.kwargs["reference"]]),
            "back_label": _("Kjøringen"),
            "consequences": [
                _("Kommunen får en oppgave om å svare innen %(day)s.") % {"day": day(answer_by.due_on)},
                _("Varselet nevner hver person, måned og årsak."),
                _("En annen enn deg må avgjøre kravet."),
                _("Er beløpet mindre enn grensen, avskrives det med en gang, og kommunen blir ikke spurt."),
            ],
        }

    def do(self, form: NoticeForm) -> tuple[str, str]:
        """Notice."""
        municipality_id = int(form.cleaned_data["municipality"])
        is_too_small = is_small(self.owing[municipality_id], self.day)
        claim = open_claim(self.run.scheme, municipality_id, by=self.viewer, at=self.at)
        said = _("Beløpet er avskrevet.") if is_too_small else _("Kravet er varslet. Kommunen har fått en oppgave.")
        return reverse("claim", args=[claim.subject.reference]), said

    def _choices(self) -> list[tuple[str, str]]:
        names = Organisation.objects.filter(pk__in=self.owing).order_by("sort_key").values_list("pk", "name")
        return [(str(key), f"{name}: {kroner(self.owing[key])}") for key, name in names]
