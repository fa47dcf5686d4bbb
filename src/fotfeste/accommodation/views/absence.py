"""The pages where absence, leave and return are registered."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.absence import grant_leave, register_absence, register_return, withdraw_leave
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.forms.leaving import AbsenceForm, LeaveForm, LeaveWithdrawalForm, ReturnForm
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.overdue import overdue_among
from fotfeste.accommodation.queries.where import Away, absences_of, away_on
from fotfeste.accommodation.views.persons import PersonsActView, report_url, since_when
from fotfeste.accommodation.words import DEPARTURE_REASONS
from fotfeste.platform import words
from fotfeste.registry.public import Member


class _AwayView(PersonsActView):
    """An act about people who are away, or will be."""

    shows = PersonsActView.shows | {Compartment.ROOMS}

    permission = "accommodation.register_absence"
    template_name = "accommodation/away.html"

    @cached_property
    def away(self) -> Away:
        """Those who are away today, and those who have leave that lies ahead."""
        return away_on([member.subject_id for member in self.here], self.day)

    def choosable(self) -> list[Member]:
        """Those who are not away already."""
        return [member for member in self.here if member.subject_id not in self.away.absent]

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"from_on": self.day}


class AbsenceView(_AwayView):
    """Register that people are away without leave."""

    form_class = AbsenceForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        intro = _("Fraværet varer til dere registrerer at de er tilbake. Plassen går ikke tapt av seg selv.")
        if begins := self.away.leave_ahead.values():
            until = _("For den som har permisjon fra %(day)s, varer det til permisjonen begynner.")
            intro = f"{intro} {until % {'day': words.day(min(begins))}}"
        return super().context() | {
            "title": _("Registrer fravær for %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer fravær"),
            "intro": intro,
        }

    def do(self, form: AbsenceForm) -> tuple[str, str]:
        """Register it."""
        self.require_somebody_here()
        typed = form.cleaned_data
        register_absence(
            self.group_id,
            typed["persons"],
            typed["from_on"],
            is_abroad=typed["is_abroad"],
            note=typed["note"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("De er registrert som borte fra %(day)s.") % {"day": words.day(typed["from_on"])}


class LeaveView(_AwayView):
    """Grant leave with an agreed day of return."""

    form_class = LeaveForm

    def choosable(self) -> list[Member]:
        """Those who are not away, and have no leave already."""
        return [member for member in super().choosable() if member.subject_id not in self.away.leave_ahead]

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Innvilg permisjon for %(name)s") % {"name": self.name_within},
            "submit_label": _("Innvilg permisjon"),
            "intro": _("Permisjonen varer til dere registrerer at de er tilbake."),
        }

    def do(self, form: LeaveForm) -> tuple[str, str]:
        """Grant it."""
        self.require_somebody_here()
        typed = form.cleaned_data
        grant_leave(
            self.group_id,
            typed["persons"],
            typed["from_on"],
            typed["return_on"],
            is_abroad=typed["is_abroad"],
            note=typed["note"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("De har permisjon fra %(first)s, og skal være tilbake %(last)s.") % {
            "first": words.day(typed["from_on"]),
            "last": words.day(typed["return_on"]),
        }


class ReturnView(_AwayView):
    """Register that they are back; who is not, and should have been, and what to do then."""

    form_class = ReturnForm
    template_name = "accommodation/back.html"

    @cached_property
    def absences(self) -> list[tuple[Member, Absence]]:
        """Those who are away today, each with the absence."""
        here = {member.subject_id: member for member in self.here}
        return [(here[each.subject_id], each) for each in absences_of(list(here)) if each.period.contains(self.day)]

    @cached_property
    def overdue(self) -> list[tuple[Member, Absence]]:
        """Those who have been away so long that they may be gone."""
        return overdue_among(self.here, self.day)

    def choosable(self) -> list[Member]:
        """Those who are away."""
        return [member for member in self.here if member.subject_id in self.away.absent]

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Registrer at %(name)s er tilbake") % {"name": self.name_within},
            "submit_label": _("Registrer retur"),
            "intro": "",
            "since_when": [since_when(*each, self.day) for each in self.absences],
            "is_overdue": bool(self.overdue),
            "gone_reason": DEPARTURE_REASONS[DepartureReason.NO_ADDRESS],
            "departure_url": reverse("register_departure", args=[self.kwargs["reference"]]),
            "report_url": report_url(self.members, self.kwargs["reference"], self.day),
            "may_depart": self.viewer.may("accommodation.register_departure"),
        }

    def do(self, form: ReturnForm) -> tuple[str, str]:
        """Register it."""
        self.require_somebody_here()
        typed = form.cleaned_data
        register_return(
            self.group_id, typed["persons"], typed["on"], by=self.viewer, at=self.at, version=typed["version"]
        )
        return self.back_url, _("De er registrert som tilbake %(day)s.") % {"day": words.day(typed["on"])}


class LeaveWithdrawalView(_AwayView):
    """Take back leave that has not begun."""

    form_class = LeaveWithdrawalForm

    def choosable(self) -> list[Member]:
        """Those who have leave that lies ahead."""
        return [member for member in self.here if member.subject_id in self.away.leave_ahead]

    def context(self) -> dict[str, Any]:
        """Words of the page, and what follows."""
        return super().context() | {
            "title": _("Trekk tilbake permisjonen til %(name)s") % {"name": self.name_within},
            "submit_label": _("Trekk tilbake permisjonen"),
            "intro": _("Dette gjelder permisjon som ikke har begynt. Er de tilbake, registrer retur i stedet."),
            "consequences": [
                _("Permisjonen gjelder ikke lenger. Historikken viser at den ble trukket tilbake."),
                _("Dere kan innvilge ny permisjon med andre datoer."),
            ],
        }

    def do(self, form: LeaveWithdrawalForm) -> tuple[str, str]:
        """Take it back."""
        self.require_somebody_here()
        typed = form.cleaned_data
        withdraw_leave(
            self.group_id, typed["persons"], typed["reason"], by=self.viewer, at=self.at, version=typed["version"]
        )
        return self.back_url, _("Permisjonen er trukket tilbake.")
