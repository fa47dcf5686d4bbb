"""The pages where contact persons are added, changed and ended by those who keep them."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.directory.actions.contacts import add_contact, change_contact, contact_version, end_contact
from fotfeste.directory.domain.types import ContactOnDay
from fotfeste.directory.forms import ContactForm, EndForm
from fotfeste.directory.models import ContactPerson, Unit
from fotfeste.directory.queries.routes import contacts_on
from fotfeste.directory.views.keeping import EndView, UnitView
from fotfeste.kernel.errors import NotFound
from fotfeste.platform import words


class AddContactView(UnitView):
    """One more contact person of a unit."""

    form_class = ContactForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Ny kontaktperson i %(name)s") % {"name": self.unit.name}
        return super().context() | {"title": title, "submit_label": _("Legg til kontaktpersonen")}

    def do(self, form: ContactForm) -> tuple[str, str]:
        """Add them."""
        typed = form.cleaned_data
        add_contact(self.row.reference, form.contact(), typed["from_on"], by=self.viewer, at=self.at)
        return self.back_url, _("%(name)s er kontaktperson fra %(day)s.") % {
            "name": typed["name"],
            "day": words.day(typed["from_on"]),
        }


class ContactView(UnitView):
    """An act on the contact person in the address."""

    @cached_property
    def row(self) -> Unit:
        """The unit that they belong to. NotFound where there is no such contact person."""
        found = (
            ContactPerson.objects.current()
            .filter(reference=self.kwargs["reference"])
            .select_related("unit__organisation__municipality__county")
            .first()
        )
        if found is None:
            raise NotFound("not_found")
        unit: Unit = found.unit
        return unit

    @cached_property
    def contact(self) -> ContactOnDay:
        """The contact person as they are today. NotFound where they are one no more."""
        here = contacts_on([self.row.pk], self.day)
        found = next((each for each in here if each.reference == self.kwargs["reference"]), None)
        if found is None:
            raise NotFound("not_found")
        return found


class ChangeContactView(ContactView):
    """Somebody else, another number, another topic."""

    form_class = ContactForm

    def initial(self) -> dict[str, Any]:
        """As it is."""
        found = self.contact
        return {
            "topic": found.topic,
            "name": found.name,
            "phone": found.phone,
            "email": found.email,
            "from_on": self.day,
            "version": contact_version(found.reference),
        }

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Endre kontaktpersonen %(name)s") % {"name": self.contact.name}
        return super().context() | {"title": title, "submit_label": _("Lagre")}

    def do(self, form: ContactForm) -> tuple[str, str]:
        """Change them."""
        typed = form.cleaned_data
        how = {"by": self.viewer, "at": self.at, "version": typed["version"]}
        change_contact(self.contact.reference, form.contact(), typed["from_on"], **how)
        return self.back_url, _("%(name)s er kontaktperson fra %(day)s.") % {
            "name": typed["name"],
            "day": words.day(typed["from_on"]),
        }


class EndContactView(EndView, ContactView):
    """One who is a contact person no more."""

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Avslutt kontaktpersonen %(name)s") % {"name": self.contact.name},
            "submit_label": _("Avslutt"),
            "is_severe": True,
        }

    def do(self, form: EndForm) -> tuple[str, str]:
        """End them."""
        found = self.contact
        end_contact(found.reference, form.cleaned_data["on"], by=self.viewer, at=self.at)
        return self.back_url, _("%(name)s er ikke kontaktperson fra %(day)s.") % {
            "name": found.name,
            "day": words.day(form.cleaned_data["on"]),
        }
