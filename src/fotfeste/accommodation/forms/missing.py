"""An unaccompanied minor who is missing: who was told, when, whom the centre spoke with."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.domain.missing import ToldParty, still_to_tell
from fotfeste.accommodation.forms.leaving import PersonsForm
from fotfeste.accommodation.words import TOLD_PARTIES
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.registry.public import Member


class MissingForm(PersonsForm):
    """Who was told of whom."""

    party = forms.TypedChoiceField(label=_("Hvem har dere meldt fra til?"), coerce=ToldParty, widget=forms.RadioSelect)
    told_on = DayField(label=_("Dagen dere meldte fra"))
    told_whom = forms.CharField(
        label=_("Hvem dere snakket med"),
        max_length=120,
        help_text=_("Kontor eller vakt, og navnet hvis dere fikk det."),
    )
    case_number = forms.CharField(
        label=_("Saksnummer der"), max_length=40, required=False, help_text=_("Det politiet eller barnevernet ga dere.")
    )

    def __init__(self, *args: Any, people: Sequence[Member], told: Collection[str] = (), **kwargs: Any) -> None:
        """`told`: who has been told of all of them; they come last, to be put right."""
        super().__init__(*args, people=people, **kwargs)
        left = still_to_tell(told)
        again = [
            (party, _("%(party)s (rett det som er registrert)") % {"party": TOLD_PARTIES[party]})
            for party in ToldParty
            if party not in left
        ]
        found = [*((party, str(TOLD_PARTIES[party])) for party in left), *again]
        self.let_choose("party", [(party, capfirst(words)) for party, words in found])


class SeenForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""
