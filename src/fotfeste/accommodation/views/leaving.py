"""The pages where departure, absence, leave and return are registered."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.absence import grant_leave, register_absence, register_return, withdraw_leave
from fotfeste.accommodation.actions.departure import postal_place, register_departure
from fotfeste.accommodation.advice import DepartureAdvice, departure_advice_for
from fotfeste.accommodation.domain.departure import REGISTERED_BY_CENTRE, consequences_of, reasons_to_choose
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.forms.leaving import AbsenceForm, DepartureForm, LeaveForm, LeaveWithdrawalForm, ReturnForm
from fotfeste.accommodation.queries.where import Away, away_on
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.accommodation.words import DEPARTURE_REASONS, reason_sentence
from fotfeste.kernel.decisions import Reason
from fotfeste.platform import words
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import Member


class PersonsActView(HouseholdActView):
    """An act on some or all of those who stay at the viewer's centre."""

    def choosable(self) -> list[Member]:
        """Those it can be done to."""
        return self.here

    def form_arguments(self) -> dict[str, Any]:
        """Who can be chosen."""
        return {"people": self.choosable()}

    def too_late(self) -> Sequence[str]:
        """There must be somebody whom it can be done to."""
        return () if self.choosable() else (_("Ingen i husstanden kan velges her nå."),)

    def context(self) -> dict[str, Any]:
        """Whether there is anybody at all."""
        return super().context() | {"nobody_here": not self.choosable()}


class DepartureView(PersonsActView):
    """Register that they have left, and see first what will follow."""

    shows = PersonsActView.shows | {Compartment.INTERVIEW}

    permission = "accommodation.register_departure"
    form_class = DepartureForm
    template_name = "accommodation/departure.html"

    @cached_property
    def advice(self) -> DepartureAdvice | None:
        """The reason that the household's case points to."""
        return departure_advice_for(self.group_id, self.day)

    def form_arguments(self) -> dict[str, Any]:
        """Who can be chosen, and what their case says."""
        return super().form_arguments() | {"advice": self.advice}

    def initial(self) -> dict[str, Any]:
        """Today, and the reason that the case points to."""
        return super().initial() | {"on": self.day, "reason": self.advice.reason if self.advice else None}

    def context(self) -> dict[str, Any]:
        """What follows: always, when everyone leaves, and for which reason."""
        some, everyone = _always(is_whole_group=False), _always(is_whole_group=True)
        return super().context() | {
            "title": _("Registrer avreise for %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer avreise"),
            "consequences": [reason_sentence(each) for each in some],
            "whole_group": [reason_sentence(each) for each in everyone if each not in some],
            "by_reason": _by_reason(everyone, has_refused=self.advice is not None and self.advice.has_refused),
            "why_reason": self.advice.why if self.advice else "",
        }

    def do(self, form: DepartureForm) -> tuple[str, str]:
        """Register it."""
        self.require_somebody_here()
        typed = form.cleaned_data
        made = register_departure(
            self.group_id,
            typed["persons"],
            typed["on"],
            typed["reason"],
            typed["street"],
            typed["postal_code"],
            typed["place"],
            typed["county"],
            is_meant=typed.get("is_meant", False),
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        done = _("Hele husstanden reiste %(day)s.") if made.is_whole_group else _("De du valgte, reiste %(day)s.")
        sentences = [done % {"day": words.day(made.on)}]
        sentences += [reason_sentence(reason) for reason in made.registered_same_day.reasons]
        if typed["reason"] is DepartureReason.PRIVATE_ADDRESS:
            sentences.append(reason_sentence(Reason("remind_of_population_register")))
        return self.back_url, " ".join(sentences)


def _always(*, is_whole_group: bool) -> list[Reason]:
    """What follows whatever the reason."""
    first, *others = (consequences_of(reason, is_whole_group=is_whole_group) for reason in REGISTERED_BY_CENTRE)
    return [each for each in first if all(each in found for found in others)]


def _by_reason(always: Sequence[Reason], *, has_refused: bool) -> list[tuple[str, list[str]]]:
    """What follows from each reason beside that; reasons with the same consequences together."""
    together: dict[tuple[Reason, ...], list[str]] = {}
    for reason in reasons_to_choose(has_refused=has_refused):
        own = tuple(each for each in consequences_of(reason, is_whole_group=True) if each not in always)
        together.setdefault(own, []).append(str(DEPARTURE_REASONS[reason]))
    return [("; ".join(reasons), [reason_sentence(each) for each in own]) for own, reasons in together.items()]


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
    """Register that they are back."""

    form_class = ReturnForm

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


class PostalPlaceView(StaffView):
    """Place and county of a postal code, as a line beside the field (for htmx; saving fills them in anyway)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The line, empty where the code is not known."""
        code = request.GET.get("postal_code", "").strip()
        return render(request, "accommodation/postal_place.html", {"code": code, "found": postal_place(code)})
