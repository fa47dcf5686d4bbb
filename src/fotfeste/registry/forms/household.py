"""The forms of acts on a household."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, ReasonForm
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.rules import needs_udi
from fotfeste.registry.domain.types import PERMITS, Found, Member, StatusKind
from fotfeste.registry.forms import choices
from fotfeste.registry.forms.person import PersonForm
from fotfeste.registry.words import MISTAKES, STATUSES

# What somebody registers here; left and settled follow from the departure.
_BY_HAND = (
    StatusKind.TEMPORARY_COLLECTIVE_PROTECTION,
    StatusKind.RESIDENCE_PERMIT,
    StatusKind.LIMITED_PERMIT,
    StatusKind.REFUSAL,
    StatusKind.APPLIED_FOR_PROTECTION,
)


class RegisterStatusForm(ActForm):
    """A dated status for the members who are ticked."""

    kind = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    person_ids = forms.MultipleChoiceField(
        label=_("Hvem gjelder det?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De du ikke krysser av for, beholder statusen de har."),
        error_messages={"required": _("Velg minst én person.")},
    )
    holds_on = DayField(label=_("Fra hvilken dato?"))
    is_meant = forms.BooleanField(
        label=_("Tillatelsen er gitt på nytt"),
        help_text=_("Bare når dette er ment: Noen har den samme tillatelsen fra før, og UDI har gitt den en gang til."),
        required=False,
    )

    def __init__(self, *args: Any, members: Sequence[Member], viewer: Viewer, **kwargs: Any) -> None:
        """The members to choose among, and the statuses that the viewer may register."""
        super().__init__(*args, **kwargs)
        has_any = any(each.kind in PERMITS for member in members for each in member.statuses)
        if not has_any or not viewer.may("registry.register_permit"):
            del self.fields["is_meant"]
        kinds = [
            (kind.value, str(STATUSES[kind]).capitalize())
            for kind in _BY_HAND
            if viewer.may("registry.register_permit") or not needs_udi(kind)
        ]
        self.let_choose("kind", kinds)
        people = choices.people(members)
        self.let_choose("person_ids", people)
        if len(people) == 1:  # nobody else to choose
            self.fields["person_ids"].initial = [people[0][0]]


class MistakeForm(ReasonForm):
    """What was wrong with something that is taken back: a reason, and words beside it. For the acts of all packages."""

    reasons = MISTAKES
    missing = "mistake_missing"

    reason = forms.ChoiceField(label=_("Hva var feil?"), widget=forms.RadioSelect)


class AnnulStatusForm(MistakeForm):
    """Which status of whom is wrong, and from which day it is right where only the day was."""

    status = forms.ChoiceField(
        label=_("Hvilken registrering er feil?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som er registrert feil.")},
    )
    person_ids = forms.MultipleChoiceField(
        label=_("Hvem gjelder det?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    right_on = DayField(
        label=_("Riktig dato"),
        required=False,
        help_text=_("Bare når statusen er riktig og datoen feil. Skal registreringen bort, lar du feltet stå tomt."),
    )
    field_order = ("version", "opened", "status", "person_ids", "reason", "right_on", "text")

    def __init__(self, *args: Any, statuses: Sequence[tuple[str, str]], members: Sequence[Member], **kwargs: Any):
        """The statuses that can be taken back, and the members."""
        super().__init__(*args, **kwargs)
        self.let_choose("status", statuses)
        self.let_choose("person_ids", choices.people(members))


class AddMembersForm(ActForm):
    """Those found who are to become members, and from when."""

    persons = forms.MultipleChoiceField(
        label=_("Hvem skal bli medlem?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    from_on = DayField(label=_("Fra hvilken dato?"))

    def __init__(self, *args: Any, found: Sequence[Found], **kwargs: Any) -> None:
        """Those who were found, each with birth date and present group."""
        super().__init__(*args, **kwargs)
        people = [
            (
                each.reference,
                _("%(name)s, født %(born)s, plasseringsgruppe %(number)s")
                % {"name": each.name, "born": _typed(each.birth_date), "number": each.group_number},
            )
            for each in found
        ]
        self.let_choose("persons", people)


class RemoveMemberForm(ActForm):
    """Who is to leave the group, and from when."""

    persons = forms.ChoiceField(label=_("Hvem skal ut av gruppen?"), widget=forms.RadioSelect)
    from_on = DayField(label=_("Fra hvilken dato?"))

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        """The members to choose among."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", choices.people(members))


class RegisterMemberForm(PersonForm):
    """Somebody new in the household."""

    registered_on = DayField(label=_("Registrert"))
    field_order = ("version", "registered_on")


class RelationForm(ActForm):
    """How two members stand to each other."""

    codes = "annul"

    first = forms.ChoiceField(label=_("Den ene"))
    kind = forms.ChoiceField(label=_("er"), choices=choices.relations)
    second = forms.ChoiceField(label=_("Den andre"))

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        """The members to choose among."""
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.let_choose(name, [("", _("Velg")), *choices.people(members)])


def _typed(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
