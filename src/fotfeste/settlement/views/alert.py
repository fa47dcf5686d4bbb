"""The page where UDI asks the centre to hold the interview before the decision."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fotfeste.platform.typed import Typed
from fotfeste.platform.views import ActView
from fotfeste.settlement.actions.alerting import alert_early
from fotfeste.settlement.actions.parties import is_anybody_left
from fotfeste.settlement.alert import may_be_alerted
from fotfeste.settlement.forms.request import ConfirmForm
from fotfeste.settlement.views.case import CaseActView


class AlertEarlyView(CaseActView):
    """The household is in the target group for collective protection: the interview need not wait."""

    permission = "settlement.alert_early"
    form_class = ConfirmForm

    def is_untimely(self) -> bool:
        """There is a case already, nobody waits for an answer, or everybody has left."""
        is_open = may_be_alerted(self.story.case, self.members)
        return not (is_open and is_anybody_left(self.group_id, self.day))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the act; unlike the others it opens a case, and needs none."""
        return ActView.post(self, request, **kwargs)

    def typed_in_form(self) -> Sequence[Typed]:
        """What was sent."""
        return ActView.typed_in_form(self)

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Be om bosettingssamtale før vedtaket for %(name)s") % {"name": self.name_within},
            "intro": _("Bruk dette når husstanden er i målgruppen for midlertidig kollektiv beskyttelse."),
            "submit_label": _("Be om samtalen"),
            "consequences": [
                _("Mottaket får oppgaven med å holde bosettingssamtalen."),
                _("IMDi får innsyn i husstanden, og ser svarene når samtalen er holdt."),
                _("Ingen kommune blir spurt før noen i husstanden har tillatelse. Ventetiden regnes fra vedtaket."),
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Ask."""
        alert_early(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Mottaket er bedt om å holde bosettingssamtalen.")
