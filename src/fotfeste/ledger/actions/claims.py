"""A claim: noticed with each person, month and cause; answered or not; decided by another; paid, offset or let go."""

from datetime import date, datetime, timedelta

from django.db.models import Sum

from fotfeste.access.public import NeedReason, SubjectKind, create_subject, open_first_needs, open_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.ledger.actions.heads import lock_scheme, locked_claim, person_of, step_of, tell
from fotfeste.ledger.actions.settling import close_proposals, left_of, write_settlement
from fotfeste.ledger.domain.deadlines import Deadline, due_after, is_small
from fotfeste.ledger.domain.states import APPROVE, CLAIM, PREPARE
from fotfeste.ledger.domain.types import ClaimAnswer, ClaimDecision, Scheme, SettlementKind
from fotfeste.ledger.letters import write_decision, write_notice
from fotfeste.ledger.models import Claim, ClaimPart, Line, Run
from fotfeste.ledger.queries.balances import claims_to_propose, lines_of
from fotfeste.ledger.task_codes import ANSWER_CLAIM, DECIDE_CLAIM, FOLLOW_CLAIM, SETTLE_CLAIM
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task


@act
def open_claim(scheme: Scheme | str, municipality_id: int, *, by: Viewer, at: datetime) -> Claim:
    """Claim back what a municipality owes where nothing more will be due there: the notice, with its parts, as a letter
    to the unit that answers for it.

    What is smaller than the dated threshold is not claimed: it is written off at once, with an entry of its own. The
    municipality gets the task to answer. Raises NotAllowed; Refused `nothing_to_claim`, `claim_needs_named` (what it
    rests on is about somebody whom the actor does not see), `one_open_claim`, `claim_awaits_payment` (a run whose lines
    count may still be stopped).
    """
    require(by, PREPARE)
    lock_scheme(scheme)
    if Run.objects.filter(scheme=scheme, state="approved").exists():
        raise Refused("claim_awaits_payment")
    amount_ore = dict(claims_to_propose(scheme)).get(municipality_id, 0)
    if amount_ore <= 0:
        raise Refused("nothing_to_claim")
    today = legal_day(at)
    parts = _parts(scheme, municipality_id, amount_ore)
    claim = _noticed(str(scheme), municipality_id, amount_ore, by=by, at=at)
    _let_see(claim, sorted({part.subject_id for part in parts}), on=today, at=at)
    for part in parts:
        part.claim = claim
    ClaimPart.objects.bulk_create(parts)
    tell(claim, None, "", by=by, at=at)
    close_proposals(str(scheme), by=by, at=at)
    if is_small(amount_ore, today):
        write_settlement(claim, SettlementKind.WRITTEN_OFF, amount_ore, on=today, by=by, at=at)
        return claim
    answer_by = Deadline(claim.answer_due_on, claim.due_rule)
    _ask(claim, ANSWER_CLAIM, claim.municipality_id, answer_by, cause="ledger.claim_noticed", at=at)
    _ask(claim, FOLLOW_CLAIM, claim.organisation_id, answer_by, cause="ledger.claim_noticed", at=at)
    write_notice(claim, parts, by=by, at=at)
    return claim


@act
def answer_claim(reference: str, answer: ClaimAnswer | str, text: str = "", *, by: Viewer, at: datetime) -> Claim:
    """The municipality agrees, or disputes the claim in words. Also after the deadline, as long as nothing is decided.

    Raises NotAllowed, NotFound, IllegalStep, Refused `disputed_claim_says_why`.
    """
    claim = locked_claim(reference)
    transition, before = step_of(CLAIM, claim.state, "answer", by), claim.state
    if claim.municipality_id != by.organisation_id:
        raise NotAllowed("not_allowed")
    if answer == ClaimAnswer.DISPUTES and not text.strip():
        raise Refused("disputed_claim_says_why", "text")
    claim.state, claim.answer, claim.answer_text = transition.target, str(answer), text.strip()
    claim.answered_at, claim.answered_by_id = at, by.user_id
    claim.save(update_fields=["state", "answer", "answer_text", "answered_at", "answered_by"])
    tell(claim, transition, before, by=by, at=at)
    close_tasks([ANSWER_CLAIM], subject_id=claim.subject_id, by=by, at=at)
    close_tasks([FOLLOW_CLAIM], subject_id=claim.subject_id, by=by, at=at, outcome="void")
    due = due_after("ledger.run_step_days", legal_day(at))
    _ask(claim, DECIDE_CLAIM, claim.organisation_id, due, cause="ledger.claim_answer", at=at)
    return claim


@act
def decide_claim(reference: str, upheld_ore: int, text: str = "", *, by: Viewer, at: datetime) -> Claim:
    """Decide a claim that is answered, or whose deadline is past: upheld, or reduced with a reason; with its letter.

    Never by whoever prepared it (the database refuses it too). What it is reduced by is let go, with an entry. Raises
    NotAllowed (`decided_by_another`), NotFound, IllegalStep, Refused `claim_answer_awaited` (until when in `params`),
    `upheld_beyond_the_claim`, `upheld_below_settled`, `reduced_claim_says_why`.
    """
    claim = locked_claim(reference)
    transition, before, today = step_of(CLAIM, claim.state, "decide", by), claim.state, legal_day(at)
    if claim.prepared_by_id == by.user_id:
        raise NotAllowed("decided_by_another")
    if claim.state == "noticed" and today <= claim.answer_due_on:
        raise Refused("claim_answer_awaited", params={"due_on": claim.answer_due_on})
    left_ore, is_reduced = left_of(claim), upheld_ore < claim.amount_ore
    _check_upheld(claim, upheld_ore, left_ore)
    if is_reduced and not text.strip():
        raise Refused("reduced_claim_says_why", "text")
    due = due_after("ledger.claim_pay_days", today)
    claim.state, claim.upheld_ore, claim.decision_text = transition.target, upheld_ore, text.strip()
    claim.decision = str(ClaimDecision.REDUCED if is_reduced else ClaimDecision.UPHELD)
    claim.decided_at, claim.decided_by_id, claim.pay_due_on = at, by.user_id, due.due_on
    claim.save(
        update_fields=["state", "upheld_ore", "decision", "decision_text", "decided_at", "decided_by", "pay_due_on"]
    )
    tell(claim, transition, before, by=by, at=at)
    close_tasks([FOLLOW_CLAIM, DECIDE_CLAIM], subject_id=claim.subject_id, by=by, at=at)
    close_tasks([ANSWER_CLAIM], subject_id=claim.subject_id, by=by, at=at, outcome="void")
    _ask(claim, SETTLE_CLAIM, claim.organisation_id, due, cause="ledger.claim_decide", at=at)
    write_decision(claim, by=by, at=at)
    if is_reduced:
        let_go = claim.amount_ore - upheld_ore
        write_settlement(claim, SettlementKind.WAIVED, let_go, on=today, reason=text, by=by, at=at)
    return claim


@act
def settle_claim(
    reference: str,
    kind: SettlementKind | str,
    amount_ore: int,
    *,
    on: date,
    by: Viewer,
    at: datetime,
    reason: str = "",
) -> Claim:
    """Register that a part of a claim was paid, is let go with a reason, or what is left is too small to ask for.

    An offset is written by the run that holds it back. Whoever gave notice does not say that it was paid (the database
    refuses it too). Letting go and writing off is for whoever approves, after the decision. Raises NotAllowed
    (`payment_seen_by_another`), NotFound, IllegalStep, Refused `settled_beyond_the_claim`,
    `settlement_is_of_something`, `waived_with_a_reason`, `waived_before_decision`, `too_much_to_write_off`,
    `claim_settled_ahead`, `offset_is_of_a_run`.
    """
    claim, kind = locked_claim(reference), SettlementKind(kind)
    step_of(CLAIM, claim.state, "close", by)
    left_ore, today = left_of(claim), legal_day(at)
    if kind in (SettlementKind.OFFSET, SettlementKind.RECOVERED):
        raise Refused("offset_is_of_a_run")
    if amount_ore <= 0:
        raise Refused("settlement_is_of_something", "amount")
    if amount_ore > left_ore:
        raise Refused("settled_beyond_the_claim", "amount")
    if on > today:
        raise Refused("claim_settled_ahead", "on")
    if kind is SettlementKind.PAID and claim.prepared_by_id == by.user_id:
        raise NotAllowed("payment_seen_by_another")
    if kind is not SettlementKind.PAID:
        require(by, APPROVE)
        if claim.state != "decided":
            raise Refused("waived_before_decision")
    if kind is SettlementKind.WAIVED and not reason.strip():
        raise Refused("waived_with_a_reason", "reason")
    if kind is SettlementKind.WRITTEN_OFF and not (amount_ore == left_ore and is_small(left_ore, today)):
        raise Refused("too_much_to_write_off", "amount")
    write_settlement(claim, kind, amount_ore, on=on, reason=reason, by=by, at=at)
    return claim


def _check_upheld(claim: Claim, upheld_ore: int, left_ore: int) -> None:
    """What is upheld lies between what is settled already and the claim."""
    if not 0 <= upheld_ore <= claim.amount_ore:
        raise Refused("upheld_beyond_the_claim", "upheld")
    if upheld_ore < claim.amount_ore - left_ore:
        raise Refused("upheld_below_settled", "upheld")


def _parts(scheme: Scheme | str, municipality_id: int, amount_ore: int) -> list[ClaimPart]:
    """Which lines a claim rests on: the latest that took back, as much of each as is not claimed already.

    What was taken back and given again is no reason to claim. Chosen among everybody's lines: where one of them is
    about somebody whom the actor does not see, the claim is for another to notice, and nobody is named in their place.
    """
    open_ore = _taken_back(scheme, municipality_id)
    lines = Line.objects.filter(pk__in=open_ore).annotate(claimed=Sum("claim_parts__amount_ore")).in_bulk()
    parts, missing = [], amount_ore
    for line_id in sorted(open_ore, reverse=True):
        if (line := lines.get(line_id)) is None:
            raise Refused("claim_needs_named")
        part_ore = min(open_ore[line_id] - (line.claimed or 0), missing)
        if part_ore > 0:
            parts.append(
                ClaimPart(
                    subject_id=line.subject_id,
                    municipality_id=municipality_id,
                    line=line,
                    month=line.month,
                    amount_ore=part_ore,
                    cause=line.cause,
                )
            )
            missing -= part_ore
        if not missing:
            return parts
    raise Refused("claim_needs_named")


def _taken_back(scheme: Scheme | str, municipality_id: int) -> dict[int, int]:
    """What each line of a municipality that counts took back and no later one of the same person and month gave again,
    in øre, by line.
    """
    back: dict[tuple[int, date], dict[int, int]] = {}
    for line in lines_of(scheme):
        if line.municipality_id != municipality_id:
            continue
        found = back.setdefault((line.subject_id, line.month), {})
        if line.amount_ore < 0:
            found[line.id] = -line.amount_ore
        given = max(line.amount_ore, 0)
        for earlier in sorted(found, reverse=True):
            again = min(given, found[earlier])
            found[earlier] -= again
            given -= again
    return {line: left for found in back.values() for line, left in found.items() if left}


def _noticed(scheme: str, municipality_id: int, amount_ore: int, *, by: Viewer, at: datetime) -> Claim:
    """The head of a claim, known of by who claims and by the municipality."""
    today = legal_day(at)
    due = due_after("ledger.claim_answer_days", today)
    subject = create_subject(SubjectKind.MONEY)
    heads = [(by.organisation_id, NeedReason.GRANT_CASE), (municipality_id, NeedReason.GRANT_CASE)]
    open_first_needs([subject.pk], heads, from_on=today, at=at)
    return Claim.objects.create(
        subject=subject,
        organisation_id=by.organisation_id,
        municipality_id=municipality_id,
        scheme=scheme,
        amount_ore=amount_ore,
        noticed_on=today,
        answer_due_on=due.due_on,
        due_rule=due.rule,
        prepared_at=at,
        prepared_by_id=person_of(by),
    )


def _let_see(claim: Claim, persons: list[int], *, on: date, at: datetime) -> None:
    """Both parties see whom the claim is about for as long as it may be argued, although a stay is long over."""
    until = due_after("ledger.claim_need_days", on).due_on + timedelta(days=1)
    for organisation_id in (claim.organisation_id, claim.municipality_id):
        open_needs(
            persons,
            organisation_id=organisation_id,
            reason=NeedReason.GRANT_CASE,
            from_on=on,
            until_on=until,
            at=at,
        )


def _ask(claim: Claim, kind: str, organisation_id: int, due: Deadline, *, cause: str, at: datetime) -> None:
    """Open the task of whoever is next."""
    open_task(
        kind,
        subject_id=claim.subject_id,
        organisation_id=organisation_id,
        cause=cause,
        basis_on=legal_day(at),
        due_on=due.due_on,
        due_rule=due.rule,
        object_id=claim.pk,
        at=at,
    )
