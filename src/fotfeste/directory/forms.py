"""The forms of the directory: organisations, units, contact persons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.directory.actions.contacts import NewContact
from fotfeste.directory.actions.organisations import ADDED_BY_HAND, NewOrganisation
from fotfeste.directory.actions.units import NewUnit
from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, UnitKind, topics_of, units_of
from fotfeste.directory.models import Municipality
from fotfeste.directory.words import ORGANISATION_KINDS, TOPICS, UNIT_KINDS
from fotfeste.platform.forms import ActForm, DayField

_MAILBOX_HINT = _("Adressen som går rett til enheten, ikke kommunens eller etatens felles postmottak.")


class UnitForm(ActForm):
    """A unit: its name, its mailbox, the topics it is named for, from when."""

    name = forms.CharField(label=_("Navn på enheten"), max_length=120)
    mailbox = forms.EmailField(label=_("Saksmottak"), required=False, help_text=_MAILBOX_HINT)
    topics = forms.TypedMultipleChoiceField(
        label=_("Temaer enheten svarer for"),
        coerce=ContactTopic,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bare det som ikke sier seg selv. Har en annen enhet temaet, flyttes det hit."),
    )
    from_on = DayField(label=_("Gjelder fra"))

    def __init__(self, *args: Any, of: OrganisationKind, **kwargs: Any) -> None:
        """`of`: the kind of organisation, which decides the topics."""
        super().__init__(*args, **kwargs)
        self.let_choose("topics", [(topic, TOPICS[topic]) for topic in topics_of(of)])

    def unit(self) -> NewUnit:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return NewUnit(name=typed["name"], mailbox=typed["mailbox"], topics=frozenset(typed["topics"]))


class NewUnitForm(UnitForm):
    """A unit that is added: its kind too."""

    kind = forms.TypedChoiceField(label=_("Type enhet"), coerce=UnitKind)
    field_order = ("version", "kind", "name", "mailbox", "topics", "from_on")

    def __init__(self, *args: Any, of: OrganisationKind, **kwargs: Any) -> None:
        """The kinds that the organisation can have."""
        super().__init__(*args, of=of, **kwargs)
        self.let_choose("kind", [(kind, UNIT_KINDS[kind]) for kind in units_of(of)])


class ContactForm(ActForm):
    """A contact person: for what, who, how they are reached, from when."""

    topic = forms.TypedChoiceField(label=_("Tema"), coerce=ContactTopic)
    name = forms.CharField(label=_("Navn"), max_length=120)
    phone = forms.RegexField(
        r"^[+]?[0-9 ]{5,19}$",
        label=_("Telefon"),
        required=False,
        error_messages={"invalid": _("Skriv bare tall, for eksempel 99 90 00 00.")},
    )
    email = forms.EmailField(label=_("E-post"), required=False, help_text=_("Telefon eller e-post må være fylt ut."))
    from_on = DayField(label=_("Gjelder fra"))

    def __init__(self, *args: Any, of: OrganisationKind, **kwargs: Any) -> None:
        """`of`: the kind of organisation, which decides the topics."""
        super().__init__(*args, **kwargs)
        self.let_choose("topic", [(topic, TOPICS[topic]) for topic in topics_of(of)])

    def contact(self) -> NewContact:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return NewContact(topic=typed["topic"], name=typed["name"], phone=typed["phone"], email=typed["email"])


class EndForm(ActForm):
    """The first day without."""

    on = DayField(label=_("Første dag uten"))


class OrganisationForm(ActForm):
    """An organisation that no reference gives, with its first unit."""

    kind = forms.TypedChoiceField(
        label=_("Type organisasjon"),
        coerce=OrganisationKind,
        choices=[(kind, ORGANISATION_KINDS[kind]) for kind in ADDED_BY_HAND],
    )
    name = forms.CharField(label=_("Navn"), max_length=120)
    municipality = forms.ChoiceField(label=_("Kommune"), required=False)
    organisation_number = forms.RegexField(
        r"^\d{9}$",
        label=_("Organisasjonsnummer"),
        required=False,
        error_messages={"invalid": _("Et organisasjonsnummer har ni sifre.")},
    )
    unit_name = forms.CharField(label=_("Enheten som får sakene"), max_length=120)
    mailbox = forms.EmailField(label=_("Saksmottak"), required=False, help_text=_MAILBOX_HINT)
    from_on = DayField(label=_("Gjelder fra"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Every municipality can be chosen."""
        super().__init__(*args, **kwargs)
        places = Municipality.objects.order_by("sort_key", "number").values_list("number", "name_nb")
        self.let_choose("municipality", [("", _("Ingen bestemt")), *places])

    def organisation(self) -> NewOrganisation:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return NewOrganisation(
            kind=typed["kind"],
            name=typed["name"],
            municipality_number=typed["municipality"],
            organisation_number=typed["organisation_number"],
            unit_name=typed["unit_name"],
            mailbox=typed["mailbox"],
        )
