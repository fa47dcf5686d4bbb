"""What every act on a refusal shares: whose it is, whether it can be done now, and why not yet."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.typed import kept_page
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.domain.gates import OF_THE_CASE, Gate, gate
from fotfeste.refusal.domain.types import Happening, Resident
from fotfeste.refusal.queries.living import centres_of
from fotfeste.refusal.queries.shown import Shown, shown_of
from fotfeste.refusal.rows import Names
from fotfeste.refusal.words_pages import ACTS, reason_in_words, why_waits
from fotfeste.registry.public import ActOnHousehold


class RefusalActView(ActOnHousehold):
    """An act on the open refusal of the household in the address. Where it cannot be done, the page says why."""

    shows = ActOnHousehold.shows | {Compartment.SETTLEMENT}
    is_shown_late = False
    kinds: ClassVar[tuple[Happening, ...]]  # what the act can register

    @cached_property
    def found(self) -> Shown | None:
        """The refusal, if there is one that the viewer may see."""
        return shown_of(self.group_id, self.members, self.day)

    @property
    def shown(self) -> Shown:
        """The refusal, where the form is shown."""
        assert self.found is not None
        return self.found

    @property
    def names(self) -> Names:
        """What those are called whom the viewer may see, by the id that they have in the case."""
        return {str(member.subject_id): member.given_name or member.family_name for member in self.members}

    @cached_property
    def due(self) -> tuple[str, ...]:
        """Those of whom it can be done now."""
        now = self.found.plan.now if self.found else ()
        return tuple(name for act in now if act.act in self.kinds for name in act.residents)

    def people(self) -> list[tuple[str, str]]:
        """Those of whom it can be done now, by public reference: to choose among."""
        return [(each.reference, each.name) for each in self.members if str(each.subject_id) in self.due]

    def all_chosen(self) -> dict[str, Any]:
        """Everybody is ticked from the start."""
        return {"residents": [reference for reference, _name in self.people()]}

    def too_late(self) -> Sequence[str]:
        """Why it cannot be done now: it waits for something, it is done, or there is no refusal."""
        if self.found is None or not self.found.is_open:
            return (sentence_for(Refused("no_open_refusal")),)
        if other := self.of_another_centre():
            return other
        if any(act.act in self.kinds for act in self.found.plan.now):
            return ()
        return self._why_not() or (sentence_for(Refused("nobody_due")),)

    def of_another_centre(self) -> Sequence[str]:
        """Why a centre where none of them stays has nothing to do."""
        is_centre = self.viewer.organisation_kind == OrganisationKind.CENTRE
        if not is_centre or self.viewer.organisation_id in centres_of(self.shown.refusal, self.day):
            return ()
        return (sentence_for(Refused("not_their_centre")),)

    def _why_not(self) -> tuple[str, ...]:
        course = self.shown.course
        said: list[str] = []
        for kind in self.kinds:
            whom: Sequence[Resident | None] = [None] if kind in OF_THE_CASE else course.present()
            said += [line for each in whom for line in _in_words(gate(course, kind, each, self.day), self.day)]
        return tuple(dict.fromkeys(said))

    def _over(self, reasons: Sequence[str]) -> HttpResponse:
        title = _("Dette kan ikke gjøres nå")
        return kept_page(self.request, status=200, title=title, sentences=reasons, back=self.way_back())

    @property
    def page_url(self) -> str:
        """The page of the refusal."""
        return reverse("refusal", args=[self.kwargs["reference"]])

    def way_back(self) -> tuple[str, str]:
        """The page of the refusal, where there is one."""
        return (self.page_url, _("Bosettingsnekt")) if self.found else super().way_back()

    def context(self) -> dict[str, Any]:
        """The way back, and what it is called."""
        url, words = self.way_back()
        label = str(ACTS[self.kinds[0]])
        return {"back_url": url, "back_label": words, "title": f"{label}: {self.name_within}", "submit_label": label}

    def said(self, form: ActForm) -> dict[str, Any]:
        """Who acts, when, on which version."""
        return {"by": self.viewer, "at": self.at, "version": form.cleaned_data["version"]}

    def chosen(self, form: ActForm) -> list[int]:
        """The subjects who were ticked."""
        return self.ids_of(form.cleaned_data["residents"])


def _in_words(found: Gate, day: date) -> list[str]:
    if found.never:
        return [reason_in_words(found.never)] if found.never.code != "child" else []
    told = why_waits(found.waits_for)
    if found.opens_on and day < found.opens_on:
        told.append(_("Dette kan tidligst gjøres %(day)s.") % {"day": in_words(found.opens_on)})
    return told


class ForResidentsView(RefusalActView):
    """An act of which it is chosen whom it is about."""

    def form_arguments(self) -> dict[str, Any]:
        """Those of whom it can be done."""
        return {"people": self.people()}
