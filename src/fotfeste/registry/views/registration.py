"""The page that registers several persons at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.typed import Typed, typed_in
from fotfeste.platform.views import StaffView
from fotfeste.registry.actions.persons import NUMBER_IN_USE, only_synthetic
from fotfeste.registry.actions.registration import SENT_ALREADY, register_group
from fotfeste.registry.domain.types import NewGroup
from fotfeste.registry.forms.choices import whole_number
from fotfeste.registry.forms.registration import RegistrationPage
from fotfeste.registry.models import PlacementGroup
from fotfeste.registry.queries.members import household_names, members_of
from fotfeste.registry.views.household import warnings_about


class RegisterGroupView(StaffView):
    """Register people who came together. Every button but the last only brings the page back with what was typed."""

    permission = "registry.register_persons"
    shows = frozenset({Compartment.IDENTITY})
    asked_about: Mapping[str, str] = {}

    def compartments_shown(self) -> frozenset[str]:
        """Nothing of anybody, until a number was typed that somebody has: that there is somebody is told then."""
        return frozenset() if self.hits is None else self.shows

    def asked_for(self) -> Mapping[str, str]:
        """The number that somebody has."""
        return self.asked_about

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty page."""
        return self._show(request, RegistrationPage(None, today=self.day))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add, remove, check or register."""
        wish, _dash, place = request.POST.get("do", "check").partition("-")
        if wish in ("person", "tie", "remove"):
            page = RegistrationPage(request.POST, today=self.day)
            if wish == "remove":
                page.remove_person(whole_number(place))
            else:
                {"person": page.add_person, "tie": page.add_tie}[wish]()
            return self._show(request, page)
        page = RegistrationPage(request.POST, today=self.day, judge=True)
        if not page.is_in_order(only_synthetic=only_synthetic()):
            return self._show(request, page, status=422)
        if wish != "register":
            return self._show(request, page, is_in_order=True)
        try:
            group = register_group(page.group, by=self.viewer, at=self.at, reference=page.reference)
        except NotAllowed:
            raise
        except Refused as refused:
            if refused.code == SENT_ALREADY and (sent := self._sent_before(page)):
                return self._done_before(request, sent)
            page.refuse(refused)
            if refused.code == NUMBER_IN_USE and refused.field:
                self.hits, self.asked_about = 1, {refused.field: request.POST.get(refused.field, "")}
            if refused.code == SENT_ALREADY:
                page.take_new_reference()
            return self._show(request, page, status=422)
        return self._done(request, page.group, group)

    def resumed(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What was typed before a new login; nothing is registered."""
        messages.warning(request, _("Ingenting er lagret ennå. Se over det du skrev, og send det på nytt."))
        return self._show(request, RegistrationPage(request.POST, today=self.day))

    def typed(self) -> Sequence[Typed]:
        """What stands in all the forms of the page."""
        page = RegistrationPage(self.request.POST, today=self.day)
        return [each for form in (page.head, *page.blocks, *page.tie_forms) for each in typed_in(form)]

    def _sent_before(self, page: RegistrationPage) -> PlacementGroup | None:
        """The household that the page made when it was sent before; None where other people stand on it now."""
        group = PlacementGroup.objects.filter(subject__reference=page.reference).select_related("subject").first()
        if group is None:
            return None
        known = {(m.given_name, m.family_name, m.birth_date) for m in members_of(group.pk, self.day)}
        typed = {(p.given_name.strip(), p.family_name.strip(), p.birth_date) for p in page.group.persons}
        return group if known == typed else None

    def _done_before(self, request: HttpRequest, group: PlacementGroup) -> HttpResponse:
        name = household_names([group.pk], self.day)[group.pk]
        messages.info(
            request,
            _("Skjemaet ble sendt to ganger. %(name)s er registrert én gang, som plasseringsgruppe %(number)s.")
            % {"name": name, "number": group.number},
        )
        return redirect("household", reference=group.subject.reference)

    def _done(self, request: HttpRequest, new: NewGroup, group: PlacementGroup) -> HttpResponse:
        name = household_names([group.pk], self.day)[group.pk]
        messages.success(
            request,
            _("%(name)s er registrert som plasseringsgruppe %(number)s. UDI har fått oppgaven å plassere dem.")
            % {"name": name, "number": group.number},
        )
        for sentence in warnings_of(new):
            messages.warning(request, sentence)
        return redirect("household", reference=group.subject.reference)

    def _show(
        self, request: HttpRequest, page: RegistrationPage, *, status: int = 200, is_in_order: bool = False
    ) -> HttpResponse:
        context = {
            "page": page,
            "errors": page.errors,
            "is_in_order": is_in_order,
            "warnings": warnings_of(page.group) if is_in_order else (),
        }
        return render(request, "registry/register_group.html", context, status=status)


def warnings_of(new: NewGroup) -> list[str]:
    """What somebody should look at again, in sentences with the person's name; it is registered all the same."""
    return [sentence for person in new.persons for sentence in warnings_about(person, new.registered_on)]
