"""Emergency access (nødinnsyn): somebody in danger, whom one's own organisation does not know of."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fotfeste.access.public import (
    EMERGENCY_CAUSES,
    LONGEST_ASKED,
    OPEN_EMERGENCY,
    EmergencyCause,
    attempts_left,
    open_emergency,
)
from fotfeste.kernel.errors import Refused
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import ActView

# What is refused because it is open already: one is led there.
_OPEN_ALREADY = frozenset({"emergency_is_open", "emergency_not_needed"})


class EmergencyForm(ActForm):
    """Whom, what it is about, and why now."""

    number = forms.CharField(
        label=gettext_lazy("DUF-nummer eller referanse"),
        max_length=LONGEST_ASKED,
        help_text=gettext_lazy("Hele DUF-nummeret til én i husstanden, tolv sifre, eller husstandens referanse."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv hele DUF-nummeret, eller husstandens referanse.")},
    )
    cause = forms.TypedChoiceField(
        label=gettext_lazy("Hva gjelder det?"),
        coerce=EmergencyCause,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva det gjelder.")},
    )
    words = FreeText(
        label=gettext_lazy("Hva skjer, og hvorfor må du se dette nå?"),
        rows=4,
        help_text=gettext_lazy("Administratoren hos dere leser dette. Ikke skriv mer om dem det gjelder enn du må."),
        error_messages={"required": gettext_lazy("Skriv hva som skjer, og hvorfor du må se dette nå.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The causes, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("cause", [(cause, words.capital(text)) for cause, text in EMERGENCY_CAUSES.items()])


class EmergencyView(ActView):
    """Ask for it, told beforehand what follows."""

    permission = OPEN_EMERGENCY
    form_class = EmergencyForm

    def initial(self) -> dict[str, Any]:
        """The number that a search did not find."""
        return {"number": self.request.GET.get("nummer", "")[:LONGEST_ASKED]}

    def context(self) -> dict[str, Any]:
        """What it is for, and what happens."""
        left = attempts_left(self.viewer, self.at)
        return {
            "title": _("Nødinnsyn"),
            "intro": _("Når noen er i fare, og du må vite hvem de er, hvem du kan ringe, eller hvor de er."),
            "submit_label": _("Åpne i én time"),
            "is_severe": True,
            "back_url": reverse("worklist"),
            "back_label": _("Oppgaver"),
            "consequences": [
                _("Du, og bare du, ser husstanden i én time: personer, verge, hvor de bor, rom og fravær."),
                _("Du ser ikke samtaler, notater eller bosettingssaken, og du kan ikke registrere noe."),
                _("Administratoren hos dere får vite det, med det du skriver her, og sier hva som ble funnet ut."),
                _("De det gjelder kan se at dere har hatt nødinnsyn, når, og rollen din. De ser ikke navnet ditt."),
                _("Alt loggføres, også forsøk som ikke finner noen."),
                ngettext(
                    "Du kan be om nødinnsyn %(left)d gang til den neste timen.",
                    "Du kan be om nødinnsyn %(left)d ganger til den neste timen.",
                    left,
                )
                % {"left": left},
            ],
        }

    def do(self, form: EmergencyForm) -> tuple[str, str]:
        """Open it, and lead to the household's page."""
        typed = form.cleaned_data
        try:
            record = open_emergency(
                typed["number"], cause=typed["cause"], words=typed["words"], by=self.viewer, at=self.at
            )
        except Refused as refused:
            if refused.code not in _OPEN_ALREADY:
                raise
            return reverse("household", args=[str(refused.params["reference"])]), sentence_for(refused)
        if record.household is None or record.until_at is None:
            raise Refused("emergency_nobody_found", "number")
        url = reverse("household", args=[record.household.reference])
        return url, _("Nødinnsyn er åpnet til %(until)s.") % {"until": words.instant(record.until_at)}
