"""The form in which a municipality says on what terms it allows agreed self-settlement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, TargetGroup, Terms
from fotfeste.self_settlement.words_terms import own_texts

YES, NO = "yes", "no"
THEY, WE = "they", "we"


class TermsForm(ActForm):
    """Whether, for whom, on what terms, and whom to ask. The answers have the words that residents read."""

    when_needed = frozenset({"deposit", "empty_rent", "finds_next_home", "office", "phone", "email"})

    allows = forms.ChoiceField(
        label=_("Tillater kommunen avtalt selvbosetting?"),
        choices=[(YES, _("Ja, vi vurderer hver forespørsel")), (NO, _("Nei, ikke nå"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    targets = forms.MultipleChoiceField(
        label=_("For hvem?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen kryss: for alle. Med kryss: for dem som hører til minst én av gruppene."),
    )
    target_words = FreeText(label=_("Mer om hvem det er for"), required=False, rows=2)
    deposit = forms.ChoiceField(
        label=_("Hjelper dere med depositum?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Svarene står slik beboerne leser dem."),
    )
    empty_rent = forms.ChoiceField(label=_("Betaler dere tomgangsleie?"), required=False, widget=forms.RadioSelect)
    finds_next_home = forms.ChoiceField(
        label=_("Hvem finner neste bolig, hvis de vil eller må flytte?"),
        choices=[(THEY, _("De må finne den selv")), (WE, _("Kommunen hjelper"))],
        required=False,
        widget=forms.RadioSelect,
    )
    other_words = FreeText(
        label=_("Andre vilkår, eller hvorfor ikke"),
        required=False,
        rows=3,
        help_text=_("Vises på norsk, slik dere skriver det, til alle. Skriv ikke om enkeltpersoner."),
    )
    office = forms.CharField(
        label=_("Kontor de kan spørre"),
        max_length=120,
        required=False,
        help_text=_("Navnet på kontoret eller tjenesten, aldri på en person."),
    )
    phone = forms.CharField(label=_("Kontorets telefon"), max_length=20, required=False)
    email = forms.EmailField(
        label=_("Kontorets e-post"),
        required=False,
        help_text=_("Telefon eller e-post må fylles ut når dere tillater det."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The answers in the words of the overview."""
        super().__init__(*args, **kwargs)
        t = own_texts()
        self.let_choose("targets", [(str(each), t["targets"][each]) for each in TargetGroup])
        self.let_choose("deposit", [(str(each), t["deposit"][each]) for each in Deposit])
        self.let_choose("empty_rent", [(str(each), t["empty_rent"][each]) for each in EmptyRent])
        for name in ("target_words", "other_words"):
            self.fields[name].widget.attrs["lang"] = "nb"  # a municipality writes Norwegian, whoever reads it

    def said(self) -> Terms:
        """What was said, for the act."""
        typed = self.cleaned_data
        return Terms(
            allows=typed["allows"] == YES,
            targets=tuple(TargetGroup(each) for each in typed["targets"]),
            target_words=typed["target_words"],
            deposit=Deposit(typed["deposit"]) if typed["deposit"] else None,
            empty_rent=EmptyRent(typed["empty_rent"]) if typed["empty_rent"] else None,
            finds_next_home=typed["finds_next_home"] == THEY if typed["finds_next_home"] else None,
            other_words=typed["other_words"],
            office=typed["office"],
            phone=typed["phone"],
            email=typed["email"],
        )


def typed_of(terms: Terms) -> dict[str, Any]:
    """What is published, as the form has it."""
    return {
        "allows": YES if terms.allows else NO,
        "targets": [str(each) for each in terms.targets],
        "target_words": terms.target_words,
        "deposit": terms.deposit or "",
        "empty_rent": terms.empty_rent or "",
        "finds_next_home": "" if terms.finds_next_home is None else THEY if terms.finds_next_home else WE,
        "other_words": terms.other_words,
        "office": terms.office,
        "phone": terms.phone,
        "email": terms.email,
    }
