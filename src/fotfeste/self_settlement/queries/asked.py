"""What is known of a household's requests for agreed self-settlement, and whether it may ask."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q

from fotfeste.kernel.decisions import Decision
from fotfeste.platform.models import Event
from fotfeste.registry.public import members_of, unaccompanied_among
from fotfeste.self_settlement.domain.asking import Household, SaidNo, may_ask
from fotfeste.self_settlement.domain.states import ASKED, UNDER_WAY
from fotfeste.self_settlement.domain.waiting import allocation_waits
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.settlement.public import SettlementCase, has_permit_on, offered_before


def may_ask_of(group_id: int, day: date) -> Decision:
    """Whether a household may ask a municipality, as it is on a day. Six queries at most."""
    case = SettlementCase.objects.filter(subject_id=group_id).order_by("-pk").first()
    members = members_of(group_id, day)
    alone = unaccompanied_among(members, day)
    return may_ask(
        Household(
            case_state=case.state if case is not None else "",
            has_permit=has_permit_on(group_id, day),
            has_had_offer=bool(offered_before(group_id)),
            is_unaccompanied_minor=bool(members) and len(alone) == len(members),
            is_under_way=SelfSettlement.objects.filter(subject_id=group_id, state__in=UNDER_WAY).exists(),
        )
    )


def said_no_of(group_id: int, organisation_id: int) -> list[SaidNo]:
    """A municipality's noes to a household, in the case that is open now. Three queries."""
    case = SettlementCase.objects.filter(subject_id=group_id).order_by("-pk").first()
    declined = SelfSettlement.objects.filter(
        case=case, organisation_id=organisation_id, state="declined", answered_on__isnull=False
    )
    rows = [(row.pk, row.answered_on, row.no_reason) for row in declined.order_by("pk")]
    steps = Event.objects.filter(workflow=ASKED.name, object_id__in=[pk for pk, _, _ in rows], transition="decline")
    instants = dict(steps.values_list("object_id", "recorded_at"))
    return [SaidNo(on, reason, instants.get(pk)) for pk, on, reason in rows if on is not None]


def requests_of(group_id: int) -> Sequence[SelfSettlement]:
    """Every request of a household that the viewer may see, the newest first, with its homes. Two queries."""
    rows = SelfSettlement.objects.filter(subject_id=group_id).select_related("organisation", "case__centre")
    return list(rows.prefetch_related("homes").order_by("-pk"))


def waits_in_queue(group_ids: Collection[int] | None, day: date) -> Mapping[int, Decision]:
    """Of households that ask by themselves, whether a plan for the queue leaves them out on a day; of all of them where
    none are named. One query. Raises NoRule.
    """
    rows = SelfSettlement.objects.filter(state__in=UNDER_WAY).select_related("organisation").order_by("pk")
    if group_ids is not None:
        rows = rows.filter(subject_id__in=list(group_ids))
    return {
        row.subject_id: allocation_waits(
            row.state,
            asked_on=row.asked_on,
            welcomed_on=row.welcomed_on,
            approved_on=row.approved_on,
            fell_away_on=row.fell_away_on,
            municipality=row.organisation.name,
            day=day,
        )
        for row in rows
    }


def left_out_on(day: date) -> Mapping[str, int]:
    """How many households of the queue a plan of a day left out, by what they waited for then: the code of the reason.

    Those whom the viewer may see. A request that has ended since counts as it stood on the day. One query.
    """
    rows = SelfSettlement.objects.filter(asked_on__lte=day).exclude(case__state="interview_due")
    over = Q(ended_on__lte=day) | Q(state="declined", answered_on__lte=day) | Q(agreed_on__lte=day)
    found: Counter[str] = Counter()
    for row in rows.exclude(over).select_related("organisation").order_by("pk"):
        decision = allocation_waits(
            _state_on(row, day),
            asked_on=row.asked_on,
            welcomed_on=row.welcomed_on,
            approved_on=row.approved_on,
            fell_away_on=row.fell_away_on if row.fell_away_on and row.fell_away_on <= day else None,
            municipality=row.organisation.name,
            day=day,
        )
        if decision.is_yes:
            found[decision.reasons[0].code] += 1
    return found


def _state_on(row: SelfSettlement, day: date) -> str:
    if row.approved_on is not None and row.approved_on <= day:
        return "approved"
    return "finding_home" if row.welcomed_on is not None and row.welcomed_on <= day else "asked"
