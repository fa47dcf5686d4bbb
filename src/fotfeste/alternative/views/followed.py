"""What the municipality sees to of a household that lives there privately: the home, contact, the yearly report."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, Need, NeedReason, works_on_cases
from fotfeste.accommodation.public import Stay
from fotfeste.alternative.actions.contact import log_contact, name_contact_person
from fotfeste.alternative.actions.following import missing_reports
from fotfeste.alternative.actions.housing import check_housing
from fotfeste.alternative.actions.reporting import send_yearly_report
from fotfeste.alternative.domain.local import CheckOccasion
from fotfeste.alternative.forms.followed import YES, ContactForm, ContactPersonForm, HousingForm, ReportForm
from fotfeste.alternative.models import HousingCheck
from fotfeste.alternative.queries.followed import checks_of, contact_person_of, others_of_the_host
from fotfeste.alternative.queries.living import private_stays, staying
from fotfeste.alternative.sentences_local import LOCAL_SENTENCES
from fotfeste.directory.public import User
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.registry.public import ActOnHousehold


class FollowedView(ActOnHousehold):
    """An act of the municipality on a household that it knows of for one of these reasons."""

    permission = "alternative.follow_up"
    is_shown_late = False
    reasons: Sequence[NeedReason] = (NeedReason.HOUSED_HERE,)

    def too_late(self) -> Sequence[str]:
        """Why there is nothing to do, where the municipality does not follow them up."""
        mine = Need.objects.filter(
            subject_id=self.group_id,
            organisation_id=self.viewer.organisation_id,
            reason__in=[str(each) for each in self.reasons],
            period__contains=self.day,
        )
        return () if mine.exists() else (str(LOCAL_SENTENCES["not_housed_here"]),)


class CheckHousingView(FollowedView):
    """The home is seen to."""

    shows = FollowedView.shows | {Compartment.HOUSING, Compartment.STAYS}
    form_class = HousingForm
    template_name = "alternative/local/housing.html"
    reasons = (NeedReason.APPLIED_HERE, NeedReason.HOUSED_HERE)

    @cached_property
    def stays(self) -> list[Stay]:
        """Where they live or lived privately in the municipality, the oldest first."""
        return private_stays(self.group_id, self.viewer.organisation_id)

    @cached_property
    def mine(self) -> list[HousingCheck]:
        """The checks that the municipality has made, the latest first."""
        return [each for each in checks_of(self.group_id) if each.organisation_id == self.viewer.organisation_id]

    def initial(self) -> dict[str, Any]:
        """What is known of the home from before."""
        known: dict[str, Any] = super().initial() | {"checked_on": self.day, "occasion": CheckOccasion.AGREEMENT}
        if self.stays:
            known |= {"street": self.stays[-1].street, "postal_code": self.stays[-1].postal_code}
        if self.mine:
            last = self.mine[0]
            known |= {
                "occasion": CheckOccasion.FOLLOW_UP,
                "street": last.street,
                "postal_code": last.postal_code,
                "host_name": last.host_name,
                "host_contact": last.host_contact,
                "relation": last.relation,
                "others_living_there": last.others_living_there,
                "rent": last.rent_ore // 100 if last.rent_ore % 100 == 0 else last.rent_ore / 100,
            }
        return known

    def context(self) -> dict[str, Any]:
        """The host's other agreements, and what follows."""
        return super().context() | {
            "title": _("Sjekk boligen til %(name)s") % {"name": self.name_within},
            "intro": _("Boligen skal være enkel, men god nok. Spør også dem som bor der alene, gjerne med tolk."),
            "submit_label": _("Lagre sjekken"),
            "others": others_of_the_host(self.viewer, self.group_id, self.stays, self.mine, self.day),
            "consequences": [
                _("Ny sjekk blir en oppgave på dagen dere velger, ellers etter regelen."),
                _("UDI og IMDi ser sjekken. Andre kommuner ser den ikke."),
            ],
        }

    def do(self, form: HousingForm) -> tuple[str, str]:
        """Keep it."""
        check_housing(self.group_id, form.home(), by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Sjekken er lagret. Neste sjekk er en oppgave.")


class NameContactPersonView(FollowedView):
    """Who they turn to."""

    shows = FollowedView.shows | {Compartment.HOUSING}
    form_class = ContactPersonForm

    @cached_property
    def colleagues(self) -> list[tuple[int, str]]:
        """Who does case work in the municipality today, by name."""
        users = User.objects.filter(
            works_on_cases(OuterRef("pk"), self.day), organisation_id=self.viewer.organisation_id, is_active=True
        )
        return sorted(users.values_list("pk", "name"), key=lambda user: norwegian_sort_key(user[1]))

    def form_arguments(self) -> dict[str, Any]:
        """Whom to choose among."""
        return {"colleagues": self.colleagues}

    def initial(self) -> dict[str, Any]:
        """Whoever it is now."""
        now = contact_person_of(self.group_id, self.day)
        return super().initial() | ({"user": now.user_id} if now else {})

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Kontaktperson for %(name)s") % {"name": self.name_within},
            "intro": _("Fortell dem hvem det er og hvordan de når kontaktpersonen."),
            "submit_label": _("Lagre"),
        }

    def do(self, form: ContactPersonForm) -> tuple[str, str]:
        """Name them."""
        typed = form.cleaned_data
        name_contact_person(self.group_id, typed["user"], by=self.viewer, at=self.at, version=typed["version"])
        return self.back_url, _("Kontaktpersonen er lagret. Si fra til husstanden.")


class LogContactView(FollowedView):
    """There was contact."""

    form_class = ContactForm

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"held_on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Kontakt med %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre kontakten"),
            "consequences": [
                _("Bare kommunen ser hva det handlet om. Husstanden kan få se det."),
                _("Neste kontakt blir en oppgave, med frist etter regelen."),
            ],
        }

    def do(self, form: ContactForm) -> tuple[str, str]:
        """Keep it."""
        typed = form.cleaned_data
        log_contact(
            self.group_id,
            held_on=typed["held_on"],
            way=typed["way"],
            interpreter=typed["interpreter"],
            subjects=typed["subjects"],
            words=typed["words"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Kontakten er lagret.")


class YearlyReportView(FollowedView):
    """What UDI is told of somebody on AMOT."""

    shows = FollowedView.shows | {Compartment.HOUSING, Compartment.STAYS}
    form_class = ReportForm
    reasons = (NeedReason.HOUSED_HERE, NeedReason.GRANT_CASE)

    @cached_property
    def wanted(self) -> list[tuple[str, str]]:
        """What can be written today: years that are over, and this year of who has moved on."""
        names = {member.subject_id: member.given_name or member.family_name for member in self.members}
        there = {
            stay.subject_id for stay in staying(private_stays(self.group_id, self.viewer.organisation_id), self.day)
        }
        return [
            (f"{year}-{person}", f"{names.get(person, _('en som har flyttet'))}, {year}")
            for year, person in missing_reports(self.group_id, self.viewer.organisation_id, self.day)
            if year < self.day.year or person not in there
        ]

    def too_late(self) -> Sequence[str]:
        """Also where nothing is to be written."""
        if reasons := super().too_late():
            return reasons
        return () if self.wanted else (_("UDI skal ikke ha noen rapport om denne husstanden nå."),)

    def form_arguments(self) -> dict[str, Any]:
        """What can be written."""
        return {"wanted": self.wanted}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Årsrapport for %(name)s") % {"name": self.name_within},
            "intro": _("Én rapport for hver person og hvert år på AMOT. På MAMOT skal dere ikke rapportere."),
            "submit_label": _("Send til UDI"),
            "consequences": [_("UDI ser rapporten med en gang. Antall kontakter telles fra loggen.")],
        }

    def do(self, form: ReportForm) -> tuple[str, str]:
        """Send it."""
        typed = form.cleaned_data
        year, person = typed["person"].split("-")
        send_yearly_report(
            self.group_id,
            int(person),
            year=int(year),
            followed_up=typed["followed_up"],
            lives_as_before=typed["lives_as_before"] == YES,
            words=typed["words"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Rapporten er sendt til UDI.")
