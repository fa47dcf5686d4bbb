"""The pages where a household is placed at a centre and given beds."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.beds import assign_beds, bed_field
from fotfeste.accommodation.actions.placing import place_group, unsettled
from fotfeste.accommodation.forms.placing import BedsForm, PlaceGroupForm
from fotfeste.accommodation.queries.everyone import gone_of
from fotfeste.accommodation.queries.free_beds import BedBook, bed_book
from fotfeste.accommodation.queries.occupancy import Choice, choices_for
from fotfeste.accommodation.queries.where import beds_on
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.accommodation.words import CENTRE_TYPES, reason_sentence
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.platform import words
from fotfeste.platform.forms import DayField
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.typed import whole_number
from fotfeste.registry.public import are_minors_alone, require_part


class PlaceGroupView(HouseholdActView):
    """Choose a centre: those with free places first, and why not for the others."""

    permission = "accommodation.place_group"
    form_class = PlaceGroupForm
    is_shown_late = False
    template_name = "accommodation/place_group.html"

    @cached_property
    def placed(self) -> list[int]:
        """Those whom it is about: who has moved to a municipality is not placed again. Raises Refused."""
        return unsettled([member.subject_id for member in self.members], self.day)

    def too_late(self) -> Sequence[str]:
        """There must be somebody to place, and whoever places must have a part in it."""
        try:
            require_part([self.group_id], by=self.viewer, at=self.at)
            _ = self.placed
        except Refused as refused:
            return (sentence_for(refused),)
        return ()

    @cached_property
    def coming(self) -> frozenset[int]:
        """Those of them who have not left for good: who has is not taken along, unless nobody else is left to place.
        Nobody where nobody can be placed.
        """
        try:
            placed = frozenset(self.placed)
            return placed - gone_of(self.group_id, self.day) or placed
        except Refused:  # told by `too_late`
            return frozenset()

    @cached_property
    def choices(self) -> list[Choice]:
        """Every centre in operation, with why or why not; none where there is nobody to place."""
        try:
            placed = self.placed
        except Refused:  # told by `too_late`
            return []
        centres = {stay.centre_id for stay in self.stays.values()}
        present = centres.pop() if len(centres) == 1 and len(self.stays) == len(placed) else None
        return choices_for(len(self.coming), self.day, present, are_minors_alone=self.are_minors_alone)

    @cached_property
    def are_minors_alone(self) -> bool:
        """Whether a centre for unaccompanied minors is the one for those who are to live there."""
        return are_minors_alone(each for each in self.members if each.subject_id in self.coming)

    def initial(self) -> dict[str, Any]:
        """They come today, if nothing else is said."""
        return super().initial() | {"from_on": self.day}

    def form_arguments(self) -> dict[str, Any]:
        """The centres that they fit in."""
        return {
            "centres": [
                (
                    choice.reference,
                    _("%(name)s, %(county)s: %(reason)s")
                    % {
                        "name": choice.name,
                        "county": choice.county,
                        "reason": " ".join(reason_sentence(reason) for reason in choice.reasons),
                    },
                )
                for choice in self.choices
                if choice.is_possible
            ],
            "are_minors_alone": self.are_minors_alone,
        }

    def context(self) -> dict[str, Any]:
        """The centres as a table too, with their figures."""
        moves = bool(self.stays)
        return super().context() | {
            "title": (_("Flytt %(name)s til et annet mottak") if moves else _("Plasser %(name)s på mottak"))
            % {"name": self.name_within},
            "submit_label": _("Flytt dem") if moves else _("Plasser dem"),
            "size": len(self.coming),
            "are_minors_alone": self.are_minors_alone,
            "rows": [
                {
                    "choice": choice,
                    "type": CENTRE_TYPES[choice.type],
                    "words": [reason_sentence(reason) for reason in choice.reasons_of_room],
                }
                for choice in self.choices
            ],
        }

    def do(self, form: PlaceGroupForm) -> tuple[str, str]:
        """Place them."""
        centre = Organisation.objects.filter(
            reference=form.cleaned_data["centre"], kind=OrganisationKind.CENTRE
        ).first()
        if centre is None:
            raise Refused("not_found", "centre")
        place_group(
            self.group_id,
            centre.pk,
            form.cleaned_data["from_on"],
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
            is_meant=form.cleaned_data.get("is_meant", False),
        )
        return self.back_url, _(
            "%(name)s bor på %(centre)s fra %(day)s. Mottaket har fått oppgaven å gi dem senger."
        ) % {
            "name": self.name,
            "centre": centre.name,
            "day": words.day(form.cleaned_data["from_on"]),
        }


class AssignBedsView(HouseholdActView):
    """For each person a bed among the free ones, room by room."""

    shows = HouseholdActView.shows | {Compartment.ROOMS}

    permission = "accommodation.assign_beds"
    form_class = BedsForm
    template_name = "accommodation/assign_beds.html"

    def too_late(self) -> Sequence[str]:
        """They must stay here."""
        return () if self.here else (sentence_for(Refused("not_staying_here")),)

    @cached_property
    def present(self) -> dict[int, int]:
        """The bed that each of them has today."""
        return beds_on([member.subject_id for member in self.here], self.day)

    @cached_property
    def asked_day(self) -> date:
        """Those without a bed get one from the day they came; a move is from today."""
        arrivals = [
            self.stays[member.subject_id].period.start for member in self.here if member.subject_id not in self.present
        ]
        return max(arrivals, default=self.day) if not self.present else self.day

    @cached_property
    def typed_day(self) -> date | None:
        """The day that was sent, where it is one."""
        try:
            return DayField(required=False).to_python(self.request.POST.get("from_on"))
        except ValidationError:
            return None

    @cached_property
    def book(self) -> BedBook:
        """The beds of the centre, from the earlier of the days that are asked about."""
        day = min(self.asked_day, self.typed_day or self.asked_day)
        here = [member.subject_id for member in self.here]
        return bed_book(self.viewer.organisation_id, day, here, today=self.day)

    @cached_property
    def first_day(self) -> date:
        """The day asked for, or the first later one from which there are beds for all who have none."""
        waiting = len(self.here) - len(self.present)
        return self.book.first_day_for(waiting, from_on=self.asked_day, today=self.day)

    def initial(self) -> dict[str, Any]:
        """The beds that they have, from the day that it is about."""
        beds = {bed_field(person): bed for person, bed in self.present.items()}
        return super().initial() | {"from_on": self.first_day} | beds

    def form_arguments(self) -> dict[str, Any]:
        """The people, and the beds that are free all the time from the day that it is about.

        What was chosen stays in the list where it is free from a later day: then the day is what is to be changed.
        """
        chosen = {whole_number(self.request.POST.get(bed_field(member.subject_id), "")) for member in self.here}
        beds = self.book.free_from(self.typed_day or self.first_day, also={bed for bed in chosen if bed is not None})
        rooms = {(bed.building, bed.room): bed for bed in beds}
        return {
            "people": self.here,
            "beds": beds,
            "present": self.present,
            "room_words": {
                key: room_words(bed.building, bed.room, is_adapted=bed.is_adapted) for key, bed in rooms.items()
            },
        }

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Senger til %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre senger"),
            "nobody_here": not self.here,
        }

    def do(self, form: BedsForm) -> tuple[str, str]:
        """Give them the beds."""
        self.require_somebody_here()
        changed = assign_beds(
            self.group_id,
            form.cleaned_data["beds"],
            form.cleaned_data["from_on"],
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        sentence = ngettext(
            "%(count)d person har fått seng fra %(day)s.", "%(count)d personer har fått seng fra %(day)s.", changed
        )
        return self.back_url, sentence % {"count": changed, "day": words.day(form.cleaned_data["from_on"])}


def room_words(building: str, name: str, *, is_adapted: bool) -> str:
    """`Rom 214, bygning A, tilpasset rullestol`."""
    parts = [_("Rom %(name)s") % {"name": name}]
    if building:
        parts.append(_("bygning %(building)s") % {"building": building})
    if is_adapted:
        parts.append(_("tilpasset rullestol"))
    return ", ".join(parts)
