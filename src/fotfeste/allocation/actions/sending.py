"""A plan carried out: municipalities are asked for those whom a case worker chooses, in one act (SET-07, SET-15)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fotfeste.allocation.actions.locking import lock_households, lock_municipalities
from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION
from fotfeste.allocation.domain.types import WeekRoom
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.fairness import below_in
from fotfeste.allocation.queries.outcomes import outcomes_of
from fotfeste.allocation.queries.steering import Standing, standing_steering
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.public import send_request, week_rooms_of_all

MOST_AT_ONCE = 50  # each is checked against the whole country, while the page waits


@dataclass(frozen=True, slots=True)
class NotSent:
    """A proposal that cannot be sent as it stands any more, and why."""

    proposal: Proposal
    why: Refused


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: the proposals that became requests, and those that did not."""

    sent: Sequence[Proposal]
    not_sent: Sequence[NotSent]


@act
def send_proposals(
    reference: str,
    group_ids: Collection[int],
    *,
    wanted_week: Week | None = None,
    despite: str = "",
    by: Viewer,
    at: datetime,
) -> Sent:
    """Ask the municipalities that the standing plan proposes for these households, all in one act.

    Each is sent by settlement's own rules, which hold its places. What has changed since the plan was made is not sent,
    and told: a colleague has sent it, the household is not in the queue any more, the places are taken, or a case
    worker has decided otherwise for the household or the municipality (ADR 0037). Nor is who is one too many in the
    week, that of today where none is wanted (ADR 0039). Of anything else that goes wrong nothing is sent. `despite`:
    why, where the plan leaves somebody below a draw whom its policy protects; it is kept with each that is sent.

    Raises NotAllowed, NotFound, IllegalStep where another plan stands; Refused `nothing_to_send`, `too_many_to_send`,
    `unfair_without_reason`.
    """
    require(by, PLAN_PERMISSION)
    plan = _standing_plan(reference)
    if len(group_ids) > MOST_AT_ONCE:
        raise Refused("too_many_to_send", "groups", {"most": MOST_AT_ONCE})
    found = _placed(plan, group_ids)
    if not found:
        raise Refused("nothing_to_send", "groups")
    despite = _reason_kept(plan, despite)
    chosen = [each for each in found if each.request_id is None]
    lock_households(group_ids)
    lock_municipalities({each.municipality_id for each in chosen if each.municipality_id})
    today = legal_day(at)
    standing = standing_steering(by, Week.of(today))  # no sooner: who steers a household or closes a municipality waits
    weeks = week_rooms_of_all(today, wanted_week)
    rooms = {organisation: WeekRoom(*room) for organisation, room in weeks.items()}
    not_sent = [NotSent(each, Refused("sent_already")) for each in found if each.request_id is not None]
    for each in chosen:
        told = _one_too_many(each, chosen, rooms) or _send(each, standing, wanted_week, despite, by=by, at=at)
        not_sent += [told] if told else []
    return Sent([each for each in chosen if each.request_id is not None], not_sent)


def _standing_plan(reference: str) -> Plan:
    """The plan, which no other replaces meanwhile. Raises NotFound, IllegalStep where another plan stands."""
    plans = Plan.objects.select_for_update(of=("self",)).filter(reference=reference).defer("arrays", "certificate")
    plan = plans.first()
    if plan is None:
        raise NotFound("not_found")
    if plan.state != "proposed":
        raise IllegalStep(PLAN.name, plan.state, "send")
    return plan


def _reason_kept(plan: Plan, despite: str) -> str:
    """Why the plan is sent although it leaves somebody below a draw; nothing where it does not. Raises Refused."""
    if not below_in(outcomes_of(plan)):
        return ""
    if not (despite := despite.strip()):
        raise Refused("unfair_without_reason", "despite")
    return despite


def _one_too_many(proposal: Proposal, chosen: Sequence[Proposal], rooms: Mapping[int, WeekRoom]) -> NotSent | None:
    """What is said where the municipality cannot receive them in the week beside those of `chosen` that are sent."""
    room = rooms.get(proposal.municipality_id or 0)
    others = sum(each.size for each in chosen if each.request_id and each.municipality_id == proposal.municipality_id)
    if room is None or room.has_room(proposal.size, others):
        return None
    return NotSent(proposal, Refused("week_is_full", "wanted_week"))


def _placed(plan: Plan, group_ids: Collection[int]) -> Sequence[Proposal]:
    proposals = Proposal.objects.filter(plan=plan, subject_id__in=group_ids, municipality__isnull=False)
    return list(proposals.select_related("municipality", "subject").order_by("municipality_id", "place"))


def _send(
    proposal: Proposal, standing: Standing, week: Week | None, despite: str, *, by: Viewer, at: datetime
) -> NotSent | None:
    """Send one; what it was refused for, where it was."""
    if proposal.municipality_id is None:
        raise ValueError(f"proposal {proposal.pk} has no municipality")
    if (decided := standing.against(proposal.subject_id, proposal.municipality_id)) is not None:
        return NotSent(proposal, decided)
    try:
        request = send_request(proposal.subject_id, proposal.municipality_id, wanted_week=week, by=by, at=at)
    except NotAllowed:
        raise
    except Refused as why:
        if why.field == "wanted_week":
            raise  # typed wrongly: of all of them
        return NotSent(proposal, why)
    proposal.request, proposal.sent_despite = request, despite
    proposal.save(update_fields=["request", "sent_despite"])
    return None
