"""UDI tells the enforcement officer what a petition has come to: what the letter will say is shown first."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.refusal.actions.officer import tell_officer
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import TO_OFFICER, Happening
from fotfeste.refusal.forms.steps import SureForm
from fotfeste.refusal.queries.cases import case_of, untold_officer
from fotfeste.refusal.views.acting import RefusalActView
from fotfeste.refusal.words_pages import listed


class TellOfficerView(RefusalActView):
    """The petition is off, stands still, or stands: also of a refusal that is over."""

    permission = PURSUES
    kinds = TO_OFFICER
    form_class = SureForm

    @cached_property
    def courses(self) -> list[Course]:
        """The refusals whose officer is to be told something."""
        return [Course(case_of(each)) for each in untold_officer(self.group_id, self.day)]

    def too_late(self) -> Sequence[str]:
        """The enforcement officer knows how it stands."""
        return () if self.courses else (sentence_for(Refused("refusal_officer_knows")),)

    def context(self) -> dict[str, Any]:
        """What the letter says, of whom."""
        return super().context() | {
            "title": _("Fortell namsmannen hvordan begjæringen står: %(name)s") % {"name": self.name_within},
            "submit_label": _("Skriv brevet til namsmannen"),
            "consequences": [*self._told(), _("Brevet sendes dit begjæringen ble sendt.")],
        }

    def _told(self) -> Iterator[str]:
        said = {
            Happening.PETITION_RECALLED: _("Begjæringen gjelder ikke lenger for %(names)s."),
            Happening.PETITION_PAUSED: _("Begjæringen er stilt i bero for %(names)s. Dagen som er satt, faller bort."),
            Happening.PETITION_UPHELD: _("Begjæringen står ved lag for %(names)s."),
        }
        for course in self.courses:
            for kind, words in said.items():
                residents = course.case.residents
                of_it = [each.id for each in residents if course.untold_officer(each.id, self.day) is kind]
                names = [self.names[each] for each in of_it if each in self.names]
                if any(course.first(Happening.TAKEN_OUT, each) for each in of_it if each not in self.names):
                    names.append(_("den som er tatt ut av husstanden"))
                if of_it:
                    yield words % {"names": listed(names) if names else _("husstanden")}
            if course.first(Happening.MOVED_CENTRE):
                yield _("Brevet sier hvor de bor nå: noen har flyttet til et annet mottak.")

    def do(self, form: SureForm) -> tuple[str, str]:
        """Tell, where the petition went."""
        tell_officer(self.group_id, **self.said(form))
        return self.way_back()[0], _("Brevet til namsmannen er skrevet. Send det i dag.")
