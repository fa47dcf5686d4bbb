"""Registration of several persons on one page: blocks of persons, ties between them, everything kept as typed.

The buttons "one more" and "remove" are submits: the page comes back with everything in it and nothing judged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.components.fields import SummarisedError, errors_of
from fotfeste.platform.forms import ActForm
from fotfeste.platform.public_ids import is_reference, new_reference
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.domain.registration import PERSON_NUMBERS, PERSONS_AT_MOST, mistakes_in_group, mistakes_in_number
from fotfeste.registry.domain.types import NewGroup, NewRelation
from fotfeste.registry.forms import choices
from fotfeste.registry.forms.registration_blocks import HeadForm, PersonBlock, TieForm

PERSONS_AT_FIRST = 2
TIES_AT_MOST = 40
# A block where none of these is filled in is an empty block, whatever was carried over from the one before.
_SAY_WHO = ("given_name", "original_name", "birth_date", "duf", "reg_nr", "d_number", "national_id")
_CARRIED_OVER = ("family_name", "citizenship", "language_1", "language_2")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a relation was typed, so that what is wrong with it stands there."""

    form: ActForm
    field: str


class RegistrationPage:
    """All the forms of the page together. Bound (`judge`) or only kept as typed."""

    def __init__(self, data: QueryDict | None, *, today: date, judge: bool = False) -> None:
        """`data` None: a new page with two empty blocks."""
        self.today = today
        self.data = data.copy() if data is not None else QueryDict(mutable=True)
        self.persons = _count(self.data, "persons", PERSONS_AT_FIRST, PERSONS_AT_MOST)
        self.ties = _count(self.data, "ties", 0, TIES_AT_MOST)
        if data is not None:  # counts that nobody's page has are set right, not complained of
            self.data["persons"], self.data["ties"] = str(self.persons), str(self.ties)
        self.is_judged = judge
        self._build()

    def _build(self) -> None:
        counts = {"persons": self.persons, "ties": self.ties}
        if self.is_judged:
            self.head = HeadForm(self.data)
            self.blocks = [PersonBlock(self.data, number=place) for place in range(self.persons)]
            self.tie_forms = [TieForm(self.data, number=n, names=self._names()) for n in range(self.ties)]
        else:
            new = {"registered_on": self.today, "reference": new_reference()}
            self.head = HeadForm(initial=new | self._typed("", HeadForm) | counts)
            self.blocks = [self._unjudged_block(place) for place in range(self.persons)]
            self.tie_forms = [
                TieForm(initial=self._typed(f"tie-{n}-", TieForm), number=n, names=self._names())
                for n in range(self.ties)
            ]

    def _unjudged_block(self, place: int) -> PersonBlock:
        typed = self._typed(f"{place}-", PersonBlock)
        if f"{place}-given_name" in self.data:  # the block was on the page: an unticked box is a no
            for box in ("needs_interpreter", "is_unaccompanied_minor"):
                typed[box] = f"{place}-{box}" in self.data
        return PersonBlock(initial=typed, number=place)

    def _typed(self, prefix: str, form: type[forms.Form]) -> dict[str, Any]:
        return {name: self.data[f"{prefix}{name}"] for name in form.base_fields if f"{prefix}{name}" in self.data}

    def _names(self) -> list[str]:
        """What each person is called in the selects: the typed given name, or the number alone."""
        names = []
        for place in range(self.persons):
            typed = self.data.get(f"{place}-given_name", "").strip()
            number = _("Person %(number)s") % {"number": place + 1}
            names.append(f"{number}: {typed}" if typed else number)
        return names

    @property
    def reference(self) -> str:
        """The reference that the household will have; empty where what was sent is none."""
        sent = str(self.data.get("reference", ""))
        return sent if is_reference(sent) else ""

    def take_new_reference(self) -> None:
        """What is sent from here on is another household."""
        self.data["reference"] = new_reference()

    def add_person(self) -> None:
        """One more block, with what the last one shares with it: family name, citizenship, languages."""
        if self.persons < PERSONS_AT_MOST:
            for field in _CARRIED_OVER:
                self.data[f"{self.persons}-{field}"] = self.data.get(f"{self.persons - 1}-{field}", "")
            self.persons += 1
        self._build()
        _focus(self.blocks[-1], "given_name")

    def add_tie(self) -> None:
        """One more line for a relation."""
        self.ties = min(self.ties + 1, TIES_AT_MOST)
        self._build()
        _focus(self.tie_forms[-1], "first")

    def remove_person(self, place: int | None) -> None:
        """Take a block out; the ones after it move up, and relations that spoke of it are emptied."""
        if place is None or not 0 <= place < self.persons or self.persons == 1:
            self._build()
            return
        moved: dict[str, list[str]] = {}
        for key in list(self.data):
            typed, _dash, field = key.partition("-")
            number = choices.whole_number(typed)
            if number is None:
                continue
            values = self.data.pop(key)
            if number < place:
                moved[key] = values
            elif number > place:
                moved[f"{number - 1}-{field}"] = values
        for key, values in moved.items():
            self.data.setlist(key, values)
        if place == 0:
            for later in range(self.persons):
                self.data.pop(f"{later}-to_first", None)
        self._move_ties(place)
        self.persons -= 1
        self._build()

    def _move_ties(self, place: int) -> None:
        for number in range(self.ties):
            for field in ("first", "second"):
                key = f"tie-{number}-{field}"
                chosen = choices.whole_number(self.data.get(key, ""))
                if chosen is not None and chosen >= place:
                    self.data[key] = "" if chosen == place else str(chosen - 1)

    def is_in_order(self, *, only_synthetic: bool) -> bool:
        """Whether everything typed can be registered; what is wrong stands at its field. The page is judged."""
        self._filled = [block for block in self.blocks if self._says_who(block)]
        if not self._filled:
            self._filled = self.blocks[:1]
        # An empty block is no mistake: it is shown as it stands.
        self.blocks = [block if block in self._filled else self._unjudged_block(block.number) for block in self.blocks]
        valid = [form.is_valid() for form in (self.head, *self._filled, *self.tie_forms)]
        if not all(valid):
            self._judge_numbers(only_synthetic=only_synthetic)
            return False
        self.group = self._group()
        for mistake in mistakes_in_group(self.group, self.today, only_synthetic=only_synthetic):
            self.refuse(mistake)
        return not any(self._errors())

    def _judge_numbers(self, *, only_synthetic: bool) -> None:
        """What is wrong with the numbers, told together with what is wrong with the rest."""
        for place, block in enumerate(self._filled):
            for kind in PERSON_NUMBERS:
                text = block.cleaned_data.get(kind, "")
                if text.strip():
                    for mistake in mistakes_in_number(
                        kind, text, self.today, only_synthetic=only_synthetic, field=f"{place}-{kind}"
                    ):
                        self.refuse(mistake)

    def _says_who(self, block: PersonBlock) -> bool:
        return any(self.data.get(f"{block.number}-{field}", "").strip() for field in _SAY_WHO)

    def _group(self) -> NewGroup:
        place_of = {block.number: place for place, block in enumerate(self._filled)}
        relations: list[NewRelation] = []
        self._sources: list[_Source] = []
        for block in self._filled:
            chosen = block.cleaned_data.get("to_first", "")
            if chosen:
                relations.append(_relation(place_of[block.number], chosen, place_of.get(0, -1)))
                self._sources.append(_Source(block, "to_first"))
        for tie in self.tie_forms:
            if tie.cleaned_data.get("kind"):
                first, second = (place_of.get(tie.cleaned_data[name], -1) for name in ("first", "second"))
                relations.append(_relation(first, tie.cleaned_data["kind"], second))
                self._sources.append(_Source(tie, "first"))
        return NewGroup(
            persons=tuple(block.person() for block in self._filled),
            relations=tuple(relations),
            registered_on=self.head.cleaned_data["registered_on"],
            applied_on=self.head.cleaned_data["applied_on"],
        )

    def refuse(self, refused: Refused) -> None:
        """Put a refusal at the field it speaks of, or above the page."""
        where, _dash, field = (refused.field or "").partition("-")
        error = ValidationError(sentence_for(refused), code=refused.code)
        if where == "relation":
            source = self._sources[int(field.partition("-")[0])]
            source.form.add_error(source.field, error)
        elif where.isdigit():
            block = self._filled[int(where)]
            block.add_error(block.field_of(field), error)
        else:
            self.head.refuse(refused)

    def _errors(self) -> Iterator[SummarisedError]:
        yield from errors_of(self.head)
        for block in getattr(self, "_filled", []):
            for error in errors_of(block):
                yield SummarisedError(f"{block.title}: {error.sentence}", error.target)
        for tie in self.tie_forms:
            yield from errors_of(tie)

    @property
    def errors(self) -> list[SummarisedError]:
        """Everything that is wrong, each with the element to go to; empty where nothing was judged."""
        return list(self._errors()) if self.is_judged else []


def _focus(form: forms.Form, field: str) -> None:
    """Where the keyboard is when the page comes back."""
    form.fields[field].widget.attrs["autofocus"] = True


def _relation(first: int, chosen: str, second: int) -> NewRelation:
    kind, is_swapped = choices.read_relation(chosen)
    return NewRelation(second, kind, first) if is_swapped else NewRelation(first, kind, second)


def _count(data: Mapping[str, Any], name: str, usual: int, most: int) -> int:
    """How many were on the page, within reason; a page of persons has at least one."""
    typed = choices.whole_number(str(data.get(name, "")))
    return usual if typed is None else min(max(typed, 1 if usual else 0), most)
