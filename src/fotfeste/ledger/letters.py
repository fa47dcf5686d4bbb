"""The letters of the books to a municipality: the notice of a claim, the decision, and what a run pays.

Those of a claim hang on its own subject, those of a run on none, for a municipality knows of no run. Whoever's
address is protected is not named: their lines are told as one sum, and the whole stands (ADR 0024).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from fotfeste.access.public import Compartment, Protection
from fotfeste.accommodation.public import DepartureReason
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import add_months, legal_day
from fotfeste.ledger.domain.types import ClaimAnswer, ClaimDecision
from fotfeste.ledger.models import Claim, ClaimPart, Line, Run, RunTotal
from fotfeste.ledger.queries.lines import names_of
from fotfeste.letters.public import Letter, LetterKind, language_of_municipality, send_letter, write_letter
from fotfeste.platform.viewer import Viewer

# Why a line takes back or gives more, in the words of letters; what is not here is a correction.
CAUSES: Mapping[str, str] = {
    "": "due",
    DepartureReason.AGREED_SETTLEMENT: "settled",
    DepartureReason.LEFT_COUNTRY: "left_country",
    DepartureReason.DECEASED: "died",
    DepartureReason.OFFER_DECLINED: "offer_declined",
    DepartureReason.MOVED_WITHOUT_AGREEMENT: "moved",
    DepartureReason.AGREED_ELSEWHERE: "other_municipality",
    DepartureReason.CONDITIONS_FAILED: "conditions",
    DepartureReason.MUNICIPALITY_WITHDREW: "municipality_withdrew",
    DepartureReason.SCHEME_ENDED: "scheme_ended",
    "settled": "settled",
    "start_corrected": "start_corrected",
    "end_corrected": "end_corrected",
    "annulled": "annulled",
    "other_municipality": "other_municipality",
    "rate_changed": "rate_changed",
    "reported_late": "reported_late",
}


class Told(NamedTuple):
    """One line of a letter: of whose month, why, how much in øre."""

    subject_id: int
    month: date
    cause: str
    amount_ore: int


def write_notice(claim: Claim, parts: Iterable[ClaimPart], *, by: Viewer, at: datetime) -> Letter:
    """The notice: how much, of whom, which month, why, and until when they can answer (varsel)."""
    facts = {"amount_ore": claim.amount_ore, "answer_by_on": claim.answer_due_on}
    return _send(LetterKind.CLAIM_NOTICE, claim, facts, _told(parts), by=by, at=at)


def write_decision(claim: Claim, *, by: Viewer, at: datetime) -> Letter:
    """The decision: what stands, why, and until when they pay. What a reduced claim is of, the notice and the reason
    say: a sum that is set down is not set down line by line.
    """
    is_reduced = claim.decision == ClaimDecision.REDUCED
    facts: dict[str, Any] = {
        "amount_ore": claim.upheld_ore,
        "outcome": "upheld" if not is_reduced else "reduced" if claim.upheld_ore else "dropped",
        "reason": _reason(claim),
        "pay_by_on": claim.pay_due_on,
        "because": claim.decision_text,
    }
    parts = () if is_reduced else ClaimPart.objects.filter(claim=claim).order_by("subject_id", "month", "pk")
    return _send(LetterKind.CLAIM_DECISION, claim, facts, _told(parts), by=by, at=at)


def _reason(claim: Claim) -> str:
    if claim.decision == ClaimDecision.REDUCED:
        return "stated"
    said = {ClaimAnswer.AGREES: "agreed", ClaimAnswer.DISPUTES: "answer_changed_nothing"}
    return said[ClaimAnswer(claim.answer)] if claim.answer else "not_answered"


def _told(parts: Iterable[ClaimPart]) -> list[Told]:
    return [Told(part.subject_id, part.month, part.cause, part.amount_ore) for part in parts]


def write_payment(run: Run, total: RunTotal, *, by: Viewer, at: datetime) -> Letter:
    """What a run pays a municipality, line by line (tilskuddsbrev). `before_ore` that it owed is drawn from the sum."""
    lines = Line.objects.filter(run=run, municipality_id=total.municipality_id).order_by("subject_id", "month", "pk")
    told = [Told(line.subject_id, line.month, line.cause, line.amount_ore) for line in lines]
    months = [each.month for each in told] or [add_months(run.through, -1)]
    facts: dict[str, Any] = {
        "amount_ore": total.payable_ore,
        "first_month": min(months),
        "last_month": max(months),
        "paid_on": legal_day(run.paid_at) if run.paid_at and total.payable_ore else None,
        "carried_ore": min(total.net_ore, -total.before_ore) if total.before_ore < 0 < total.net_ore else None,
    }
    facts["run_id"] = run.pk  # by which the run's page finds it
    return _send(
        LetterKind.GRANT_LETTER, run, facts, told, whole_ore=total.net_ore, to=total.municipality, by=by, at=at
    )


def _send(
    kind: LetterKind,
    head: Claim | Run,
    facts: Mapping[str, Any],
    told: Collection[Told],
    *,
    by: Viewer,
    at: datetime,
    whole_ore: int | None = None,
    to: Organisation | None = None,
) -> Letter:
    """Write the letter and send it to the unit that answers for it. `whole_ore` is what all lines come to, also those
    that the actor does not see.
    """
    receiver = head.municipality if isinstance(head, Claim) else to
    assert receiver is not None
    named = _but_protected(told, legal_day(at))
    whole = sum(each.amount_ore for each in told) if whole_ore is None else whole_ore
    names = names_of(each.subject_id for each in named)
    lines = [
        {
            "name": names.get(each.subject_id, "–"),
            "of_month": each.month,
            "cause": CAUSES.get(each.cause, "correction"),
            "amount_ore": each.amount_ore,
        }
        for each in named
    ]
    letter = write_letter(
        kind,
        subject_id=head.subject_id if isinstance(head, Claim) else None,  # a municipality knows of no run
        to_organisation_id=receiver.pk,
        language=language_of_municipality(receiver.municipality.written_form if receiver.municipality else ""),
        facts={
            **{name: value for name, value in facts.items() if value not in (None, "")},
            "municipality": receiver.name,
            "scheme": str(head.scheme),
            "lines": lines,
            "withheld_ore": whole - sum(each.amount_ore for each in named),
        },
        compartment=Compartment.MONEY,
        also_about=sorted({each.subject_id for each in named}),
        by=by,
        at=at,
    )
    return send_letter(letter.reference, by=by, at=at)


def _but_protected(told: Collection[Told], today: date) -> list[Told]:
    """The lines of those whose address nobody protects."""
    whose = {each.subject_id for each in told}
    protected = Protection.objects.current().filter(subject_id__in=whose, period__contains=today)
    hidden = set(protected.values_list("subject_id", flat=True))
    return [each for each in told if each.subject_id not in hidden]
