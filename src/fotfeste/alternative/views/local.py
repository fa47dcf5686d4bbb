"""The municipality's page «Bor privat», and the forms of its lists."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.alternative.actions.conditions import conditions_version, declare_conditions
from fotfeste.alternative.actions.residents import Resident, end_resident, register_resident
from fotfeste.alternative.actions.waiting import Waiting, add_to_waiting_list, answer_waiting, note_application
from fotfeste.alternative.forms.local import (
    AnswerWaitingForm,
    ConditionsForm,
    ConfirmForm,
    EndResidentForm,
    ResidentForm,
    WaitingForm,
)
from fotfeste.alternative.models import PrivateResident, WaitingEntry
from fotfeste.alternative.queries.followed import late_reports
from fotfeste.alternative.queries.local import LivesHere, Waits, living_here, own_conditions, residents, waiting_list
from fotfeste.alternative.queries.local import waits as with_days
from fotfeste.alternative.words_local import (
    CHECK_RESULTS,
    CHECK_TONES,
    CONDITION_KINDS,
    RESIDENT_GONE,
    TOLD_BY,
    WAITING_OUTCOMES,
)
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.views import ActView, StaffView

PER_PAGE = 50
_FOLLOW_UP = "alternative.follow_up"


class PrivateLivingView(StaffView):
    """Who lives privately in the viewer's municipality, who waits, who is in the register, what it asks for."""

    permission = _FOLLOW_UP
    shows = frozenset({Compartment.IDENTITY, Compartment.STAYS, Compartment.HOUSING})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        here = living_here(self.viewer, self.day)
        page = Paginator(here, PER_PAGE).get_page(request.GET.get("page"))
        unanswered, answered = waiting_list(self.viewer)
        register = residents(self.viewer)
        context = {
            "day": self.day,
            "page": page,
            "count": len(here),
            "here": [self._line(each) for each in page.object_list],
            "unanswered": [self._waits(each) for each in unanswered],
            "answered": [self._waits(each) for each in answered],
            "residents": [(each, TOLD_BY[each.told_by]) for each in register],
            "conditions": [(CONDITION_KINDS[each.kind], each) for each in own_conditions(self.viewer, self.day)],
        }
        self.hits = len(here) + len(unanswered) + len(answered) + len(register)
        return render(request, "alternative/local/page.html", context)

    def _line(self, lives: LivesHere) -> dict[str, Any]:
        return {
            "lives": lives,
            "scheme": lives.scheme.upper(),
            "is_contact_late": lives.contact_by.is_late_on(self.day),
            "is_check_late": not lives.result and lives.check_by.is_late_on(self.day),
            "result": CHECK_RESULTS[lives.result] if lives.result else "",
            "tone": CHECK_TONES.get(lives.result, "warning"),
        }

    def _waits(self, waits: Waits) -> dict[str, Any]:
        return {
            "waits": waits,
            "entry": waits.entry,
            "is_late": waits.answer_by.is_late_on(self.day),
            "is_to_be_seen": self.day >= waits.see_from.on,
            "outcome": WAITING_OUTCOMES[waits.entry.outcome] if waits.entry.outcome else "",
        }


class LocalActView(ActView):
    """An act of the municipality on its own lists."""

    permission = _FOLLOW_UP

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": reverse("private_living"), "back_label": _("Bor privat")}


class DeclareConditionsView(LocalActView):
    """What the municipality asks for."""

    form_class = ConditionsForm

    def initial(self) -> dict[str, Any]:
        """What it has said."""
        said: dict[str, Any] = {"version": conditions_version(self.viewer.organisation_id)}
        for row in own_conditions(self.viewer, self.day):
            said |= {row.kind: True, f"{row.kind}_words": row.words}
        return said

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Hvem kommunen tar imot"),
            "intro": _("Uten vilkår tar dere imot alle UDI sier ja til. UDI og de som søker, ser vilkårene fra i dag."),
            "submit_label": _("Lagre"),
        }

    def do(self, form: ConditionsForm) -> tuple[str, str]:
        """Say it."""
        declare_conditions(form.said(), by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return reverse("private_living"), _("Lagret. UDI og de som søker, ser det fra i dag.")


class AddWaitingView(LocalActView):
    """Somebody who wants to live here."""

    form_class = WaitingForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Skriv noen på ventelisten"),
            "intro": _("Be dem si fra én til to måneder før de vil flytte. Noen kommer likevel uten varsel."),
            "submit_label": _("Skriv på ventelisten"),
        }

    def do(self, form: WaitingForm) -> tuple[str, str]:
        """Write them down."""
        typed = form.cleaned_data
        waiting = Waiting(
            name=typed["name"],
            persons=typed["persons"],
            reached_by=typed["reached_by"],
            wanted_from=typed["wanted_from"],
        )
        add_to_waiting_list(waiting, by=self.viewer, at=self.at)
        return reverse("private_living"), _("De står på ventelisten.")


class WaitingActView(LocalActView):
    """An act on somebody on the waiting list."""

    def entry(self) -> WaitingEntry:
        """The one in the address. NotFound where it is not the municipality's."""
        mine = WaitingEntry.objects.filter(organisation_id=self.viewer.organisation_id)
        found = mine.filter(reference=self.kwargs["entry"]).first()
        if found is None:
            raise NotFound("not_found")
        return found

    def refuse_strangers(self) -> None:
        """Only the municipality's own."""
        self.entry()


class AnswerWaitingView(WaitingActView):
    """Whether there is room for them."""

    form_class = AnswerWaitingForm

    def initial(self) -> dict[str, Any]:
        """What was answered before."""
        entry = self.entry()
        return {"outcome": entry.outcome, "possible_from": entry.possible_from}

    def context(self) -> dict[str, Any]:
        """Whom it is about, and by when."""
        known = with_days(self.entry())
        return super().context() | {
            "title": _("Svar %(name)s") % {"name": known.entry.name},
            "intro": _("De ønsker å flytte inn. Ring eller skriv til dem når dere har svart: %(reached)s")
            % {"reached": known.entry.reached_by},
            "submit_label": _("Lagre svaret"),
        }

    def do(self, form: AnswerWaitingForm) -> tuple[str, str]:
        """Answer."""
        typed = form.cleaned_data
        answer_waiting(
            self.kwargs["entry"],
            outcome=typed["outcome"],
            possible_from=typed["possible_from"],
            by=self.viewer,
            at=self.at,
        )
        return reverse("private_living"), _("Svaret er lagret. Si fra til dem.")


class ApplyFromWaitingView(WaitingActView):
    """Somebody with a place applies."""

    form_class = ConfirmForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("%(name)s søker") % {"name": self.entry().name},
            "intro": _("De har fått plass. Nå må UDI få søknaden."),
            "submit_label": _("De søker nå"),
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Note it."""
        note_application(self.kwargs["entry"], by=self.viewer, at=self.at)
        return reverse("private_living"), _("Det står på ventelisten at de søker.")


class RegisterResidentView(LocalActView):
    """Somebody who lives here and has not applied."""

    form_class = ResidentForm

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"told_on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Skriv opp noen som bor privat"),
            "intro": _(
                "Registeret er bare for å finne ut hvem som bor her, til de har søkt. "
                "Dere får ikke vite om nummeret er kjent fra før."
            ),
            "submit_label": _("Skriv opp"),
        }

    def do(self, form: ResidentForm) -> tuple[str, str]:
        """Write them down."""
        typed = form.cleaned_data
        resident = Resident(
            name=typed["name"],
            duf_number=typed["duf_number"],
            street=typed["street"],
            postal_code=typed["postal_code"],
            lives_with=typed["lives_with"],
            told_by=typed["told_by"],
            told_on=typed["told_on"],
        )
        register_resident(resident, by=self.viewer, at=self.at)
        return reverse("private_living"), _("Skrevet opp. Hjelp dem gjerne med å søke.")


class EndResidentView(LocalActView):
    """Somebody is taken out of the register."""

    form_class = EndResidentForm

    def resident(self) -> PrivateResident:
        """The one in the address. NotFound where it is not the municipality's, or gone."""
        mine = PrivateResident.objects.filter(organisation_id=self.viewer.organisation_id)
        found = mine.filter(reference=self.kwargs["entry"]).first()
        if found is None:
            raise NotFound("not_found")
        return found

    def refuse_strangers(self) -> None:
        """Only the municipality's own."""
        self.resident()

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Ta %(name)s ut av registeret") % {"name": self.resident().name},
            "intro": _("Det som står om dem i registeret, slettes med en gang."),
            "submit_label": _("Ta ut og slett"),
            "is_severe": True,
        }

    def do(self, form: EndResidentForm) -> tuple[str, str]:
        """Take them out."""
        end_resident(self.kwargs["entry"], reason=form.cleaned_data["reason"], by=self.viewer, at=self.at)
        reason = str(RESIDENT_GONE[form.cleaned_data["reason"]])
        return reverse("private_living"), _("Slettet fra registeret: %(why)s.") % {"why": reason.lower()}


class LateReportsView(StaffView):
    """What UDI has not been told of persons on AMOT although it is time."""

    permission = "alternative.decide"
    shows = frozenset({Compartment.IDENTITY, Compartment.STAYS, Compartment.HOUSING})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, 50 a page."""
        late = late_reports(self.day)
        self.hits = len(late)
        page = Paginator(late, PER_PAGE).get_page(request.GET.get("page"))
        return render(
            request, "alternative/local/late_reports.html", {"page": page, "count": len(late), "day": self.day}
        )
