"""Who has to send a claim for an own car, or to answer UDI's no: the tasks follow from the claims and from who sees
them.
"""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.claimants import Claimants, claimants_of
from fotfeste.settlement.queries.travel import Travel, paid_by_case
from fotfeste.settlement.task_kinds_offers import SEE_DENIED_CLAIM, SEND_CAR_CLAIM
from fotfeste.worklist.public import Task, close_tasks, open_task

_KINDS = (SEND_CAR_CLAIM, SEE_DENIED_CLAIM)
_CAUSES = {SEND_CAR_CLAIM: "settlement.car_paid", SEE_DENIED_CLAIM: "settlement.car_claim_denied"}


def follow_claims(group_id: int, *, by: Viewer, at: datetime, done: str = "") -> None:
    """The tasks to send claims and to answer UDI's no are those of whoever may do it today; the same again changes
    nothing. Of who does not see all that was paid, only their own.

    Those of the kind `done` are closed as done where their claim asks for nothing more; all others are void.
    Raises NoRule.
    """
    today = legal_day(at)
    who = claimants_of(group_id, today)
    to_do, standing = _to_do(group_id, who), _standing(group_id)
    left, wanted = {(kind, claim.pk) for kind, _whose, claim in to_do}, _oldest(to_do)
    if not _sees_all(by, who):
        wanted = {key: claim for key, claim in wanted.items() if key[1] == by.organisation_id}
        standing = {key: task for key, task in standing.items() if key[1] == by.organisation_id}
    for kind, whose in standing.keys() - wanted.keys():
        is_done = kind == done and (kind, standing[kind, whose].object_id) not in left
        outcome = "done" if is_done else "void"
        close_tasks([kind], subject_id=group_id, by=by, at=at, outcome=outcome, organisation_id=whose)
    for (kind, whose), claim in wanted.items():
        _ask(kind, whose, claim, standing.get((kind, whose)), at=at)


def is_behind(group_id: int, day: date) -> bool:
    """Whether the tasks are other than those of the day, for who sees all that was paid."""
    asked = {key: claim.pk for key, claim in _oldest(_to_do(group_id, claimants_of(group_id, day))).items()}
    return asked != {key: task.object_id for key, task in _standing(group_id).items()}


def _to_do(group_id: int, who: Claimants) -> list[tuple[str, int, CarClaim]]:
    """The kind of task, whose it is and of which claim, the oldest first."""
    return [
        (kind, whose, claim)
        for travel in paid_by_case(group_id)
        for claim in travel.claims
        if (kind := kind_of(travel, claim)) and (whose := who.whose(claim)) is not None
    ]


def _oldest(to_do: Sequence[tuple[str, int, CarClaim]]) -> dict[tuple[str, int], CarClaim]:
    """By the kind of task and whose it is: the oldest claim that it is of."""
    return {(kind, whose): claim for kind, whose, claim in reversed(to_do)}


def kind_of(travel: Travel, claim: CarClaim) -> str:
    """What is to be done with a claim by who asks UDI for it; empty where nothing is."""
    if claim.state == "paid_out":
        return SEND_CAR_CLAIM
    is_news = claim.state == "denied" and claim.denial_seen_on is None
    return SEE_DENIED_CLAIM if is_news and claim.amount_ore > 0 and travel.to_ask_again_ore(claim) > 0 else ""


def _standing(group_id: int) -> dict[tuple[str, int], Task]:
    tasks = Task.objects.filter(subject_id=group_id, kind__in=_KINDS, closed_at__isnull=True).order_by("pk")
    return {(task.kind, task.organisation_id): task for task in tasks}


def _sees_all(by: Viewer, who: Claimants) -> bool:
    return by.organisation_kind == OrganisationKind.UDI or by.organisation_id in (*who.live_at, *who.imdi)


def _ask(kind: str, whose: int, claim: CarClaim, standing: Task | None, *, at: datetime) -> None:
    """The day is that of the claim, whoever has the task."""
    if standing is not None and standing.object_id == claim.pk:
        return
    basis_on = claim.paid_on if kind == SEND_CAR_CLAIM else claim.decided_on or claim.paid_on
    deadline = after_working_days("settlement.car_claim_working_days", basis_on, book())
    if standing is not None:
        days = {"basis_on": basis_on, "due_on": deadline.due_on}
        Task.objects.filter(pk=standing.pk).update(**days, object_id=claim.pk)
        return
    open_task(
        kind,
        subject_id=claim.subject_id,
        organisation_id=whose,
        cause=_CAUSES[kind],
        basis_on=basis_on,
        due_on=deadline.due_on,
        due_rule=deadline.rule.code,
        object_id=claim.pk,
        at=at,
    )
