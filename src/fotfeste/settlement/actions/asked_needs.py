"""A need that arises after a municipality has said yes: it is asked whether it can meet that too (SET-10)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import QuerySet

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import lock_case, tell
from fotfeste.settlement.actions.grown import ask_imdi_to_see
from fotfeste.settlement.domain.goals import need_answer_deadline
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import Capability, NeedAnswer
from fotfeste.settlement.models import CaseNeed, NeedQuestion, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.needs import unconfirmed
from fotfeste.settlement.task_kinds_offers import CONFIRM_NEED, NEED_NOT_MET, SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import close_tasks, open_task


def ask_municipality(case: SettlementCase, arisen: Collection[Capability], *, by: Viewer, at: datetime) -> None:
    """Ask the municipality that has said yes whether it has what they have come to need; nobody where none has.

    Part of the act that the need arises in, under its lock. Raises NoRule.
    """
    request = case.requests.filter(state="accepted").first()
    if request is None:
        return
    waiting = set(_open(request).values_list("capability", flat=True))
    new = [each for each in unconfirmed(request, arisen) if str(each) not in waiting]
    if not new:
        return
    today = legal_day(at)
    for capability in new:
        NeedQuestion.objects.create(
            subject_id=case.subject_id,
            request=request,
            organisation_id=request.organisation_id,
            capability=capability,
            asked_on=today,
        )
    tell("settlement.need_asked", case, by=by, at=at, holds_on=today, other_organisation_id=request.organisation_id)
    deadline = need_answer_deadline(today, book())
    open_task(
        CONFIRM_NEED,
        subject_id=case.subject_id,
        organisation_id=request.organisation_id,
        cause="settlement.need_asked",
        basis_on=today,
        due_on=deadline.due_on,
        due_rule=deadline.rule.code,
        object_id=request.pk,
        at=at,
    )


def lapse_questions(case: SettlementCase, ended: Collection[Capability], *, by: Viewer, at: datetime) -> None:
    """Nobody has to answer any more: the need has ended, or the municipality has told IMDi that it can meet it.

    What it has answered already stands as it said it. IMDi need not look at a no any more once nothing is unmet.
    """
    request = case.requests.filter(state="accepted").first()
    if request is None:
        return
    asked = _open(request).filter(capability__in=[str(each) for each in ended])
    asked.update(outcome=NeedAnswer.LAPSED, answered_on=legal_day(at))
    if not _open(request).exists():
        close_tasks([CONFIRM_NEED], subject_id=case.subject_id, by=by, at=at, outcome="void")
    if not is_anything_unmet(case):
        kinds = [SEE_HOUSEHOLD_AGAIN]
        close_tasks(kinds, subject_id=case.subject_id, by=by, at=at, outcome="void", cause=NEED_NOT_MET)


def is_anything_unmet(case: SettlementCase) -> bool:
    """Whether they still need something that the municipality of the case has last said that it cannot meet."""
    request = case.requests.filter(state="accepted").first()
    if request is None:
        return False
    latest = dict(request.need_questions.order_by("pk").values_list("capability", "outcome"))
    said_no = {capability for capability, outcome in latest.items() if outcome == NeedAnswer.NOT_MET}
    unmet = said_no - set(request.confirmed)
    return CaseNeed.objects.current().filter(case=case, capability__in=unmet).exists()


@act
def answer_needs(
    group_id: int,
    answers: Mapping[Capability, bool],
    *,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementRequest:
    """The municipality answers whether it can meet each need that it is asked about; a no has words.

    What it can, it has confirmed as with its yes. On a no IMDi sees the household again: it may take the offer back.
    An answer after the deadline counts too. Raises Refused: `no_need_question`, `need_answer_missing`,
    `unmet_need_needs_words`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.answer_request")
    case = lock_case(group_id, by=by, version=version)
    request: SettlementRequest | None = (
        case.requests.select_for_update().filter(state="accepted", organisation_id=by.organisation_id).first()
    )
    if request is None:
        raise NotFound("not_found")
    asked = list(_open(request).select_for_update().order_by("pk"))
    if not asked:
        raise Refused("no_need_question")
    for question in asked:
        if Capability(question.capability) not in answers:
            raise Refused("need_answer_missing", question.capability)
    if not all(answers[Capability(question.capability)] for question in asked) and not text.strip():
        raise Refused("unmet_need_needs_words", "text")
    today = legal_day(at)
    for question in asked:
        is_met = answers[Capability(question.capability)]
        question.outcome = NeedAnswer.MET if is_met else NeedAnswer.NOT_MET
        question.answered_on, question.answered_by_id, question.answer_text = today, by.user_id, text.strip()
        question.save()
    met = {question.capability for question in asked if question.outcome == NeedAnswer.MET}
    request.confirmed = sorted({*request.confirmed, *met})
    request.save(update_fields=["confirmed"])
    close_tasks([CONFIRM_NEED], subject_id=group_id, by=by, at=at)
    if met:
        tell("settlement.need_met", case, by=by, at=at, holds_on=today, other_organisation_id=by.organisation_id)
    if len(met) < len(asked):
        tell(NEED_NOT_MET, case, by=by, at=at, holds_on=today, other_organisation_id=request.organisation_id)
        ask_imdi_to_see(case, cause=NEED_NOT_MET, on=today, at=at)
    return request


def _open(request: SettlementRequest) -> QuerySet[NeedQuestion]:
    return request.need_questions.filter(outcome="")
