"""The forms of what a municipality can offer: what some must have, services, education and work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from fotfeste.directory.reference.work import Entry, known_work
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.components.fields import Choice, ShownField, shown
from fotfeste.platform.forms import ActForm
from fotfeste.platform.words import capital
from fotfeste.settlement.domain.types import LocalOfferKind, Offerable, Offering, WorkField
from fotfeste.settlement.forms.request import NO, YES
from fotfeste.settlement.sentences_offers import CAPABILITIES, LOCAL_SERVICES, offerable_words
from fotfeste.settlement.sentences_places import LOCAL_OFFERS, work_name


@dataclass(frozen=True, slots=True)
class OfferingRow:
    """A field or an occupation of it, with a box to tick for each kind of offer."""

    name: str
    is_field: bool
    boxes: tuple[Choice, ...]


class CapabilitiesForm(ActForm):
    """What a municipality can offer: yes, no, or not said."""

    codes = "|".join((*CAPABILITIES, *LOCAL_SERVICES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One question for each capability and each service."""
        super().__init__(*args, **kwargs)
        for code, words in offerable_words().items():
            self.fields[str(code)] = forms.ChoiceField(
                label=capital(words),
                choices=[(YES, _("Ja")), (NO, _("Nei")), ("", _("Ikke meldt"))],
                widget=forms.RadioSelect,
                required=False,
            )

    @property
    def parts(self) -> Sequence[tuple[str, str, Sequence[BoundField]]]:
        """What some must have, then what helps: a heading, what it means, the questions."""
        return [
            (
                _("Det noen må ha"),
                _(
                    "En husstand som må ha dette, bosettes bare der kommunen har det. "
                    "«Ikke meldt» betyr at IMDi må spørre."
                ),
                [self[str(each)] for each in CAPABILITIES],
            ),
            (
                _("Tjenester som hjelper"),
                _(
                    "Teller når IMDi velger kommune, men hindrer ingen i å bli bosatt. "
                    "«Ikke meldt» teller mindre enn ja."
                ),
                [self[str(each)] for each in LOCAL_SERVICES],
            ),
        ]

    def said(self) -> dict[Offerable, bool | None]:
        """What was chosen, for the act."""
        answers: dict[str, bool | None] = {YES: True, NO: False, "": None}
        return {code: answers[self.cleaned_data[str(code)]] for code in offerable_words()}


class LocalOffersForm(ActForm):
    """Fields and occupations of education and work: a table with a box to tick for each kind."""

    codes = "|".join(LOCAL_OFFERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The whole list for each kind."""
        super().__init__(*args, **kwargs)
        for kind, words in LOCAL_OFFERS.items():
            self.fields[str(kind)] = forms.MultipleChoiceField(
                label=capital(words), required=False, widget=forms.CheckboxSelectMultiple
            )
            self.let_choose(
                str(kind),
                [
                    (each.code, _("%(what)s: %(kind)s") % {"what": capital(work_name(each.code)), "kind": words})
                    for each in _in_order()
                ],
            )

    @property
    def kinds(self) -> Sequence[str]:
        """What the columns of boxes are called: in one word, to be narrow."""
        short = {LocalOfferKind.EDUCATION: _("Utdanning"), LocalOfferKind.WORK: _("Arbeid")}
        return [short[kind] for kind in LOCAL_OFFERS]

    @property
    def columns(self) -> Sequence[ShownField]:
        """The boxes of each kind, with what is wrong with what was ticked."""
        return [shown(self[str(kind)]) for kind in LOCAL_OFFERS]

    @property
    def rows(self) -> Sequence[OfferingRow]:
        """The table: each field, then its occupations."""
        columns = [column.choices for column in self.columns]
        return [
            OfferingRow(capital(work_name(each.code)), each.code == each.field, boxes)
            for each, boxes in zip(_in_order(), zip(*columns, strict=True), strict=True)
        ]

    def said(self) -> dict[LocalOfferKind, list[Offering]]:
        """What was ticked, for the act."""
        return {kind: [_offering(code) for code in self.cleaned_data[str(kind)]] for kind in LOCAL_OFFERS}


def _in_order() -> Iterator[Entry]:
    """Each field of the list, then its occupations by name."""
    for field in known_work().fields.values():
        yield field
        yield from sorted(
            known_work().occupations_of(field.code), key=lambda each: norwegian_sort_key(work_name(each.code))
        )


def _offering(code: str) -> Offering:
    entry = known_work().entry(code)
    if entry is None:
        raise ValueError(f"{code} is neither a field nor an occupation")
    return Offering(WorkField(entry.field), "" if entry.code == entry.field else entry.code)
