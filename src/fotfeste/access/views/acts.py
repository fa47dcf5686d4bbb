"""The forms of those who give roles: add a user, give and end a role, end an employment."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actions.staff import add_user, end_employment, end_role, give_role
from fotfeste.access.domain.matrix import CASE_ROLES
from fotfeste.access.domain.permissions import ADMINISTRATORS, GIVE_ROLES, roles_of
from fotfeste.access.domain.types import Role
from fotfeste.access.forms import EndEmploymentForm, EndRoleForm, GiveRoleForm, NewUserForm
from fotfeste.access.models import Employment, RoleAssignment
from fotfeste.access.staff import (
    administrators_here,
    employment_by_reference,
    role_by_reference,
    roles_from,
    staff_version,
)
from fotfeste.access.words import role_name, who_gives_case_roles
from fotfeste.platform import words
from fotfeste.platform.typed import kept_page
from fotfeste.platform.views import ActView


class StaffActView(ActView):
    """An act on a user of one's own organisation; there is no page about another organisation's."""

    permission = GIVE_ROLES
    is_shown_late = False

    def refuse_strangers(self) -> None:
        """NotFound where the user is another organisation's, however it is asked for."""
        assert self.employment

    @cached_property
    def employment(self) -> Employment:
        """The employment in the address."""
        return employment_by_reference(self.viewer, self.kwargs["reference"])

    @property
    def back_url(self) -> str:
        """The user's page."""
        return reverse("user", args=[self.employment.reference])

    def initial(self) -> dict[str, Any]:
        """The version of what is told of the user."""
        return {"version": staff_version(self.employment.user_id)}

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": self.back_url, "back_label": self.employment.user.name}


class AddUserView(ActView):
    """One more user."""

    permission = GIVE_ROLES
    form_class = NewUserForm

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"from_on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return {
            "title": _("Ny bruker"),
            "intro": _("Brukeren kan logge inn fra første dag, når du også har gitt en rolle."),
            "submit_label": _("Legg til brukeren"),
            "back_url": reverse("users"),
            "back_label": _("Brukere"),
        }

    def do(self, form: NewUserForm) -> tuple[str, str]:
        """Add them."""
        made = add_user(form.user(), form.cleaned_data["from_on"], by=self.viewer, at=self.at)
        sentence = _("%(name)s er lagt til. Gi brukeren en rolle nå.") % {"name": form.cleaned_data["name"]}
        return reverse("user", args=[made.reference]), sentence


class GiveRoleView(StaffActView):
    """A role for a user: those that the organisation has and that the viewer may give."""

    form_class = GiveRoleForm

    @cached_property
    def roles(self) -> list[Role]:
        """The roles that can be chosen."""
        user = self.employment.user
        open_ones = {row.role for row in roles_from([user.pk], self.day).get(user.pk, ()) if row.period.is_open}
        mine = user.pk == self.viewer.user_id
        return [
            role
            for role in roles_of(user.organisation.kind)
            if role not in open_ones and not (mine and role in CASE_ROLES)
        ]

    def too_late(self) -> list[str]:
        """Why no role can be given; nothing while there is one."""
        if self.employment.period.ends_before(self.day):
            return [_("%(name)s arbeider ikke her lenger.") % {"name": self.employment.user.name}]
        if self.roles:
            return []
        if self.employment.user_id == self.viewer.user_id:
            return [who_gives_case_roles(administrators_here(self.viewer, self.day))]
        return [_("%(name)s har alle rollene som finnes her.") % {"name": self.employment.user.name}]

    def _over(self, reasons: Sequence[str]) -> HttpResponse:
        """Why there is no role to choose."""
        title = _("Ingen rolle å gi")
        return kept_page(self.request, status=200, title=title, sentences=reasons, back=self.way_back())

    def form_arguments(self) -> dict[str, Any]:
        """What can be chosen."""
        return {"roles": self.roles}

    def initial(self) -> dict[str, Any]:
        """From today, or from the first day of work."""
        return super().initial() | {"from_on": max(self.day, self.employment.period.start)}

    def context(self) -> dict[str, Any]:
        """Words of the page, and whose move it is where the role is for oneself."""
        about = {"title": _("Gi %(name)s en rolle") % {"name": self.employment.user.name}}
        if self.employment.user_id == self.viewer.user_id:
            about["intro"] = who_gives_case_roles(administrators_here(self.viewer, self.day))
        return super().context() | about | {"submit_label": _("Gi rollen")}

    def do(self, form: GiveRoleForm) -> tuple[str, str]:
        """Give it."""
        typed = form.cleaned_data
        how = {"by": self.viewer, "at": self.at, "version": typed["version"]}
        give_role(self.employment.reference, typed["role"], typed["from_on"], **how)
        return self.back_url, _("%(name)s har rollen %(role)s fra %(day)s.") % {
            "name": self.employment.user.name,
            "role": role_name(typed["role"]),
            "day": words.day(typed["from_on"]),
        }


class EndEmploymentView(StaffActView):
    """Somebody who works here no more."""

    form_class = EndEmploymentForm

    def too_late(self) -> list[str]:
        """Why there is nothing to end."""
        if self.employment.period.ends_before(self.day):
            return [_("%(name)s arbeider ikke her lenger.") % {"name": self.employment.user.name}]
        return []

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Avslutt ansettelsen til %(name)s") % {"name": self.employment.user.name},
            "submit_label": _("Avslutt ansettelsen"),
            "is_severe": True,
            "consequences": [
                _("Brukeren kan ikke logge inn fra denne dagen."),
                _("Alle rollene slutter samme dag."),
                _("Det brukeren har gjort, og rollene som var, står fortsatt i historikken."),
            ],
        }

    def do(self, form: EndEmploymentForm) -> tuple[str, str]:
        """End it."""
        on, name = form.cleaned_data["on"], self.employment.user.name
        how = {"by": self.viewer, "at": self.at, "version": form.cleaned_data["version"]}
        end_employment(self.employment.reference, on, **how)
        # There is no page of one who never began; and whoever leaves from today logs out with it.
        has_gone = self.employment.user_id == self.viewer.user_id and on <= self.day
        stays = self.employment.period.start < on and not has_gone
        target = self.back_url if stays else reverse("worklist" if has_gone else "users")
        return target, _("%(name)s har ikke tilgang fra %(day)s.") % {"name": name, "day": words.day(on)}


class EndRoleView(StaffActView):
    """A role that somebody has no more."""

    form_class = EndRoleForm

    @cached_property
    def row(self) -> RoleAssignment:
        """The role in the address."""
        return role_by_reference(self.viewer, self.kwargs["reference"])

    @cached_property
    def employment(self) -> Employment:
        """The employment in which it is held."""
        here = Employment.objects.current().filter(user_id=self.row.user_id, period__contains=self.row.period.start)
        found: Employment = here.select_related("user__organisation").get()
        return found

    def too_late(self) -> list[str]:
        """Why there is nothing to end."""
        if self.row.period.ends_before(self.day):
            return [_("Rollen er avsluttet fra %(day)s.") % {"day": words.day(self.row.period.end)}]
        return []

    def context(self) -> dict[str, Any]:
        """What will happen."""
        name, role = self.employment.user.name, role_name(Role(self.row.role))
        consequences = [_("%(name)s kan ikke bruke rollen fra denne dagen.") % {"name": name}]
        if Role(self.row.role) in ADMINISTRATORS:
            consequences.append(_("Noen andre her må fortsatt kunne gi roller."))
        return super().context() | {
            "title": _("Avslutt rollen %(role)s for %(name)s") % {"role": role, "name": name},
            "submit_label": _("Avslutt rollen"),
            "is_severe": True,
            "consequences": consequences,
        }

    def do(self, form: EndRoleForm) -> tuple[str, str]:
        """End it."""
        on = form.cleaned_data["on"]
        how = {"by": self.viewer, "at": self.at, "version": form.cleaned_data["version"]}
        end_role(self.row.reference, on, **how)
        # Whoever ends their own administrator's role from today comes to no page about users any more.
        mine = self.row.user_id == self.viewer.user_id and Role(self.row.role) in ADMINISTRATORS and on <= self.day
        target = reverse("worklist") if mine else self.back_url
        return target, _("%(name)s har ikke rollen %(role)s fra %(day)s.") % {
            "name": self.employment.user.name,
            "role": role_name(Role(self.row.role)),
            "day": words.day(on),
        }
