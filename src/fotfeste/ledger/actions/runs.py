"""A run: recorded as it was computed, checked by one, approved by another, paid once; or stopped.

Lines are written when the run is recorded and count when it is approved: whoever checks sees what will hold, and what
is stopped stays to be seen and never counts (ADR 0024).
"""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.access.public import NeedReason, SubjectKind, create_subject, open_first_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.ledger.actions.heads import lock_scheme, locked_run, person_of, step_of, tell
from fotfeste.ledger.actions.offsets import offset_claims, recover_losses
from fotfeste.ledger.actions.settling import close_proposals
from fotfeste.ledger.actions.writing import write_lines
from fotfeste.ledger.domain.deadlines import due_after
from fotfeste.ledger.domain.states import OPEN_RUN, PREPARE, RUN
from fotfeste.ledger.domain.types import RefusedLine, RunLine, Scheme
from fotfeste.ledger.models import Payment, Run, RunTotal
from fotfeste.ledger.queries.balances import claims_to_propose
from fotfeste.ledger.task_codes import APPROVE_RUN, CHECK_RUN, PAY_RUN, PREPARE_CLAIMS
from fotfeste.ledger.tasks import write_letter_of_run
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task

_TASKS = (CHECK_RUN, APPROVE_RUN, PAY_RUN)


@act
def record_run(
    scheme: Scheme | str,
    through: date,
    as_known_at: datetime,
    input_sha256: str,
    lines: Sequence[RunLine],
    refused: Sequence[RefusedLine] = (),
    *,
    by: Viewer,
    at: datetime,
) -> Run:
    """Keep a run as it was computed: its head, all its lines, what it comes to for each municipality. All or nothing.

    `through` is the first day after the months covered. Whoever computes locks the scheme (`lock_scheme`) before
    reading earlier lines, in the same transaction. Raises NotAllowed; Refused `run_is_open` (its reference in
    `params`), `run_covers_whole_months`, and the database's own refusals of lines that do not fit what was said before.
    """
    require(by, PREPARE)
    lock_scheme(scheme)
    if through.day != 1:
        raise Refused("run_covers_whole_months")
    if (earlier := Run.objects.filter(scheme=scheme, state__in=OPEN_RUN).select_related("subject").first()) is not None:
        raise Refused("run_is_open", params={"reference": earlier.subject.reference, "state": earlier.state})
    today = legal_day(at)
    subject = create_subject(SubjectKind.MONEY)
    open_first_needs([subject.pk], [(by.organisation_id, NeedReason.GRANT_CASE)], from_on=today, at=at)
    run = Run.objects.create(
        subject=subject,
        organisation_id=by.organisation_id,
        scheme=scheme,
        through=through,
        as_known_at=as_known_at,
        input_sha256=input_sha256,
        line_count=len(lines),
        net_ore=sum(line.amount_ore for line in lines),
        refused_count=len(refused),
        computed_at=at,
        computed_by_id=person_of(by),
    )
    write_lines(run, lines, refused)
    tell(run, None, "", by=by, at=at)
    _ask(run, CHECK_RUN, cause="ledger.run_computed", at=at)
    return run


@act
def check_run(reference: str, *, by: Viewer, at: datetime) -> Run:
    """Say that a run was looked through. Raises NotAllowed, NotFound, IllegalStep."""
    run = _stepped(reference, "check", by=by, at=at)
    _ask(run, APPROVE_RUN, cause="ledger.run_check", at=at)
    return run


@act
def approve_run(reference: str, *, by: Viewer, at: datetime) -> Run:
    """Approve a run: from now its lines count. Never by whoever computed or checked it (the database refuses it too).

    Raises NotAllowed (`approved_by_another`), NotFound, IllegalStep.
    """
    run = locked_run(reference)
    if by.user_id in (run.computed_by_id, run.checked_by_id):
        raise NotAllowed("approved_by_another")
    run = _stepped(reference, "approve", by=by, at=at)
    _ask(run, PAY_RUN, cause="ledger.run_approve", at=at)
    return run


@act
def pay_run(reference: str, *, by: Viewer, at: datetime) -> Run:
    """Pay what an approved run has come to: one payment for each municipality that has something to its credit, and
    what is held back for an open claim as an offset of it; what was let go of months that are given again is taken
    back. A municipality that owes is paid nothing and the rest is carried. Each whose lines are in it is told by a
    letter, in a job of its own.

    Raises NotAllowed, NotFound, IllegalStep.
    """
    run = _stepped(reference, "pay", by=by, at=at)
    Payment.objects.bulk_create(
        Payment(
            run=run, municipality_id=total.municipality_id, scheme=run.scheme, amount_ore=total.payable_ore, paid_at=at
        )
        for total in RunTotal.objects.filter(run=run, payable_ore__gt=0).order_by("municipality_id")
    )
    recover_losses(run, by=by, at=at)
    for total in RunTotal.objects.filter(run=run, line_count__gt=0).order_by("municipality_id"):
        write_letter_of_run.enqueue(run_id=run.pk, municipality_id=total.municipality_id, user_id=person_of(by))
    offset_claims(run, by=by, at=at)
    close_proposals(run.scheme, by=by, at=at)
    if claims_to_propose(run.scheme):
        _ask(run, PREPARE_CLAIMS, cause="ledger.run_pay", at=at)
    return run


@act
def stop_run(reference: str, reason: str, *, by: Viewer, at: datetime) -> Run:
    """Stop a run that is not paid: its lines stay to be seen and do not count. Computing may begin anew.

    Raises NotAllowed, NotFound, IllegalStep, Refused `stopped_run_says_why`.
    """
    if not reason.strip():
        raise Refused("stopped_run_says_why", "reason")
    return _stepped(reference, "stop", by=by, at=at, reason=reason.strip())


_STEPPED = {"check": "checked", "approve": "approved", "pay": "paid", "stop": "stopped"}


def _stepped(reference: str, name: str, *, by: Viewer, at: datetime, reason: str = "") -> Run:
    """Take a step of a run, with who and when, its event, and the end of the task that asked for it."""
    run = locked_run(reference)
    transition, before = step_of(RUN, run.state, name, by), run.state
    run.state = transition.target
    setattr(run, f"{_STEPPED[name]}_by_id", by.user_id)
    setattr(run, f"{_STEPPED[name]}_at", at)
    changed = ["state", f"{_STEPPED[name]}_by", f"{_STEPPED[name]}_at"]
    if reason:
        run.stop_reason = reason
        changed.append("stop_reason")
    run.save(update_fields=changed)
    tell(run, transition, before, by=by, at=at)
    outcome = "void" if name == "stop" else "done"
    close_tasks(_TASKS, subject_id=run.subject_id, by=by, at=at, outcome=outcome)
    return run


def _ask(run: Run, kind: str, *, cause: str, at: datetime) -> None:
    """Open the task of whoever is next."""
    today = legal_day(at)
    due = due_after("ledger.run_step_days", today)
    open_task(
        kind,
        subject_id=run.subject_id,
        organisation_id=run.organisation_id,
        cause=cause,
        basis_on=today,
        due_on=due.due_on,
        due_rule=due.rule,
        object_id=run.pk,
        at=at,
    )
