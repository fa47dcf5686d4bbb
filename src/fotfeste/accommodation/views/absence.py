"""The pages where absence, leave and return are registered."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.absence import (
    grant_leave,
    move_return,
    register_absence,
    register_return,
    withdraw_leave,
)
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.forms.leaving import (
    AbsenceForm,
    LeaveForm,
    LeaveWithdrawalForm,
    MoveReturnForm,
    ReturnForm,
)
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.overdue import overdue_among
from fotfeste.accommodation.queries.returns import AgreedBefore, agreed_before
from fotfeste.accommodation.queries.where import Away, absences_of, away_on
from fotfeste.accommodation.views.persons import PersonsActView, report_url, since_when
from fotfeste.accommodation.words import DEPARTURE_REASONS, RETURNS_MOVED
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

    @property
    def is_return_agreed(self) -> bool:
        """Whether somebody who is away is to be back on a day that can be moved."""
        return any(absence.expected_return_on for _member, absence in self.absences)

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
            "agreed_before": _told_of_moves(self.absences),
            "move_url": reverse("move_return", args=[self.kwargs["reference"]]) if self.is_return_agreed else "",
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


class MoveReturnView(_AwayView):
    """Agree on another day of return from leave, begun or ahead."""

    form_class = MoveReturnForm
    template_name = "accommodation/moved_return.html"

    @cached_property
    def leaves(self) -> list[tuple[Member, Absence]]:
        """Those who have leave with an agreed day of return, each with the leave."""
        here = {member.subject_id: member for member in self.here}
        return [
            (here[each.subject_id], each)
            for each in absences_of(list(here))
            if each.expected_return_on and (each.period.end is None or each.period.end > self.day)
        ]

    def choosable(self) -> list[Member]:
        """They."""
        return [member for member, _leave in self.leaves]

    def context(self) -> dict[str, Any]:
        """What is agreed now, what was before, and what follows."""
        return super().context() | {
            "title": _("Flytt avtalt retur for %(name)s") % {"name": self.name_within},
            "submit_label": _("Flytt avtalt retur"),
            "intro": _("Dere er enige om en annen dag. Er de tilbake, registrer retur i stedet."),
            "since_when": [since_when(*each, self.day) for each in self.leaves],
            "agreed_before": _told_of_moves(self.leaves),
            "consequences": [
                _("Oppgaven med å se at de er tilbake, får den nye dagen som frist."),
                _("Er de i utlandet, regnes dagene til plassen går tapt fra den nye dagen."),
                _("Dagen som var avtalt, blir stående i historikken, med grunnen."),
            ],
        }

    def do(self, form: MoveReturnForm) -> tuple[str, str]:
        """Agree on it."""
        self.require_somebody_here()
        typed = form.cleaned_data
        move_return(
            self.group_id,
            typed["persons"],
            typed["return_on"],
            typed["reason"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("De skal være tilbake %(day)s.") % {"day": words.day(typed["return_on"])}


def _told_of_moves(absences: Sequence[tuple[Member, Absence]]) -> list[str]:
    """On which days these were to be back before, when that was moved, and why; a query where anybody is away."""
    names = {(absence.subject_id, absence.period.start): member.name for member, absence in absences}
    moves = agreed_before([person for person, _since in names]) if names else []
    told = [(names.get((each.subject_id, each.since_on)), each) for each in moves]
    return [_moved(name, each) for name, each in told if name is not None]


def _moved(name: str, before: AgreedBefore) -> str:
    known = {
        "name": name,
        "day": words.day(before.return_on),
        "moved": words.day(before.moved_on),
        "why": RETURNS_MOVED[before.reason],
    }
    return _("%(name)s skulle vært tilbake %(day)s. Dagen ble flyttet %(moved)s: %(why)s.") % known


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
