"""What UDI may decide: when a grant stands, which ground fits a refusal, why an agreement may end."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.alternative.domain.eligibility import condition_of
from fotfeste.alternative.domain.schemes import ends_by, may_end_by
from fotfeste.alternative.domain.types import Condition, EndCause, Party, PartyAnswer, Procedure, RefusalGround
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import ParameterBook

# Which condition that is not met stands behind which ground.
_BEHIND: Mapping[RefusalGround, frozenset[Condition]] = {
    RefusalGround.NOT_IN_TARGET_GROUP: frozenset({Condition.TARGET_GROUP, Condition.CENTRE_PLACE}),
    RefusalGround.MINOR_ALONE: frozenset({Condition.NOT_ALONE}),
    RefusalGround.NOT_REGISTERED: frozenset(
        {Condition.REGISTERED, Condition.APPLIED_FOR_PROTECTION, Condition.DUF, Condition.D_NUMBER}
    ),
    RefusalGround.NO_HOME: frozenset({Condition.HOME}),
    RefusalGround.CENTRE_HOUSING: frozenset({Condition.NOT_CENTRE_HOUSING}),
    RefusalGround.SETTLED_SOON: frozenset({Condition.FOUR_WEEKS}),
    RefusalGround.SCHEME_CLOSED: frozenset({Condition.OPEN}),
    RefusalGround.NO_NEED: frozenset({Condition.NEED_OR_FAMILY}),
}
DEPARTS_BY: Mapping[EndCause, DepartureReason] = {
    EndCause.SETTLED: DepartureReason.AGREED_SETTLEMENT,
    EndCause.OFFER_DECLINED: DepartureReason.OFFER_DECLINED,
    EndCause.MOVED_AWAY: DepartureReason.MOVED_WITHOUT_AGREEMENT,
    EndCause.AGREED_ELSEWHERE: DepartureReason.AGREED_ELSEWHERE,
    EndCause.CONDITIONS_FAILED: DepartureReason.CONDITIONS_FAILED,
    EndCause.MUNICIPALITY_WITHDREW: DepartureReason.MUNICIPALITY_WITHDREW,
    EndCause.SCHEME_ENDED: DepartureReason.SCHEME_ENDED,
    EndCause.LEFT_COUNTRY: DepartureReason.LEFT_COUNTRY,
    EndCause.DIED: DepartureReason.DECEASED,
    EndCause.MOVED_TO_CENTRE: DepartureReason.MOVED_CENTRE,
    EndCause.LEFT_UNKNOWN: DepartureReason.NO_ADDRESS,
}
CAUSE_OF: Mapping[DepartureReason, EndCause] = {reason: cause for cause, reason in DEPARTS_BY.items()}
# What a municipality itself can end it for; the rest is UDI's to decide.
_OF_MUNICIPALITY = frozenset(
    {
        EndCause.SETTLED,
        EndCause.MOVED_AWAY,
        EndCause.MUNICIPALITY_WITHDREW,
        EndCause.LEFT_COUNTRY,
        EndCause.LEFT_UNKNOWN,
        EndCause.DIED,
    }
)
_FOLLOWS = frozenset({EndCause.AGREED_ELSEWHERE, EndCause.MOVED_TO_CENTRE, EndCause.GRANT_ANNULLED})
_HAPPENED = frozenset({EndCause.LEFT_COUNTRY, EndCause.DIED, EndCause.LEFT_UNKNOWN})


def grounds_that_fit(
    decisions: Iterable[Decision], answers: Mapping[Party, PartyAnswer | None], municipality: PartyAnswer | None
) -> frozenset[RefusalGround]:
    """The grounds on which an application can be refused as it stands. `municipality`: its answer to UDI's request."""
    asked = list(decisions)
    failed = {condition_of(part) for decision in asked for part in decision.parts if part.is_no}
    found = {ground for ground, conditions in _BEHIND.items() if conditions & failed}
    if PartyAnswer.NO in (municipality, answers.get(Party.MUNICIPALITY)):
        found.add(RefusalGround.MUNICIPALITY_DECLINED)
    if answers.get(Party.HOST) is PartyAnswer.NO:
        found.add(RefusalGround.HOST_DECLINED)
    is_known = all(part.is_yes or part.is_no for decision in asked for part in decision.parts)
    if not is_known or None in answers.values():
        found.add(RefusalGround.INCOMPLETE)
    return frozenset(found)


def by_ground(decisions: Mapping[int, Decision]) -> dict[RefusalGround, list[int]]:
    """Those of a household who are left out of a grant, by the first ground that their own conditions give: their no.

    Who meets every condition has no ground, and gets none.
    """
    found: dict[RefusalGround, list[int]] = {}
    for key, decision in decisions.items():
        fitting = grounds_that_fit([decision], {}, None)
        if ground := next((each for each in RefusalGround if each in fitting), None):
            found.setdefault(ground, []).append(key)
    return found


def check_ground(ground: RefusalGround, fitting: Collection[RefusalGround]) -> None:
    """Refuse a ground that nothing stands behind. Raises Refused `ground_does_not_fit`."""
    if ground not in fitting:
        raise Refused("ground_does_not_fit", "ground")


def check_grant(
    decisions: Iterable[Decision],
    procedure: Procedure,
    answers: Mapping[Party, PartyAnswer | None],
    municipality: PartyAnswer | None,
) -> None:
    """Refuse a grant where a condition is not met or not known, or whose word is needed has not said yes.

    Raises Refused `conditions_not_met`, `conditions_unknown`, `party_says_no`, `municipality_not_asked`,
    `nobody_to_grant`.
    """
    asked = list(decisions)
    if not asked:
        raise Refused("nobody_to_grant", "persons")
    if any(decision.is_no for decision in asked):
        raise Refused("conditions_not_met")
    if not all(decision.is_yes for decision in asked):
        raise Refused("conditions_unknown")
    if any(answer is not PartyAnswer.YES for answer in answers.values()) or municipality is PartyAnswer.NO:
        raise Refused("party_says_no")
    if procedure is Procedure.ALONE and municipality is None:
        raise Refused("municipality_not_asked")


def check_cause(cause: EndCause, on: date, book: ParameterBook, *, is_udi: bool) -> None:
    """Refuse to end an agreement for what does not end it, or is not theirs to decide (ALT-08).

    Raises Refused `cause_follows_by_itself`, `cause_is_udis`, `cause_does_not_end_it`.
    """
    if cause in _FOLLOWS:
        raise Refused("cause_follows_by_itself", "cause")
    if not is_udi and cause not in _OF_MUNICIPALITY:
        raise Refused("cause_is_udis", "cause")
    if cause not in ends_by(on, book) | may_end_by(on, book) | _HAPPENED:
        raise Refused("cause_does_not_end_it", "cause")
