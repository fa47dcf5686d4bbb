"""The forms of protected addresses."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.access.public import ProtectionLevel, UnnamingReason
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.platform.words import capital
from fotfeste.registry.words import PROTECTIONS, UNNAMING_REASONS


class ProtectForm(ActForm):
    """How strictly, and since when."""

    level = forms.TypedChoiceField(
        label=_("Hvor strengt er adressen beskyttet?"),
        coerce=ProtectionLevel,
        widget=forms.RadioSelect,
        help_text=_(
            "Fortrolig (kode 7): administratoren hos hver organisasjon navngir sine egne. "
            "Strengt fortrolig (kode 6): UDI navngir alle, og bare noen få."
        ),
        error_messages={"required": _("Velg om adressen er fortrolig eller strengt fortrolig.")},
    )
    from_on = DayField(label=_("Fra hvilken dato?"))

    def __init__(self, *args: Any, levels: Sequence[ProtectionLevel], **kwargs: Any) -> None:
        """`levels`: those that can be chosen."""
        super().__init__(*args, **kwargs)
        self.let_choose("level", [(level, capital(str(PROTECTIONS[level]))) for level in levels])


class EndProtectionForm(ActForm):
    """It ends today; not by a slip of the hand."""

    is_decided = forms.BooleanField(
        label=_("Det er avgjort at adressen ikke skal være beskyttet lenger"),
        error_messages={"required": _("Kryss av for at det er avgjort, eller gå tilbake.")},
    )


class NameFollowerForm(ActForm):
    """Who is to follow the household up."""

    person = forms.ChoiceField(
        label=_("Hvem skal følge opp husstanden?"),
        error_messages={"required": _("Velg en person.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`people`: those who can be chosen, by the reference of their employment."""
        super().__init__(*args, **kwargs)
        self.let_choose("person", [("", _("Velg")), *people])


class UnnameFollowerForm(ActForm):
    """Who follows the household up no more, and why."""

    person = forms.ChoiceField(
        label=_("Hvem skal ikke følge opp husstanden lenger?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg en person.")},
    )
    reason = forms.TypedChoiceField(
        label=_("Hvorfor?"),
        coerce=UnnamingReason,
        choices=[(reason, UNNAMING_REASONS[reason]) for reason in UnnamingReason],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`people`: those who can be taken out, by the reference of their employment."""
        super().__init__(*args, **kwargs)
        self.let_choose("person", people)
