"""Where a household is to stay, and in which beds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.actions.beds import bed_field
from fotfeste.accommodation.queries.free_beds import FreeBed
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.platform.typed import whole_number
from fotfeste.registry.public import Member


class OpenChoiceField(forms.ChoiceField):
    """A choice that may have gone since the page was opened: the action says what happened to it, in a sentence."""

    def valid_value(self, value: Any) -> bool:
        """Whatever was on the page once."""
        return True


class PlaceGroupForm(ActForm):
    """Where a household is to stay, from when."""

    centre = OpenChoiceField(label=_("Mottak"))
    from_on = DayField(label=_("Bor der fra"))
    is_meant = forms.BooleanField(
        label=_("De skal bo på et mottak som ikke er for enslige mindreårige"),
        help_text=_("Bare når det er bestemt. Mottaket skal da ha individuell kartlegging og tiltaksplan for dem."),
        required=False,
    )

    def __init__(
        self, *args: Any, centres: Sequence[tuple[str, str]], are_minors_alone: bool = False, **kwargs: Any
    ) -> None:
        """`centres`: references and words of those with room."""
        super().__init__(*args, **kwargs)
        if not are_minors_alone:
            del self.fields["is_meant"]
        self.let_choose("centre", [("", _("Velg mottak")), *centres])


class BedsForm(ActForm):
    """A bed for each person of a household."""

    codes = r"bed_\d+"

    from_on = DayField(
        label=_("Fra"),
        help_text=_("Listene viser senger som er ledige fra denne dagen. Fra en senere dag kan flere være ledige."),
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Member],
        beds: Iterable[FreeBed],
        present: Mapping[int, int],
        room_words: Mapping[tuple[str, str], str | Promise],
        **kwargs: Any,
    ) -> None:
        """`present`: the bed that each person has; `room_words`: what a room (building, name) is called."""
        super().__init__(*args, **kwargs)
        self.person_ids = [member.subject_id for member in people]
        self.when_needed = frozenset(map(bed_field, self.person_ids))  # somebody may wait for a bed
        grouped: dict[tuple[str, str], list[FreeBed]] = {}
        for bed in beds:
            grouped.setdefault((bed.building, bed.room), []).append(bed)
        for member in people:
            mine = present.get(member.subject_id)
            self.fields[bed_field(member.subject_id)] = OpenChoiceField(
                label=_("Seng til %(name)s, %(age)s år") % {"name": member.given_name, "age": member.age},
                required=False,
                initial=mine,
                choices=[
                    ("", _("Ingen seng ennå") if mine is None else _("Som nå")),
                    *(
                        (
                            room_words[room],
                            [(bed.bed_id, _bed_words(bed, is_mine=bed.bed_id == mine)) for bed in found],
                        )
                        for room, found in grouped.items()
                    ),
                ],
            )
        self.order_fields([*(bed_field(person) for person in self.person_ids), "from_on"])

    def clean(self) -> dict[str, Any]:
        """The beds by person, as `beds`; those without a choice are left out."""
        cleaned = super().clean() or {}
        chosen: dict[int, int] = {}
        for person in self.person_ids:
            typed = str(cleaned.get(bed_field(person)) or "")
            if (bed := whole_number(typed)) is not None:
                chosen[person] = bed
            elif typed:
                self.add_error(bed_field(person), _("Velg en seng fra listen."))
        return cleaned | {"beds": chosen}


def _bed_words(bed: FreeBed, *, is_mine: bool) -> str:
    """The room too: a closed select shows nothing else."""
    named: dict[str, object] = {"room": bed.room, "bed": bed.name}
    if bed.occupied_until is not None:
        day = words.day(bed.occupied_until)
        return str(_("Rom %(room)s, seng %(bed)s (ledig fra %(day)s)")) % (named | {"day": day})
    known = _("Rom %(room)s, seng %(bed)s (har den nå)") if is_mine else _("Rom %(room)s, seng %(bed)s")
    return str(known) % named
