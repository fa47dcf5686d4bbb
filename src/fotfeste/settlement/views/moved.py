"""The page where IMDi sees who is not there any more after the interview, why, and where to."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import DEPARTURE_REASONS, DepartureReason, stays_of
from fotfeste.settlement.actions.moved import LEFT_ON_THEIR_OWN, LEFT_PRIVATE_HOME, see_private_move
from fotfeste.settlement.actions.parties import is_anybody_left
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.forms.request import ConfirmForm
from fotfeste.settlement.task_kinds_offers import SEE_PRIVATE_MOVE
from fotfeste.settlement.views.case import CaseActView
from fotfeste.worklist.public import open_tasks_about

# Also how some of those who said no have left: IMDi looks at whoever is left.
_AGAINST_THEIR_WILL = {DepartureReason.EVICTED, DepartureReason.DECEASED}
_LOOKED_AT = {*LEFT_ON_THEIR_OWN, *LEFT_PRIVATE_HOME, *_AGAINST_THEIR_WILL}


class PrivateMoveView(CaseActView):
    """Who is not there any more, since when, why, where to; IMDi says that it has seen it."""

    shows = CaseActView.shows | {Compartment.STAYS}

    permission = "settlement.find_municipality"
    form_class = ConfirmForm
    template_name = "settlement/moved.html"

    def is_untimely(self) -> bool:
        """There must be something to see."""
        return not any(task.kind == SEE_PRIVATE_MOVE for task in open_tasks_about(self.group_id))

    @cached_property
    def moves(self) -> list[tuple[str, Any, str]]:
        """Each who is not there any more, with the last stay, and the reason that it ended for in words."""
        names = {member.subject_id: member.name for member in self.members}
        last = {stay.subject_id: stay for stay in stays_of(list(names))}
        return [
            (names[person], last[person], str(DEPARTURE_REASONS[last[person].departure_reason]))
            for person in names
            if person in last and last[person].departure_reason in _LOOKED_AT
        ]

    def context(self) -> dict[str, Any]:
        """Who, when, where, and what follows."""
        return super().context() | {
            "title": self.title() % {"name": self.name},
            "submit_label": _("Jeg har sett det, avslutt saken") if self.is_nobody_left else _("Jeg har sett det"),
            "moves": self.moves,
            "intro": self.follows(),
        }

    def title(self) -> str:
        """That they left on their own is said of those who did."""
        if any(stay.departure_reason in _AGAINST_THEIR_WILL for _name, stay, _reason in self.moves):
            return _("Ikke der lenger: %(name)s")
        return _("Reist på egen hånd: %(name)s")

    @cached_property
    def is_nobody_left(self) -> bool:
        """Whether the case is open still, and of nobody."""
        return self.case.state not in CASE.final and not is_anybody_left(self.group_id, self.day)

    def follows(self) -> str:
        """What becomes of the case."""
        if self.is_nobody_left:
            return _(
                "Ingen i husstanden er igjen. Når dere har sett det, avsluttes bosettingssaken, og åpne forespørsler "
                "og tilbud trekkes tilbake."
            )
        if self.case.state == "closed":
            return _("Bosettingssaken er avsluttet, og åpne forespørsler og tilbud er trukket tilbake.")
        return _("Bosettingssaken går videre for dem som er igjen. Se om forespørsel og tilbud fortsatt passer.")

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Say so."""
        is_nobody_left = self.is_nobody_left
        see_private_move(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        if is_nobody_left:
            return self.back_url, _("Registrert: IMDi har sett hvem som ikke er der lenger, og saken er avsluttet.")
        return self.back_url, _("Registrert: IMDi har sett hvem som ikke er der lenger.")
