"""The page of a refusal: what it is, how it stands, whose move it is, by when, what can be done."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.letters.public import LetterRow, letters_of
from fotfeste.refusal.actions.mistakes import can_be_taken_back
from fotfeste.refusal.acts import later_rows, possible_acts
from fotfeste.refusal.held import held_rows
from fotfeste.refusal.picture import clock_entries
from fotfeste.refusal.queries.rulings import ruling_on
from fotfeste.refusal.queries.shown import Shown, shown_of
from fotfeste.refusal.rows import Names, clock_rows, course_rows, head_rows, resident_rows, telling_rows
from fotfeste.refusal.words_rulings import EXPLAINED
from fotfeste.registry.public import OfHousehold, household_name, household_name_within
from fotfeste.settlement.public import Training
from fotfeste.worklist.public import open_tasks_about


def _ruling_in_words(day: date) -> dict[str, Any] | None:
    """From when the ruling in force holds, and what letters say by it."""
    ruling = ruling_on(day)
    return {"since_on": ruling.valid_from, "explained": EXPLAINED[Training(ruling.answer)]} if ruling else None


class RefusalView(OfHousehold):
    """The refusal of the household in the address; a municipality sees only what it is asked."""

    shows = OfHousehold.shows | {Compartment.SETTLEMENT}
    letters: tuple[LetterRow, ...] = ()

    @cached_property
    def shown(self) -> Shown:
        """The one that is open, or the last that was closed. Http404 where there is none that the viewer may see."""
        found = shown_of(self.group.pk, self.members, self.day)
        if found is None:
            raise Http404
        return found

    @property
    def names(self) -> Names:
        """What those are called whom the viewer may see."""
        return {str(member.subject_id): member.given_name or member.family_name for member in self.members}

    def compartments_shown(self) -> frozenset[str]:
        """Where each letter lies, too."""
        return self.shows.union(letter.compartment for letter in self.letters)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page."""
        about = {
            "name": household_name(self.members),
            "name_within": household_name_within(self.members),
            "back_url": self.back_url,
            "day": self.day,
            "reference": self.kwargs["reference"],
        }
        acts = possible_acts(self.shown, self.viewer, str(self.kwargs["reference"])) if self.shown.is_open else []
        if self.viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
            own = open_tasks_about(self.group.pk).filter(organisation_id=self.viewer.organisation_id)
            rows = held_rows(self.shown, own)
            return render(request, "refusal/held.html", about | rows | {"held": rows, "acts": acts})
        return render(request, "refusal/page.html", about | self._in_full() | {"acts": acts})

    def _in_full(self) -> dict[str, Any]:
        found, names = self.shown, self.names
        kept = letters_of(self.group.pk, self.day)
        self.letters = tuple(each for each in kept if each.compartment == Compartment.REFUSAL)
        return head_rows(found) | {
            "clock": clock_rows(found),
            "entries": clock_entries(found, names),
            "residents": resident_rows(found, names),
            "tellings": telling_rows(found, names),
            "course": course_rows(found.events, names),
            "mistakes": self._mistakes(),
            "reference": self.kwargs["reference"],
            "later": later_rows(found, self.viewer, names) if found.is_open else [],
            "letters": self.letters,
            "ruling": _ruling_in_words(self.day) if found.is_open else None,
        }

    def _mistakes(self) -> frozenset[int]:
        """The keys of what the viewer may take back."""
        found = self.shown
        return frozenset(each.pk for each in can_be_taken_back(found.events, self.viewer) if found.is_open)
