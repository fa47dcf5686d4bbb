"""What the interview's pages show of one household."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from fotfeste.access.public import Compartment, NeedReason, SubjectKind, subject_by_reference
from fotfeste.accommodation.public import gone_of
from fotfeste.directory.public import ContactOnDay, ContactTopic, Municipality, contacts_on, units_on
from fotfeste.directory.reference.read import municipalities
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.shown import Whom
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Member, household_name, members_of
from fotfeste.settlement.domain.interview import (
    InterviewPerson,
    InterviewState,
    is_interviewed,
    is_offered_own_talk,
    questions_for,
)
from fotfeste.settlement.domain.interview_complete import may_finish
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import InformationMode
from fotfeste.settlement.models import InformationGiven, Interview, SettlementCase, SettlementNote
from fotfeste.settlement.queries.composition import without
from fotfeste.settlement.queries.interview import (
    answers_in,
    days_asked,
    interview_day,
    mapping_notes_as_rows,
    mapping_notes_from_rows,
    of_those_corrected,
    of_those_who_came,
    participation_in,
    persons_asked,
)

# The interview itself is between the centre where they live and IMDi; others get what those tell them. Of a centre that
# they have left the fence shows an interview only to the one where the case ended, and nothing of its content.
READING = ("settlement.hold_interview", "settlement.find_municipality")
READERS = frozenset({NeedReason.LIVES_HERE, NeedReason.LIVED_HERE, NeedReason.SETTLEMENT_CASE})
# What the pages of an interview show, for the log of looks.
OF_THE_INTERVIEW = frozenset(
    {Compartment.IDENTITY, Compartment.INTERVIEW, Compartment.NEEDS, Compartment.JOURNAL, Compartment.MAPPING}
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member's part of the interview has come."""

    member: Member
    person: InterviewPerson
    is_interviewed: bool
    is_offered_own_talk: bool
    answered: int
    asked: int

    @property
    def is_done(self) -> bool:
        """Every question has an answer, begun or declined."""
        return self.answered == self.asked


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """Everything that the pages of one interview show. `on` is the day that ages count on."""

    reference: str
    group_id: int
    version: int
    name: str
    case: SettlementCase
    interview: Interview
    members: Sequence[Member]
    state: InterviewState
    decision: Decision
    information: Sequence[InformationGiven]
    on: date
    whom: Whom

    @property
    def is_open(self) -> bool:
        """The interview can still be filled in, by those who came after it too, or again because of a wrong answer."""
        return self.case.state == CASE.initial or self.is_again

    @property
    def is_again(self) -> bool:
        """It was held, and somebody is asked in it now: only they are on its pages."""
        return self.interview.is_asked_again and self.case.state not in (CASE.initial, *CASE.final)

    @property
    def is_supplement(self) -> bool:
        """Those who came later are asked now."""
        return self.is_again and not self.is_correction

    @property
    def is_correction(self) -> bool:
        """Answers of those who were in it are corrected now."""
        return self.is_again and self.interview.reopened_at is not None

    @property
    def was_held(self) -> bool:
        """It was registered and sent to IMDi; what it contains then does not change, however the case ended."""
        return self.interview.held_on is not None

    @property
    def has_group_session(self) -> bool:
        """Somebody of the household was informed in a group (guide, Vedlegg 5)."""
        return any(row.mode == InformationMode.GROUP for row in self.information)

    @property
    def progress(self) -> list[Progress]:
        """Each member's part, the oldest first."""
        people = {person.subject_id: person for person in self.state.persons}
        return [self._progress_of(member, people[member.subject_id]) for member in self.members]

    @property
    def mapped(self) -> list[tuple[Member, str]]:
        """The unaccompanied minors with the note of their mapping, which may be empty; and whoever else has a note."""
        notes = self.state.mapping_notes
        alone = {each.subject_id for each in self.state.persons if each.is_unaccompanied_minor}
        return [
            (member, notes.get(member.subject_id, ""))
            for member in self.members
            if member.subject_id in alone or member.subject_id in notes
        ]

    def _progress_of(self, member: Member, person: InterviewPerson) -> Progress:
        on = self.state.day_of(person)
        asked = questions_for(person, on)
        return Progress(
            member=member,
            person=person,
            is_interviewed=is_interviewed(person, on),
            is_offered_own_talk=is_offered_own_talk(person, on),
            answered=sum((person.subject_id, question) in self.state.answers for question in asked),
            asked=len(asked),
        )


def interview_page(viewer: Viewer, reference: str, day: date) -> InterviewPage:
    """The interview of a household by the group's reference.

    Raises NotFound without a case, and for who has no part in it.
    """
    subject = subject_by_reference(viewer, reference, day, READERS)
    if subject.kind != SubjectKind.GROUP:
        raise NotFound("not_found")
    interview, notes = _latest_of(subject.pk)
    everyone = members_of(subject.pk, day)
    information = list(InformationGiven.objects.current().filter(case_id=interview.case_id).order_by("given_on", "pk"))
    on, members, state = _asked_in(interview, everyone, information, notes, day)
    return InterviewPage(
        reference=reference,
        group_id=subject.pk,
        version=interview.subject.placement_group.version,
        name=household_name(everyone),
        case=interview.case,
        interview=interview,
        members=members,
        state=state,
        decision=may_finish(state),
        information=information,
        on=on,
        whom=Whom(subject.pk, tuple(each.subject_id for each in everyone), subject.known_because),
    )


def _latest_of(group_id: int) -> tuple[Interview, Mapping[int, str]]:
    """The latest interview of a household, with its case, and the mapping notes of each. Raises NotFound."""
    interview = (
        Interview.objects.select_related("case", "subject__placement_group")
        .filter(subject_id=group_id)
        .annotate(mapping_rows=mapping_notes_as_rows())
        .order_by("-pk")
        .first()
    )
    if interview is None:
        raise NotFound("not_found")
    return interview, mapping_notes_from_rows(interview.mapping_rows)


def _asked_in(
    interview: Interview,
    everyone: Sequence[Member],
    information: Iterable[InformationGiven],
    notes: Mapping[int, str],
    day: date,
) -> tuple[date, Sequence[Member], InterviewState]:
    """The day that ages count on, who is asked in the interview, and how far it has come.

    What was asked when it was held is of those who were there then; nobody is asked who has left for good.
    """
    is_first = interview.case.state == CASE.initial
    is_again = interview.is_asked_again and interview.case.state not in (CASE.initial, *CASE.final)
    is_correction = is_again and interview.reopened_at is not None
    on = day if is_again and not is_correction else interview_day(interview, day)
    members = without(everyone, gone_of(interview.subject_id, day)) if is_first or is_again else everyone
    days = days_asked(interview, on) if is_correction else {}
    if is_correction:
        members = [member for member in members if member.subject_id in days]
    state = _state(interview, members, information, on, mapping_notes=notes)
    if is_correction:
        state = of_those_corrected(state, members, days)
    elif is_again:
        state = of_those_who_came(interview, state)
        asked = {person.subject_id for person in state.persons}
        members = [member for member in members if member.subject_id in asked]
    return on, members, state


def _state(
    interview: Interview,
    members: Sequence[Member],
    information: Iterable[InformationGiven],
    on: date,
    *,
    mapping_notes: Mapping[int, str],
) -> InterviewState:
    """The rules' view of an interview from rows that the page has fetched anyway."""
    informed_on: dict[int, date] = {}
    for row in information:
        informed_on.setdefault(row.subject_id, row.given_on)
    return InterviewState(
        persons=persons_asked(members, on),
        held_on=on,
        invited_on=interview.invited_on,
        interpreter=interview.interpreter,
        mapping_notes=mapping_notes,
        answers=answers_in(interview),
        participation=participation_in(interview),
        informed_on=informed_on,
    )


def notes_of(case_id: int) -> QuerySet[SettlementNote]:
    """The settlement notes of a case that the viewer's organisation may see, the latest first."""
    return (
        SettlementNote.objects.current()
        .filter(case_id=case_id)
        .select_related("recorded_by", "reported_by")
        .order_by("-recorded_at", "-pk")
    )


def notes_as_rows() -> ArraySubquery:
    """The notes of `notes_of`, as part of a query for the interview."""
    rows = SettlementNote.objects.current().filter(case_id=OuterRef("case_id")).order_by("-recorded_at", "-pk")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                text="text",
                at="recorded_at",
                who="recorded_by__name",
                by="reported_by__name",
                is_passed_on="is_passed_on",
            )
        )
    )


def municipality_names(numbers: Iterable[str]) -> Mapping[str, str]:
    """The names of municipalities by number, from the reference data in memory."""
    wanted = set(numbers)
    return {each.number: each.name for each in municipalities() if each.number in wanted}


def municipality_choices() -> list[tuple[str, str]]:
    """Every municipality, in Norwegian order, for a list to choose from."""
    return list(Municipality.objects.order_by("sort_key").values_list("number", "name"))


def settlement_coordinators(organisation_id: int, day: date) -> list[ContactOnDay]:
    """The named settlement coordinators (bosettingsansvarlig) of a centre on a day (guide, Vedlegg 1). Two queries."""
    units = units_on([organisation_id], day)[organisation_id]
    return [each for each in contacts_on([unit.id for unit in units], day) if each.topic is ContactTopic.SETTLEMENT]
