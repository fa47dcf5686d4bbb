"""The pages where a case is closed by hand, and where that is taken back: why, and what follows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.platform import words
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import MistakeForm
from fotfeste.settlement.actions.closing import close_case
from fotfeste.settlement.actions.taken_back.closing import annul_closing
from fotfeste.settlement.domain.requests import REASONS_TO_CLOSE, check_closed_by_hand
from fotfeste.settlement.domain.types import ClosingReason
from fotfeste.settlement.forms.withdrawal import CloseCaseForm
from fotfeste.settlement.rows import week_text
from fotfeste.settlement.task_kinds import TASK_KINDS
from fotfeste.settlement.task_kinds_offers import DECIDE_WITHOUT_PERMIT, OUTLIVES_THE_CASE
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named
from fotfeste.worklist.public import open_tasks_about


class CloseCaseView(CaseActView):
    """The centre or IMDi closes the case of a household that will not be settled by IMDi."""

    permission = "settlement.close_case"
    states = (
        "interview_due",
        "queued",
        "requested",
        "municipality_found",
        "offered",
        "accepted",
        "journey_agreed",
    )
    form_class = CloseCaseForm

    def initial(self) -> dict[str, Any]:
        """The reason that a task points to."""
        is_without = any(task.kind == DECIDE_WITHOUT_PERMIT for task in open_tasks_about(self.group_id))
        return super().initial() | ({"reason": ClosingReason.NO_PERMIT.value} if is_without else {})

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Avslutt bosettingssaken til %(name)s") % {"name": self.name_within},
            "submit_label": _("Avslutt saken"),
            "is_severe": True,
            "intro": _(
                "Flytter husstanden privat, registrer avreisen i stedet: da avsluttes saken av seg selv. "
                "Bruk «Forlatt botilbud, oppgitt privat adresse ved avreise» når de oppgir en adresse."
            ),
            "consequences": list(self._consequences()),
        }

    def _consequences(self) -> Iterator[str]:
        """What ends in this case as it stands, and who is told."""
        living, offer, journey = self.story.living_request, self.story.offer, self.story.journey
        if offer is not None:
            tells = _("Tilbudet om %(name)s, %(week)s, trekkes tilbake.")
            yield tells % {"name": municipality_named(offer.organisation.name), "week": week_text(offer.week)}
        if journey is not None:
            day = words.day(journey.travels_on)
            yield _("Reisen %(day)s gjelder ikke lenger. Mottaket må avbestille den.") % {"day": day}
        if living is not None:
            tells = _("Forespørselen trekkes tilbake. %(name)s får beskjed og mister innsynet i husstanden.")
            yield tells % {"name": municipality_named(living.request.organisation.name)}
        titles = {kind.code: kind.title for kind in TASK_KINDS if kind.code not in OUTLIVES_THE_CASE}
        tasks = [titles[task.kind]() for task in open_tasks_about(self.group_id) if task.kind in titles]
        if tasks:
            yield _("Disse oppgavene lukkes: %(tasks)s.") % {"tasks": "; ".join(dict.fromkeys(tasks))}
        yield _("%(who)s ser på husstandens side at saken er avsluttet, av hvem og hvorfor.") % {"who": self._others()}
        yield _("IMDi finner ingen kommune til dem. Får noen i husstanden en ny tillatelse, åpnes en ny sak.")

    def _others(self) -> str:
        """Who else follows the case."""
        if self.viewer.organisation_kind == OrganisationKind.CENTRE:
            return _("IMDi og UDI")
        return _("Mottaket og UDI")

    def do(self, form: CloseCaseForm) -> tuple[str, str]:
        """Close it."""
        close_case(self.group_id, **self.reasoned(form))
        return self.back_url, _("Bosettingssaken er avsluttet. Grunnen står på husstandens side.")


class AnnulClosingView(CaseActView):
    """What was wrong with the closing of a case."""

    permission = "settlement.close_case"
    states = ("closed",)
    form_class = MistakeForm

    def is_untimely(self) -> bool:
        """Only what was closed by hand is opened by hand."""
        return super().is_untimely() or self.case.closing_reason not in REASONS_TO_CLOSE

    def too_late(self) -> Sequence[str]:
        """A case that closed by itself says so in its own words."""
        if self.story.case is None or self.case.state != "closed":
            return super().too_late()
        try:
            check_closed_by_hand(self.case.closing_reason)
        except Refused as refused:
            return (sentence_for(refused),)
        return ()

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Åpne bosettingssaken til %(name)s igjen") % {"name": self.name_within},
            "intro": _("Bare når saken ikke skulle vært avsluttet."),
            "submit_label": _("Åpne saken igjen"),
            "consequences": [
                _("Saken går videre der den sto. Var samtalen holdt, finner IMDi en kommune."),
                _("Ventetiden er den samme som før."),
                _("En kommune som var spurt, har fått vite at det er slutt, og må spørres på nytt."),
                _("Bor de ikke på mottak lenger, kan ikke saken åpnes her."),
            ],
        }

    def do(self, form: MistakeForm) -> tuple[str, str]:
        """Open it again."""
        annul_closing(self.group_id, **self.reasoned(form))
        return self.back_url, _("Bosettingssaken er åpnet igjen.")
