"""What is typed wherever a household answers: who was with a minor alone, and in which language it was."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.directory.reference import read
from fotfeste.platform.words import language_name
from fotfeste.settlement.forms.request import required


def guardian_field() -> forms.CharField:
    """Who was with a minor alone (verge, representant, følgeperson)."""
    return forms.CharField(
        label=_("Hvem var med den unge"),
        max_length=160,
        error_messages=required("guardian_name_missing"),
        help_text=_("Navnet på vergen, representanten eller følgepersonen. En enslig mindreårig svarer aldri alene."),
    )


def every_language(own: Iterable[str]) -> list[tuple[str, str]]:
    """Every language, by name; the residents' own first."""
    first = [(code, language_name(code)) for code in dict.fromkeys(own)]
    others = sorted(
        ((record.code, language_name(record.code)) for record in read.languages()), key=lambda pair: pair[1]
    )
    return [("", str(_("Velg språk"))), *first, *(pair for pair in others if pair[0] not in dict(first))]
