"""The pages about an unaccompanied minor who is missing: the centre writes down who was told, UDI sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.absent import FOLLOW_MISSING
from fotfeste.accommodation.actions.missing import report_missing, see_missing
from fotfeste.accommodation.domain.missing import ToldParty, still_to_tell
from fotfeste.accommodation.forms.missing import MissingForm, SeenForm
from fotfeste.accommodation.models import Absence, MissingReport
from fotfeste.accommodation.queries.missing import missing_among, reports_of, told_of
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.accommodation.words import TOLD_PARTIES
from fotfeste.platform import words
from fotfeste.registry.public import Member
from fotfeste.worklist.public import open_tasks_about


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of the table: of whom, who was told, when, whom the centre spoke with, the case number there."""

    name: str
    party: str
    report: MissingReport


class _MissingView(HouseholdActView):
    """What is known of the household's minors who are missing, or were."""

    shows = HouseholdActView.shows | {Compartment.ROOMS}
    is_shown_late = False

    @cached_property
    def missing(self) -> dict[int, Absence]:
        """Those who are away today since they were unaccompanied minors."""
        return missing_among(self.members, self.day)

    @cached_property
    def told(self) -> frozenset[ToldParty]:
        """Who has been told of all who are away."""
        told = told_of({person: absence.period.start for person, absence in self.missing.items()}).values()
        return frozenset(party for party in ToldParty if told and all(party in each for each in told))

    @cached_property
    def reports(self) -> list[ReportLine]:
        """Who was told of any of them, whenever."""
        names = {member.subject_id: member.name for member in self.members}
        return [ReportLine(names[each.subject_id], str(TOLD_PARTIES[each.party]), each) for each in reports_of(names)]

    def context(self) -> dict[str, Any]:
        """Who was told."""
        return super().context() | {"reports": self.reports}


class ReportMissingView(_MissingView):
    """Write down who was told of a minor who is missing."""

    permission = "accommodation.register_absence"
    form_class = MissingForm
    template_name = "accommodation/missing.html"

    @cached_property
    def missing_here(self) -> list[Member]:
        """Those who are away from the viewer's own centre."""
        return [member for member in self.here if member.subject_id in self.missing]

    def too_late(self) -> Sequence[str]:
        """There must be a minor who is away."""
        if self.missing_here:
            return ()
        return (_("Ingen enslig mindreårig i husstanden er registrert som borte. Registrer fraværet først."),)

    def form_arguments(self) -> dict[str, Any]:
        """Of whom, and who knows already."""
        return {"people": self.missing_here, "told": self.told}

    def initial(self) -> dict[str, Any]:
        """Today, and whoever is to be told next."""
        left = still_to_tell(self.told)
        return super().initial() | {"told_on": self.day, "party": left[0] if left else None}

    def context(self) -> dict[str, Any]:
        """Since when, who is left to tell, and what follows."""
        since = [
            _("%(name)s er registrert som borte fra %(day)s.")
            % {"name": member.name, "day": words.day(self.missing[member.subject_id].period.start)}
            for member in self.missing_here
        ]
        return super().context() | {
            "title": _("Meld fra om enslig mindreårig som er borte: %(name)s") % {"name": self.name},
            "submit_label": _("Registrer at dere har meldt fra"),
            "intro": " ".join(since),
            "left": [TOLD_PARTIES[party] for party in still_to_tell(self.told)],
            "consequences": [
                _("UDI får beskjed, og ser hvem dere har meldt fra til."),
                _("Når alle tre er registrert, er oppgaven gjort. Først da kan dere registrere avreise uten adresse."),
                _("Kommer den mindreårige tilbake, registrerer dere retur. Si fra til dem dere har meldt fra til."),
                _("IMDi og kommunene ser ikke det dere skriver her."),
            ],
        }

    def do(self, form: MissingForm) -> tuple[str, str]:
        """Write it down; the page is there again as long as somebody is left to tell."""
        typed = form.cleaned_data
        left = report_missing(
            self.group_id,
            typed["persons"],
            typed["party"],
            typed["told_on"],
            typed["told_whom"],
            typed["case_number"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        if not left:
            return self.back_url, _("Registrert. Alle som skal vite det, har fått beskjed.")
        names = ", ".join(str(TOLD_PARTIES[party]) for party in left)
        again = reverse("report_missing", args=[self.kwargs["reference"]])
        return again, _("Registrert. Dette gjenstår: %(parties)s.") % {"parties": names}


class MissingSeenView(_MissingView):
    """UDI sees that a minor is missing, and who was told."""

    shows = _MissingView.shows - {Compartment.STAYS}
    permission = "accommodation.see_missing"
    form_class = SeenForm
    template_name = "accommodation/missing_seen.html"

    def too_late(self) -> Sequence[str]:
        """There must be something to see."""
        if any(task.kind == FOLLOW_MISSING for task in open_tasks_about(self.group_id)):
            return ()
        return (_("Det er ikke meldt om noen enslig mindreårig som er borte her, eller en kollega har sett det."),)

    def context(self) -> dict[str, Any]:
        """Who is missing, since when, and who was told."""
        names = {member.subject_id: member.name for member in self.members}
        return super().context() | {
            "title": _("Enslig mindreårig er borte: %(name)s") % {"name": self.name},
            "submit_label": _("Jeg har sett det"),
            "left": [TOLD_PARTIES[party] for party in still_to_tell(self.told)],
            "missing": [(names[person], absence.period.start) for person, absence in self.missing.items()],
        }

    def do(self, form: SeenForm) -> tuple[str, str]:
        """Say so."""
        see_missing(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Registrert: UDI har sett det.")
