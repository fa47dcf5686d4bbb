"""What would a date mean in money? Asked of one household, without saving anything."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.access.public import Compartment, subject_by_reference
from fotfeste.accommodation.public import BeginOn, EndOn, Proposal, RightStay, StayKind, money_moved
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import household_name, members_of

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Organisation]
else:
    _Choice = forms.ModelChoiceField

END, MOVE, NEVER = "end", "move", "never"


class PlaceField(_Choice):
    """A municipality, by its name."""

    def label_from_instance(self, obj: Organisation) -> str:
        """Its name."""
        return obj.name


class WhatIfForm(ActForm):
    """What would have happened, and when."""

    when_needed = frozenset({"on", "municipality"})
    what = forms.ChoiceField(
        label=gettext_lazy("Hva om"),
        widget=forms.RadioSelect,
        choices=[
            (END, gettext_lazy("de ikke lenger bor der fra datoen")),
            (MOVE, gettext_lazy("de bor på MAMOT i en annen kommune fra datoen")),
            (NEVER, gettext_lazy("de aldri bodde der")),
        ],
    )
    on = DayField(label=gettext_lazy("Dato"), required=False)
    municipality = PlaceField(
        label=gettext_lazy("Ny kommune"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).order_by("sort_key"),
        to_field_name="reference",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A day is needed where something happens on it, a municipality where they move to one."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("what") in (END, MOVE) and not typed.get("on") and "on" not in self.errors:
            self.add_error("on", _("Skriv datoen."))
        if typed.get("what") == MOVE and not typed.get("municipality"):
            self.add_error("municipality", _("Velg kommunen."))
        return typed

    def proposal(self) -> Proposal:
        """What is proposed, of a form without mistakes."""
        typed = self.cleaned_data
        if typed["what"] == NEVER:
            return RightStay(never_was=True)
        if typed["what"] == MOVE:
            return BeginOn(typed["on"], typed["municipality"].pk, StayKind.MAMOT)
        return EndOn(typed["on"])


class WhatIfView(StaffView):
    """The months and kroner that a date would move, for those who may see what is paid for the household."""

    shows = frozenset({Compartment.IDENTITY, Compartment.STAYS, Compartment.MONEY})
    about: Whom

    @classmethod
    def permissions(cls) -> tuple[str, ...]:
        """Those who see the books, or their own."""
        return ("ledger.see", "ledger.see_own")

    def whom(self) -> Whom:
        """The household."""
        return self.about

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The question, and the answer where one is asked."""
        subject = subject_by_reference(self.viewer, reference, self.day)
        if not subject.known_because & self.viewer.opens.get(Compartment.MONEY, frozenset()):
            raise NotFound
        members = members_of(subject.pk, self.day)
        persons = tuple(member.subject_id for member in members)
        self.about = Whom(subject.pk, persons, subject.known_because)
        form = WhatIfForm(request.GET if "what" in request.GET else None, initial={"what": END})
        is_asked = form.is_bound and form.is_valid()
        moved = money_moved(self.viewer, persons, form.proposal(), at=self.at) if is_asked else None
        context = {
            "title": _("Hva ville en dato bety for %(name)s?") % {"name": household_name(members)},
            "reference": reference,
            "form": form,
            "moved": moved,
            "is_nobodys": is_asked and moved is None,
        }
        return render(request, "grants/what_if.html", context, status=422 if form.is_bound and form.errors else 200)
