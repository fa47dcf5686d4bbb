"""The pages of what UDI has ruled: what holds, what held, and a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.platform import words
from fotfeste.platform.views import ActView, StaffView
from fotfeste.refusal.actions.ruling import RULE, give_ruling
from fotfeste.refusal.forms.ruling import RulingForm
from fotfeste.refusal.queries.rulings import Held, rulings
from fotfeste.refusal.words_rulings import ANSWERS, EXPLAINED
from fotfeste.settlement.public import Training


@dataclass(frozen=True, slots=True)
class Shown:
    """A ruling as the page shows it."""

    held: Held
    answer: str
    explained: str
    status: str
    tone: str


class RulingsView(StaffView):
    """Every ruling, the latest first, with who answers for it and why. Everybody reads it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What holds today first, or that nothing does."""
        found = [self._shown(each) for each in rulings()]
        context = {
            "in_force": next((each for each in found if each.held.holds_on(self.day)), None),
            "others": [each for each in found if not each.held.holds_on(self.day)],
            "may_rule": self.viewer.may(RULE),
        }
        return render(request, "refusal/rulings.html", context)

    def _shown(self, held: Held) -> Shown:
        answer = Training(held.ruling.answer)
        status, tone = _("gjaldt før"), "neutral"
        if held.holds_on(self.day):
            status, tone = _("gjelder i dag"), "success"
        elif held.ends_on == held.ruling.valid_from:
            status = _("erstattet før den gjaldt")
        elif held.ruling.valid_from > self.day:
            status, tone = _("gjelder ikke ennå"), "info"
        return Shown(held, str(ANSWERS[answer]), str(EXPLAINED[answer]), status, tone)


class GiveRulingView(ActView):
    """UDI rules anew."""

    permission = RULE
    form_class = RulingForm

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"valid_from": self.day, "version": len(rulings())}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Avklar norskopplæring etter et nei"),
            "intro": _("Kildene sier imot hverandre. Brevene ved bosettingsnekt sier det som er avklart her."),
            "submit_label": _("Registrer avklaringen"),
            "back_url": reverse("rulings"),
            "back_label": _("Avklaringer"),
            "consequences": self._consequences(),
        }

    def _consequences(self) -> Sequence[str]:
        return (
            _("Brev som sendes fra dagen du velger, sier dette. Det gjør også brevet om tilbudet."),
            _("Brev som er sendt, står som de er."),
            _("Avklaringen som gjelder nå, slutter den dagen, og blir stående i historikken."),
            _("Uten en avklaring kan ikke brev ved bosettingsnekt sendes."),
        )

    def do(self, form: RulingForm) -> tuple[str, str]:
        """Give it."""
        typed = form.cleaned_data
        give_ruling(
            form.chosen(),
            valid_from=typed["valid_from"],
            ruled_by=typed["ruled_by"],
            source=typed["source"],
            reasoning=typed["reasoning"],
            version=typed["version"],
            by=self.viewer,
            at=self.at,
        )
        day = words.day(typed["valid_from"])
        return reverse("rulings"), _("Avklaringen er registrert, og gjelder fra %(day)s.") % {"day": day}
