"""Choose proposals of the standing plan and ask the municipalities."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fotfeste.access.public import Compartment, subject_by_reference
from fotfeste.allocation.actions.sending import MOST_AT_ONCE, Sent, send_proposals
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.fairness import below_in
from fotfeste.allocation.queries.outcomes import outcomes_of
from fotfeste.allocation.queries.plans import ProposalRow, proposal_rows, proposals_of, standing_of
from fotfeste.allocation.queries.steering import Standing, standing_steering
from fotfeste.allocation.views.plans import computed_plan, title_of
from fotfeste.allocation.words_fairness import below_in_words
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm, FreeText, WeekField
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import ActView
from fotfeste.registry.public import members_of

ALONE = "husstand"


class SendForm(ActForm):
    """Whom to send, and from which week."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Forslag som skal sendes"), widget=forms.CheckboxSelectMultiple
    )
    wanted_week = WeekField(label=gettext_lazy("Ønsket bosettingsuke"), required=False)
    despite = FreeText(
        label=gettext_lazy("Hvorfor sendes planen likevel?"),
        rows=3,
        help_text=gettext_lazy("Står sammen med forslagene. Skriv ikke om noen person."),
    )

    def __init__(
        self,
        *args: Any,
        rows: Sequence[ProposalRow] = (),
        against: Mapping[str, str] | None = None,
        below: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """The proposals that are not sent, what is against some of them, in sentences by reference, and whom the plan
        leaves below the draw: without them nothing is asked.
        """
        super().__init__(*args, **kwargs)
        if not below:
            del self.fields["despite"]
        else:
            self.fields["despite"].error_messages["required"] = sentence_for(Refused("unfair_without_reason"))
        self.let_choose(
            "groups", [(row.reference, _label(row, (against or {}).get(row.reference, ""))) for row in rows]
        )
        self.fields["groups"].error_messages["required"] = sentence_for(Refused("nothing_to_send"))


def _label(row: ProposalRow, against: str) -> str:
    municipality = row.proposal.municipality.name if row.proposal.municipality else ""
    text = ngettext("%(name)s, %(many)d person: %(place)s", "%(name)s, %(many)d personer: %(place)s", row.proposal.size)
    said = text % {"name": row.name, "many": row.proposal.size, "place": municipality}
    return f"{said}. {against}" if against else said


def _decided(row: ProposalRow, standing: Standing) -> Refused | None:
    to = row.proposal.municipality_id
    return None if to is None else standing.against(row.proposal.subject_id, to)


def _why_not(alone: Proposal | None) -> str:
    """Why a household is not to be sent, in a sentence."""
    if alone is None:
        return _("Planen har ikke noe forslag for denne husstanden.")
    standing = standing_of(alone)
    if standing == "changed":
        return _("Husstanden er ikke i køen lenger.")
    if standing == "waiting":
        return _("Planen foreslår ingen kommune for husstanden.")
    return _("Forespørselen for husstanden er sendt.")


class SendProposalsView(ActView):
    """Send requests to the municipalities that the plan proposes, for those who are chosen."""

    permission = PLAN_PERMISSION
    form_class = SendForm
    is_shown_late = False
    template_name = "allocation/send.html"
    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT})

    about: Whom | None = None

    @cached_property
    def plan(self) -> Plan:
        """The plan in the address. Raises NotFound."""
        return computed_plan(self.viewer, str(self.kwargs["reference"]))

    @property
    def came_from(self) -> str:
        """The household from whose proposal one comes to send it alone; empty where one comes from the plan."""
        return self.request.GET.get(ALONE, "")

    @cached_property
    def alone(self) -> Proposal | None:
        """The proposal that one comes from, whether it is to be sent or not; none where the plan has none."""
        if not self.came_from:
            return None
        return proposals_of(self.plan).filter(subject__reference=self.came_from).first()

    @cached_property
    def rows(self) -> Sequence[ProposalRow]:
        """The one that somebody comes from, or the first proposals that are not sent, as many as can be sent at once;
        and those that somebody chose whom a colleague has sent meanwhile.
        """
        to_send = self._to_send()
        shown = {each.subject.reference for each in to_send}
        if meanwhile := set(self.request.POST.getlist("groups")[:MOST_AT_ONCE]) - shown:
            to_send += proposals_of(self.plan, "placed").filter(subject__reference__in=meanwhile)
        found = proposal_rows(to_send, self.day)
        if self.alone and all(each.pk == self.alone.pk for each in to_send):
            self.about = self._household(self.alone)
        else:
            self.hits = len(found)
        return found

    def _to_send(self) -> list[Proposal]:
        if not self.came_from:
            return list(proposals_of(self.plan, "to_send")[:MOST_AT_ONCE])
        return [self.alone] if self.alone and standing_of(self.alone) == "to_send" else []

    def _household(self, proposal: Proposal) -> Whom:
        """Logged as a look at the household itself: the page tells of nobody else."""
        subject = subject_by_reference(self.viewer, proposal.subject.reference, self.day)
        persons = tuple(member.subject_id for member in members_of(subject.pk, self.day))
        return Whom(subject.pk, persons, subject.known_because)

    def whom(self) -> Whom | None:
        """The one household that the page tells of, if it is one; a list is about nobody alone."""
        return self.about

    @cached_property
    def against(self) -> Mapping[str, str]:
        """Why some of them cannot be sent: what has been decided since the plan was made, in sentences."""
        standing = standing_steering(self.viewer, Week.of(self.day))
        found = {row.reference: _decided(row, standing) for row in self.rows}
        return {reference: sentence_for(why) for reference, why in found.items() if why is not None}

    def too_late(self) -> Sequence[str]:
        """Another plan stands, all are sent, or the one that somebody comes from is not to be sent."""
        if self.plan.state != "proposed":
            return [_("En nyere plan har erstattet denne. Send fra den som gjelder.")]
        if self.rows:
            return ()
        if self.came_from:
            return [_why_not(self.alone)]
        return [_("Alle forslagene er sendt, eller husstandene er ikke i køen lenger.")]

    @cached_property
    def below(self) -> Sequence[str]:
        """Whom the plan leaves below the draw although its policy protects them, in sentences."""
        return below_in_words(below_in(outcomes_of(self.plan)))

    def form_arguments(self) -> dict[str, Any]:
        """What can be chosen, what is against it, and whether a reason is needed."""
        return {"rows": self.rows, "against": self.against, "below": self.below}

    def initial(self) -> dict[str, Any]:
        """All that can be sent are chosen until somebody takes one out; the week is the plan's, or this one if that is
        over.
        """
        return {
            "groups": [row.reference for row in self.rows if row.reference not in self.against],
            "wanted_week": max(self.plan.week, Week.of(self.day)),
        }

    def context(self) -> dict[str, Any]:
        """What follows, for the one that somebody comes from or for all."""
        return {"intro": title_of(self.plan)} | (self._of_one(self.alone) if self.alone else self._of_many())

    def _of_one(self, alone: Proposal) -> dict[str, Any]:
        return {
            "title": _("Send forespørsel til kommunen"),
            "submit_label": _("Send forespørselen"),
            "more_url": reverse("send_proposals", args=[self.plan.reference]),
            "back_url": reverse("proposal", args=[self.plan.reference, alone.subject.reference]),
            "back_label": _("Forslaget"),
            "consequences": [
                *self.below,
                _("Kommunen får en oppgave om å svare, og innsyn i husstanden."),
                _("Plassene holdes av til kommunen har svart."),
                _("Er noe endret siden planen ble laget, blir ikke husstanden sendt, og du får vite hvorfor."),
            ],
        }

    def _of_many(self) -> dict[str, Any]:
        return {
            "title": _("Send forespørsler til kommunene"),
            "submit_label": _("Send forespørslene"),
            "back_url": reverse("plan", args=[self.plan.reference]),
            "back_label": _("Planen"),
            "consequences": [
                *self.below,
                _("Kommunene får en oppgave om å svare, og innsyn i husstandene de er spurt om."),
                _("Plassene holdes av til kommunen har svart."),
                _("Er noe endret siden planen ble laget, blir ikke den husstanden sendt, og du får vite hvorfor."),
                _("Du kan sende %(many)d husstander om gangen.") % {"many": MOST_AT_ONCE},
            ],
        }

    def do(self, form: SendForm) -> tuple[str, str]:
        """Send."""
        subjects = {row.reference: row.proposal.subject_id for row in self.rows}
        sent = send_proposals(
            self.plan.reference,
            [subjects[reference] for reference in form.cleaned_data["groups"]],
            wanted_week=form.cleaned_data["wanted_week"],
            despite=form.cleaned_data.get("despite", ""),
            by=self.viewer,
            at=self.at,
        )
        self._tell_what_was_not_sent(sent, {row.proposal.subject_id: row.name for row in self.rows})
        many = len(sent.sent)
        said = ngettext("%(many)d forespørsel er sendt.", "%(many)d forespørsler er sendt.", many) % {"many": many}
        return reverse("plan", args=[self.plan.reference]), said

    def _tell_what_was_not_sent(self, sent: Sent, names: Mapping[int, str]) -> None:
        for each in sent.not_sent:
            about = {"name": names[each.proposal.subject_id], "why": sentence_for(each.why)}
            messages.warning(self.request, _("%(name)s er ikke sendt. %(why)s") % about)
