"""The pages of protected addresses: protect a household, end it, and name who follows it up."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import GIVE_ROLES, PROTECT, Employment, Protection, ProtectionLevel
from fotfeste.platform.views import ActView
from fotfeste.platform.words import day as day_in_words
from fotfeste.registry.actions.protection import (
    END_PROTECTION,
    end_protection,
    name_follower,
    protect_household,
    unname_follower,
)
from fotfeste.registry.forms.protection import EndProtectionForm, NameFollowerForm, ProtectForm, UnnameFollowerForm
from fotfeste.registry.queries.protection import (
    NamedIn,
    ToName,
    named_for,
    protected_to_name,
    protection_of,
    who_may_be_named,
    who_may_be_unnamed,
)
from fotfeste.registry.views.household import HouseholdAct
from fotfeste.registry.words import PROTECTIONS


class ProtectHouseholdView(HouseholdAct):
    """Protect the address of a household, or change the level."""

    permission = PROTECT
    form_class = ProtectForm

    @cached_property
    def protection(self) -> Protection | None:
        """What there is already."""
        return protection_of(self.group.pk)

    @cached_property
    def levels(self) -> list[ProtectionLevel]:
        """Those that can be chosen: another than it has, and a less strict one for UDI alone."""
        if self.protection is None:
            return list(ProtectionLevel)
        if self.protection.level == ProtectionLevel.CONFIDENTIAL:
            return [ProtectionLevel.STRICTLY_CONFIDENTIAL]
        return [ProtectionLevel.CONFIDENTIAL] if self.viewer.may(END_PROTECTION) else []

    def too_late(self) -> Sequence[str]:
        """There must be a level to choose."""
        reasons = super().too_late()
        if reasons or self.levels:
            return reasons
        return (_("Adressen er allerede strengt fortrolig. Bare UDI kan gjøre den mindre streng."),)

    def form_arguments(self) -> dict[str, Any]:
        """What can be chosen."""
        return {"levels": self.levels}

    def initial(self) -> dict[str, Any]:
        """From today."""
        only = {"level": self.levels[0]} if len(self.levels) == 1 else {}
        return super().initial() | {"from_on": self.day} | only

    def context(self) -> dict[str, Any]:
        """What the page is called and what follows."""
        is_change = self.protection is not None
        return super().context() | {
            "title": _("Endre adressesperren") if is_change else _("Beskytt adressen"),
            "intro": _("Gjelder %(name)s, og alle som er eller blir med i husstanden.") % {"name": self.name_within},
            "submit_label": _("Endre adressesperren") if is_change else _("Beskytt adressen"),
            "is_severe": True,
            "consequences": [
                _("Bare de som er navngitt, ser husstanden. Du er den første."),
                _("For alle andre, også kollegaene dine, finnes husstanden ikke lenger, heller ikke i søk og lister."),
                _("Hver organisasjon som har med husstanden å gjøre, blir bedt om å få noen navngitt."),
                _("Til det er gjort, følger ingen der husstanden opp."),
                _("Den som går ut av husstanden, er fortsatt beskyttet."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Protect it."""
        typed = form.cleaned_data
        level, from_on = typed["level"], typed["from_on"]
        protect_household(self.group_id, level, from_on, by=self.viewer, at=self.at, version=typed["version"])
        return self.back_url, _("Adressen er %(level)s fra %(day)s. De som skal navngi flere, har fått en oppgave.") % {
            "level": PROTECTIONS[level],
            "day": day_in_words(from_on),
        }


class EndProtectionView(HouseholdAct):
    """The address is protected no more."""

    permission = END_PROTECTION
    form_class = EndProtectionForm

    def too_late(self) -> Sequence[str]:
        """There must be something to end."""
        reasons = super().too_late()
        if reasons or protection_of(self.group.pk) is not None:
            return reasons
        return (_("Adressen er ikke beskyttet."),)

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Opphev adressesperren"),
            "intro": _("Gjelder %(name)s, fra i dag.") % {"name": self.name_within},
            "submit_label": _("Opphev adressesperren"),
            "is_severe": True,
            "consequences": [
                _("Alle som har med husstanden å gjøre, ser den igjen, også det som har skjedd imens."),
                _("Ingen er navngitt lenger."),
                _("De som har gått ut av husstanden mens den var beskyttet, er det fortsatt."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """End it."""
        end_protection(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Adressesperren er opphevet.")


class NamingAct(ActView):
    """Who follows a protected household up. Whoever names sees its reference, not who it is."""

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Administrators name their own; UDI's case worker all, where the address is strictly confidential."""
        return (GIVE_ROLES, END_PROTECTION)

    def refuse_strangers(self) -> None:
        """NotFound where there is nobody for the viewer to name."""
        assert self.of

    @cached_property
    def of(self) -> ToName:
        """The household in the address."""
        return protected_to_name(self.kwargs["reference"])

    @cached_property
    def named(self) -> list[NamedIn]:
        """Who is named by now."""
        return named_for(self.of.household_id)

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Those who can be chosen, by the reference of their employment; where they work, if it is elsewhere."""
        own = self.viewer.organisation_id
        return [
            (row.reference, row.user.name if row.user.organisation_id == own else f"{row.user.name}, {where}")
            for row, where in self.people
        ]

    @property
    def people(self) -> Sequence[tuple[Employment, str]]:
        """Those who can be chosen, and where they work."""
        raise NotImplementedError

    def form_arguments(self) -> dict[str, Any]:
        """Those who can be chosen."""
        return {"people": self.choices}

    def context(self) -> dict[str, Any]:
        """What is known here of the household."""
        return {
            "intro": _("Husstand %(reference)s har adressesperre: %(level)s fra %(day)s.")
            % {
                "reference": self.of.reference,
                "level": PROTECTIONS[self.of.level],
                "day": day_in_words(self.of.since_on),
            },
        }


class NameFollowerView(NamingAct):
    """Somebody is named."""

    form_class = NameFollowerForm
    template_name = "registry/name_follower.html"

    @cached_property
    def people(self) -> Sequence[tuple[Employment, str]]:
        """Those who are not named, and may be."""
        found = who_may_be_named(self.viewer, self.of, self.named, self.day)
        return [(each.employment, each.organisation_name) for each in found]

    def context(self) -> dict[str, Any]:
        """Who is named, and what follows."""
        is_any_to_unname = who_may_be_unnamed(self.viewer, self.of, self.named, self.day)
        return super().context() | {
            "title": _("Hvem skal følge opp husstanden?"),
            "named": [(each.organisation_name, each.people) for each in self.named],
            "unname_url": reverse("unname_follower", args=[self.of.reference]) if is_any_to_unname else "",
            "can_name": bool(self.people),
            "submit_label": _("Navngi"),
            "back_url": reverse("worklist"),
            "back_label": _("Oppgaver"),
            "consequences": [
                _("Den du navngir, ser husstanden fra nå av, og må være en som trenger det."),
                _("Alle andre får de samme svarene som om husstanden ikke fantes."),
                _("Noen må være navngitt så lenge organisasjonen har med husstanden å gjøre."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Name them."""
        chosen = form.cleaned_data["person"]
        name_follower(self.of.reference, chosen, by=self.viewer, at=self.at)
        return self.request.path, _("%(name)s følger opp husstanden fra nå av.") % {"name": dict(self.choices)[chosen]}


class UnnameFollowerView(NamingAct):
    """Somebody is named no more."""

    form_class = UnnameFollowerForm
    is_shown_late = False

    @cached_property
    def people(self) -> Sequence[tuple[Employment, str]]:
        """Those who are named."""
        return who_may_be_unnamed(self.viewer, self.of, self.named, self.day)

    def too_late(self) -> Sequence[str]:
        """There must be somebody to take out."""
        return () if self.people else (_("Ingen er navngitt som du kan ta bort."),)

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Ta bort en som er navngitt"),
            "submit_label": _("Ta bort"),
            "is_severe": True,
            "back_url": reverse("name_follower", args=[self.of.reference]),
            "back_label": _("Hvem skal følge opp husstanden?"),
            "consequences": [
                _("Den du tar bort, ser ikke husstanden fra nå av."),
                _("Oppgaver om husstanden som personen har tatt, blir ledige."),
                _("Noen må være navngitt så lenge organisasjonen har med husstanden å gjøre."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Take them out; whoever takes out themselves sees nothing of it afterwards."""
        typed = form.cleaned_data
        users = {row.reference: row.user_id for row, _where in self.people}
        gone = users[typed["person"]]
        unname_follower(self.of.reference, gone, reason=typed["reason"], by=self.viewer, at=self.at)
        target = reverse("worklist") if gone == self.viewer.user_id else self.context()["back_url"]
        return target, _("Personen ser ikke husstanden lenger.")
