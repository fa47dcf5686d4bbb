"""Whoever registered something in a refusal by mistake takes it back, with why."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.mistakes import TAKEN_BACK_BY, can_be_taken_back, take_back_event
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import TakeBackEventForm
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.rows import course_rows
from fotfeste.refusal.views.acting import RefusalActView


class TakeBackEventView(RefusalActView):
    """Which of what the viewer's party has registered, and what was wrong. `?event=` chooses it beforehand."""

    kinds = tuple(TAKEN_BACK_BY)
    form_class = TakeBackEventForm

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Each party takes back its own."""
        return sorted({*TAKEN_BACK_BY.values()})

    @cached_property
    def mistakes(self) -> list[RefusalEvent]:
        """What the viewer may take back now, the latest first."""
        return can_be_taken_back(self.found.events, self.viewer)[::-1] if self.found else []

    def too_late(self) -> Sequence[str]:
        """There must be something to take back, by those whose it is."""
        if self.found is None or not self.found.is_open:
            return (sentence_for(Refused("no_open_refusal")),)
        return self.of_another_centre() or (() if self.mistakes else (sentence_for(Refused("nothing_to_take_back")),))

    def form_arguments(self) -> dict[str, Any]:
        """What to choose among: when, what, of whom. What was registered at once is one."""
        return {"events": [(str(row["key"]), _in_words(row)) for row in course_rows(self.mistakes, self.names)]}

    def initial(self) -> dict[str, Any]:
        """The one whose button was pressed, or the only one."""
        keys = [key for key, _words in self.form_arguments()["events"]]
        wanted = self.request.GET.get("event", keys[0] if len(keys) == 1 else "")
        return super().initial() | ({"event": wanted} if wanted in keys else {})

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Ta tilbake noe i bosettingsnektsaken til %(name)s") % {"name": self.name_within},
            "intro": _("Bare når noe er registrert feil. Er noe forandret, registrerer du det nye i stedet."),
            "submit_label": _("Ta tilbake"),
            "is_severe": True,
            "consequences": [
                _("Frister, oppgaver og penger blir som om det aldri var registrert."),
                _("Hva som var feil, blir stående i historikken."),
                *self._of_these(),
            ],
        }

    def _of_these(self) -> list[str]:
        kinds = {Happening(each.kind) for each in self.mistakes}
        told = []
        if Happening.ACCEPTED in kinds:
            told.append(_("Tas et ja tilbake, nekter de fortsatt. Det går bare til en reise er avtalt."))
        if kinds & {*TOLD_OF_MINORS}:
            told.append(_("Brevet til verge eller barnevern er sendt. Gi dem beskjed."))
        if kinds & {Happening.HOLD_ASKED, Happening.IMDI_MESSAGE, Happening.IMDI_DEADLINE_EXTENDED}:
            told.append(_("Har kommunen eller UDI rukket å se det, må dere gi dem beskjed."))
        return told

    def do(self, form: TakeBackEventForm) -> tuple[str, str]:
        """Take it back."""
        take_back_event(self.group_id, int(form.cleaned_data["event"]), **self.reasoned(form))
        return self.page_url, _("Det er tatt tilbake.")


def _in_words(row: dict[str, Any]) -> str:
    about = f" ({row['about']})" if row["about"] else ""
    return f"{in_words(row['on'])}: {row['what']}{about}"
