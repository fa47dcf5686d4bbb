"""The pages where somebody joins a household or leaves it."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fotfeste.registry.actions.membership import add_members, register_member, remove_member
from fotfeste.registry.domain.types import Found
from fotfeste.registry.forms.household import AddMembersForm, RegisterMemberForm, RemoveMemberForm
from fotfeste.registry.queries.search import search, with_same_reg_nr
from fotfeste.registry.views.household import HouseholdAct


class AddMembersView(HouseholdAct):
    """Find people and let them join."""

    form_class = AddMembersForm
    permission = "registry.add_member"
    template_name = "registry/add_members.html"

    @cached_property
    def text(self) -> str:
        """What was searched for."""
        return str(self.request.GET.get("q", "")).strip()

    @cached_property
    def found(self) -> Sequence[Found]:
        """Those found who are not members already; before anything is searched for, those with the same Reg.nr."""
        if not self.text:
            return with_same_reg_nr(self.members, self.day)
        return [each for each in search(self.viewer, self.text, self.day) if each.group_id != self.group_id]

    def form_arguments(self) -> dict[str, Any]:
        """Those found."""
        return {"found": self.found}

    def initial(self) -> dict[str, Any]:
        """From today, unless something else is typed."""
        return super().initial() | {"from_on": self.day}

    def context(self) -> dict[str, Any]:
        """What the page is called."""
        return super().context() | {
            "title": _("Legg til medlemmer"),
            "text": self.text,
            "found": self.found,
            "submit_label": _("Legg til"),
            "consequences": [
                _("De som har innsyn i husstanden, får innsyn i dem du legger til."),
                _("Er noen alene i en annen gruppe, blir den gruppen tom og oppgavene dens lukkes."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Add those who were ticked."""
        by_reference = {each.reference: each for each in self.found}
        chosen = [by_reference[reference] for reference in form.cleaned_data["persons"]]
        add_members(
            self.group_id,
            [each.subject_id for each in chosen],
            form.cleaned_data["from_on"],
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        names = ", ".join(each.name for each in chosen)
        return self.back_url, _("%(names)s er nå med i plasseringsgruppen.") % {"names": names}


class RemoveMemberView(HouseholdAct):
    """Take somebody out of the group (UDI)."""

    form_class = RemoveMemberForm
    permission = "registry.remove_member"

    def form_arguments(self) -> dict[str, Any]:
        """The members."""
        return {"members": self.members}

    def initial(self) -> dict[str, Any]:
        """From today, unless something else is typed."""
        return super().initial() | {"from_on": self.day}

    def context(self) -> dict[str, Any]:
        """What the page is called and what follows."""
        return super().context() | {
            "title": _("Ta noen ut av plasseringsgruppen"),
            "submit_label": _("Ta ut av gruppen"),
            "is_severe": True,
            "consequences": [
                _("Personen får en egen plasseringsgruppe og plasseres og bosettes for seg."),
                _("De som har innsyn bare på grunn av denne gruppens bosettingssak, mister innsynet i personen."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Take out the one who was chosen; the new group's number is told."""
        [person_id] = self.ids_of([form.cleaned_data["persons"]])
        new = remove_member(
            self.group_id,
            person_id,
            form.cleaned_data["from_on"],
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        name = next(member.name for member in self.members if member.subject_id == person_id)
        return self.back_url, _("%(name)s har fått en egen plasseringsgruppe: %(number)s.") % {
            "name": name,
            "number": new.number,
        }


class RegisterMemberView(HouseholdAct):
    """Somebody new in the household: a child is born, a spouse arrives."""

    form_class = RegisterMemberForm
    permission = "registry.register_persons"
    template_name = "registry/person_act.html"

    def initial(self) -> dict[str, Any]:
        """Today, and what the household has in common."""
        first = self.members[0] if self.members else None
        shared = {"family_name": first.family_name, "citizenship": first.citizenship} if first else {}
        return super().initial() | {"registered_on": self.day} | shared

    def context(self) -> dict[str, Any]:
        """What the page is called."""
        return super().context() | {"title": _("Registrer en ny person i husstanden"), "submit_label": _("Registrer")}

    def do(self, form: Any) -> tuple[str, str]:
        """Register the person."""
        person = form.person()
        register_member(
            self.group_id,
            person,
            form.cleaned_data["registered_on"],
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        self.warn_about(person, form.cleaned_data["registered_on"])
        name = f"{person.given_name} {person.family_name}".strip()
        return self.back_url, _("%(name)s er registrert i husstanden.") % {"name": name}
