"""What is steered now, and municipalities that are closed this week."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.allocation.actions.steering import close_municipality, open_municipality
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.forms import ConfirmForm, MunicipalityForm
from fotfeste.allocation.models import ClosedMunicipality
from fotfeste.allocation.queries.plans import municipality_names, plans_for
from fotfeste.allocation.queries.steering import closed_municipalities, closing_named, steered_in_queue
from fotfeste.allocation.views.plans import paged
from fotfeste.allocation.words_steering import decided_by, what_is_decided
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.views import ActView, StaffView
from fotfeste.platform.words import week
from fotfeste.registry.public import household_names

OF_HOUSEHOLDS = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT})


def by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Municipalities as choices, by name."""
    return sorted(names.items(), key=lambda each: norwegian_sort_key(each[1]))


class SteeringView(StaffView):
    """What holds now: households of the queue that are pinned or kept out, municipalities that are closed this week."""

    permission: ClassVar[str] = PLAN_PERMISSION
    shows = OF_HOUSEHOLDS

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, with what can be taken back."""
        page = paged(steered_in_queue(self.viewer), request.GET.get("page"))
        self.hits = page.paginator.count
        found = list(page)
        names = household_names([each.subject_id for each in found], self.day) if found else {}
        context = {
            "page": page,
            "rows": [(each, names[each.subject_id], what_is_decided(each), decided_by(each)) for each in found],
            "closed": [(each, decided_by(each)) for each in closed_municipalities(self.viewer, Week.of(self.day))],
            "week": week(Week.of(self.day)),
            "standing": plans_for(self.viewer).filter(state="proposed").first(),
        }
        return render(request, "allocation/steering.html", context)


class CloseMunicipalityView(ActView):
    """Close a municipality this week."""

    permission = PLAN_PERMISSION
    form_class = MunicipalityForm

    def form_arguments(self) -> dict[str, Any]:
        """Those that are open, by name."""
        shut = {each.municipality.municipality_id for each in closed_municipalities(self.viewer, Week.of(self.day))}
        names = {number: name for number, name in municipality_names().items() if number not in shut}
        return {"choices": by_name(names), "about": _("Skriv ikke om enkeltpersoner.")}

    def initial(self) -> dict[str, Any]:
        """The municipality that the address names."""
        return {"municipality": self.request.GET.get("kommune", "")}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Steng en kommune denne uken"),
            "intro": _("Gjelder planene som lages i %(week)s.") % {"week": week(Week.of(self.day))},
            "submit_label": _("Steng kommunen"),
            "back_url": reverse("steering"),
            "back_label": _("Styringen av planene"),
            "consequences": [
                _("Ingen blir foreslått til kommunen i planer som lages denne uken."),
                _("Husstander som er festet til kommunen, må vente. Planen sier det."),
                _("Det som er spurt om eller avtalt, blir stående."),
                _("Neste uke er kommunen med igjen."),
            ],
        }

    def do(self, form: MunicipalityForm) -> tuple[str, str]:
        """Close it."""
        typed = form.cleaned_data
        closing = close_municipality(typed["municipality"], reason=typed["reason"], by=self.viewer, at=self.at)
        return reverse("steering"), _("%(place)s er stengt denne uken, fra neste plan.") % {
            "place": closing.municipality.name
        }


class OpenMunicipalityView(ActView):
    """Open a municipality again."""

    permission = PLAN_PERMISSION
    form_class = ConfirmForm
    is_shown_late = False

    @cached_property
    def closing(self) -> ClosedMunicipality:
        """What is to be taken back. Raises NotFound."""
        return closing_named(self.viewer, str(self.kwargs["reference"]))

    def too_late(self) -> Sequence[str]:
        """It is open already."""
        return () if self.closing.ended_at is None else [_("Kommunen er allerede åpnet igjen.")]

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Åpne %(place)s igjen") % {"place": self.closing.municipality.name},
            "intro": self.closing.reason,
            "submit_label": _("Åpne kommunen"),
            "back_url": reverse("steering"),
            "back_label": _("Styringen av planene"),
            "consequences": [_("Kommunen er med i den neste planen. Planer som er laget, blir stående.")],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Open it."""
        open_municipality(self.closing.reference, by=self.viewer, at=self.at)
        return reverse("steering"), _("%(place)s er med igjen fra neste plan.") % {
            "place": self.closing.municipality.name
        }
