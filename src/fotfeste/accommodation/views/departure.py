"""The page where a departure is registered."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.departure import postal_place, register_departure
from fotfeste.accommodation.advice import DepartureAdvice, departure_advice_for
from fotfeste.accommodation.domain.departure import REGISTERED_BY_CENTRE, consequences_of, reasons_to_choose
from fotfeste.accommodation.domain.leaving import reasons_for
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.forms.leaving import DepartureForm
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.overdue import overdue_among
from fotfeste.accommodation.views.persons import PersonsActView, report_url, since_when
from fotfeste.accommodation.words import DEPARTURE_REASONS, LEAVING, reason_sentence
from fotfeste.kernel.decisions import Reason
from fotfeste.platform import words
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import Member, unaccompanied_among


class DepartureView(PersonsActView):
    """Register that they have left, and see first what will follow."""

    shows = PersonsActView.shows | {Compartment.INTERVIEW, Compartment.ROOMS}

    permission = "accommodation.register_departure"
    form_class = DepartureForm
    template_name = "accommodation/departure.html"

    def compartments_shown(self) -> frozenset[str]:
        """What ends with their case, and whether somebody of them refuses: asked of every household."""
        return super().compartments_shown() | {Compartment.SETTLEMENT}

    @cached_property
    def advice(self) -> DepartureAdvice | None:
        """The reason that the household's case points to."""
        return departure_advice_for(self.group_id, self.day)

    @cached_property
    def alone(self) -> frozenset[int]:
        """Those who are unaccompanied minors."""
        return unaccompanied_among(self.members, self.day)

    @cached_property
    def overdue(self) -> list[tuple[Member, Absence]]:
        """Those who should have been back: gone, for all that anybody knows."""
        return overdue_among(self.here, self.day)

    def form_arguments(self) -> dict[str, Any]:
        """Who can be chosen, and what their case says."""
        return super().form_arguments() | {"advice": self.advice}

    def initial(self) -> dict[str, Any]:
        """Today, and the reason that the case points to; where somebody should have been back, they and theirs."""
        if self.overdue:
            gone = [member.subject_id for member, _absence in self.overdue]
            return super().initial() | {"on": self.day, "reason": DepartureReason.NO_ADDRESS, "persons": gone}
        return super().initial() | {"on": self.day, "reason": self.advice.reason if self.advice else None}

    def why_reason(self) -> str:
        """Why the reason is chosen that is chosen to begin with."""
        if self.overdue:
            return " ".join(
                [*(since_when(each, absence, self.day) for each, absence in self.overdue), _if_nobody_heard()]
            )
        return self.advice.why if self.advice else ""

    def by_way(self) -> list[tuple[str, str, str]]:
        """Each way of leaving on their own, with the reason to choose and why."""
        interviewed_on = self.advice.interviewed_on if self.advice else None
        return [
            (str(LEAVING[each.how]), str(DEPARTURE_REASONS[each.reason]), reason_sentence(each.why))
            for each in reasons_for(interviewed_on=interviewed_on)
        ]

    def context(self) -> dict[str, Any]:
        """What follows: always, when everyone leaves, and for which reason."""
        report = report_url(self.members, self.kwargs["reference"], self.day)
        some, everyone, unsettled = _always(is_whole_group=False), _always(is_whole_group=True), _unsettled()
        return super().context() | {
            "title": _("Registrer avreise for %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer avreise"),
            "consequences": [reason_sentence(each) for each in some],
            "whole_group": [reason_sentence(each) for each in everyone if each not in some],
            "unsettled": [
                *(reason_sentence(each) for each in unsettled if each not in everyone),
                *(self.advice.follows if self.advice else ()),
            ],
            "by_reason": _by_reason(unsettled, self.advice, has_minor_alone=bool(self.alone or report)),
            "by_way": self.by_way(),
            "why_reason": self.why_reason(),
            "report_url": report,
            "may_be_unknown": self.advice is not None and self.advice.interviewed_on is not None,
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
        if made.reminder:
            said = ("remind_of_population_register", "reminder_is_written")
            sentences += [reason_sentence(Reason(code)) for code in said]
        return self.back_url, " ".join(sentences)


def _always(*, is_whole_group: bool, reasons: Sequence[DepartureReason] = REGISTERED_BY_CENTRE) -> list[Reason]:
    """What follows whatever the reason is of these."""
    first, *others = (consequences_of(reason, is_whole_group=is_whole_group) for reason in reasons)
    return [each for each in first if all(each in found for found in others)]


def _unsettled() -> list[Reason]:
    """What follows for a household that leaves for any other reason than the settlement that was agreed."""
    others = [reason for reason in REGISTERED_BY_CENTRE if reason is not DepartureReason.AGREED_SETTLEMENT]
    return _always(is_whole_group=True, reasons=others)


def _if_nobody_heard() -> str:
    known = {"reason": DEPARTURE_REASONS[DepartureReason.NO_ADDRESS]}
    return _("Har ingen hørt fra dem, er årsaken «%(reason)s». Er de tilbake, registrerer dere retur i stedet.") % known


def _by_reason(
    always: Sequence[Reason], advice: DepartureAdvice | None, *, has_minor_alone: bool
) -> list[tuple[str, list[str]]]:
    """What follows from each reason beside that; reasons with the same consequences together, without those that have
    none of their own.
    """
    together: dict[tuple[Reason, ...], list[str]] = {}
    for reason in reasons_to_choose(has_refused=advice is not None and advice.has_refused):
        follows = consequences_of(reason, is_whole_group=True, has_minor_alone=has_minor_alone)
        own = tuple(each for each in follows if each not in always)
        together.setdefault(own, []).append(str(DEPARTURE_REASONS[reason]))
    return [("; ".join(reasons), [reason_sentence(each) for each in own]) for own, reasons in together.items() if own]


class PostalPlaceView(StaffView):
    """Place and county of a postal code, as a line beside the field (for htmx; saving fills them in anyway)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The line, empty where the code is not known."""
        code = request.GET.get("postal_code", "").strip()
        return render(request, "accommodation/postal_place.html", {"code": code, "found": postal_place(code)})
