"""The forms of those who give roles."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.access.actions.staff import NewUser
from fotfeste.access.domain.types import Role
from fotfeste.access.words import role_name
from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.platform.words import capital


class NewUserForm(ActForm):
    """Somebody who is to be a user: who, how they log in, since when they work here."""

    name = forms.CharField(label=_("Navn"), max_length=120)
    login_name = forms.CharField(
        label=_("Brukernavn"),
        max_length=60,
        help_text=_("Navnet som brukeren logger inn med hos dere, ofte en e-postadresse."),
    )
    from_on = DayField(label=_("Ansatt fra"))

    def user(self) -> NewUser:
        """What was typed, for the act."""
        return NewUser(name=self.cleaned_data["name"], username=self.cleaned_data["login_name"])

    def refuse(self, refused: Refused) -> None:
        """A refusal of the database about the user name stands beside it too."""
        if refused.code == "directory_user_username_key":
            refused = Refused(refused.code, "login_name", refused.params)
        super().refuse(refused)


class GiveRoleForm(ActForm):
    """Which role, from when."""

    role = forms.TypedChoiceField(label=_("Rolle"), coerce=Role, widget=forms.RadioSelect)
    from_on = DayField(label=_("Gjelder fra"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        """`roles`: those that can be chosen."""
        super().__init__(*args, **kwargs)
        self.let_choose("role", [(role, capital(role_name(role))) for role in roles])


class EndRoleForm(ActForm):
    """The first day without the role."""

    on = DayField(label=_("Første dag uten"), help_text=_("Velg dagen i dag, så slutter rollen med en gang."))


class EndEmploymentForm(ActForm):
    """The first day without access."""

    on = DayField(
        label=_("Første dag uten tilgang"),
        help_text=_("Dagen etter siste arbeidsdag. Velg dagen i dag, så stenges tilgangen med en gang."),
    )
