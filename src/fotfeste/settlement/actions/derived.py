"""What a household needs in its municipality, as it follows from its answers (SET-10)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.periods import Period
from fotfeste.platform.facts import annul
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.asked_needs import lapse_questions
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.interview import GivenAnswer, InterviewState, capabilities_needed
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import CaseNeed, SettlementCase
from fotfeste.settlement.queries.interview import CORRECTED, contents_of

type Answers = Mapping[tuple[int, Question], GivenAnswer]


def derive_needs(case: SettlementCase, state: InterviewState, *, by: Viewer, at: datetime) -> set[Capability]:
    """Write what follows from the answers of those who were asked, besides what is known already; gives what is new."""
    return _write(case, _needed(case, state, state.answers), on=state.held_on, by=by, at=at)


def derive_again(
    case: SettlementCase, state: InterviewState, before: Answers, *, on: date, by: Viewer, at: datetime
) -> set[Capability]:
    """The same after answers were corrected: what followed from the wrong ones alone ends, and nobody is asked about it
    any more. Gives what is new.

    What IMDi has added or ended itself stays as IMDi said.
    """
    was, now = _needed(case, state, before), _needed(case, state, state.answers)
    derived = CaseNeed.objects.current().filter(case=case, capability__in=[str(each) for each in was - now])
    ended = list(derived.exclude(reported_by__kind=OrganisationKind.IMDI).order_by("pk"))
    for need in ended:
        annul(need, by=by, at=at, reason=CORRECTED)
    lapse_questions(case, [Capability(need.capability) for need in ended], by=by, at=at)
    return _write(case, now - was, on=on, by=by, at=at)


def _needed(case: SettlementCase, state: InterviewState, answers: Answers) -> frozenset[Capability]:
    asked = {person.subject_id for person in state.persons}
    contents = contents_of({key: given for key, given in answers.items() if key[0] in asked})
    return capabilities_needed(contents, is_unaccompanied=case.is_unaccompanied_on(state.held_on))


def _write(case: SettlementCase, found: Iterable[Capability], *, on: date, by: Viewer, at: datetime) -> set[Capability]:
    known = set(CaseNeed.objects.current().filter(case=case).values_list("capability", flat=True))
    new = {each for each in found if str(each) not in known}
    CaseNeed.objects.bulk_create(
        CaseNeed(
            subject_id=case.subject_id,
            case=case,
            capability=capability,
            period=Period(on, None),
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
        for capability in sorted(new)
    )
    return new
