"""The interview on the household page: needs and wishes, the timeline's entries, what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry
from fotfeste.platform.prepared import Given, Prepared
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.interview import GivenAnswer, ties_of
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.heard import heard
from fotfeste.settlement.models import CaseNeed, InformationGiven, Interview
from fotfeste.settlement.queries.interview import (
    answers_as_rows,
    answers_from_rows,
    contents_of,
    mapping_notes_as_rows,
    mapping_notes_from_rows,
)
from fotfeste.settlement.queries.interview_page import OF_THE_INTERVIEW, municipality_names, notes_as_rows
from fotfeste.settlement.queries.needs import capabilities_on
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.words_interview import HEADINGS, Fact, answer_in_words

# Those who settle: the centre where they live, IMDi, and the municipality that IMDi asked.
READERS = ("settlement.hold_interview", "settlement.find_municipality", "settlement.answer_request")
_IN_THE_TALK = frozenset({NeedReason.LIVES_HERE, NeedReason.SETTLEMENT_CASE})
_TOLD_BY_IMDI = frozenset({NeedReason.ASKED_TO_SETTLE, NeedReason.OFFERED_HERE, NeedReason.SETTLED_HERE})


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer on the household page."""

    heading: str
    short: str
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class PersonAnswers:
    """What one person answered."""

    name: str
    answers: Sequence[AnswerShown]


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note after the interview: what it says, when it was written, by whom, whether it is the municipality's too."""

    text: str
    recorded_at: datetime
    by: str
    is_passed_on: bool


@dataclass(frozen=True, slots=True)
class More:
    """What hangs on an interview: the first day somebody was informed, what the group needs, answers and notes."""

    informed_on: date | None
    mapping_notes: Mapping[int, str]
    capabilities: Sequence[str]
    answers: Mapping[tuple[int, Question], GivenAnswer]
    notes: Sequence[NoteShown]


def interview_panels(context: HouseholdContext) -> list[Panel]:
    """Needs and wishes from the interview, for those who settle; nothing for others, and nothing before it is held."""
    interview = _interview(context)
    if interview is None or interview.held_on is None or not _may_read(context):
        return []
    more = _more(context, interview)
    is_told_by_imdi = not context.reasons & _IN_THE_TALK
    shown = {
        "needs": [capability_name(code) for code in capabilities_on(interview.case, more.capabilities, context.day)],
        "people": _people(context, more.answers),
        "mapping_notes": [(context.names.get(key, ""), text) for key, text in more.mapping_notes.items()],
        "held_on": interview.held_on,
        "notes": more.notes,
        # A municipality that finds no answers is kept from them, whatever the register says today.
        "is_minor": _was_alone(context, interview.held_on) or (is_told_by_imdi and not more.answers),
        "is_told_by_imdi": is_told_by_imdi,
        "notes_url": _notes_url(context),
    }
    title = gettext("Behov og ønsker")
    about = OF_THE_INTERVIEW - {Compartment.IDENTITY}
    return [Panel("interview", title, "settlement/interview/panel.html", shown, 40, about)]


def _was_alone(context: HouseholdContext, held_on: date) -> bool:
    """Whether somebody answered as an unaccompanied minor: what they told, IMDi passes on."""
    return any(each.is_unaccompanied_minor and not is_adult(each.birth_date, held_on) for each in context.members)


def interview_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Permit to interview: when they were informed, invited, and when the interview was or is to be."""
    interview = _interview(context)
    if interview is None:
        return []
    lane = gettext("Bosetting")
    entries = []
    given_on = _more(context, interview).informed_on
    if given_on:
        told = heard(context, interview.case_id, "information_given", on=given_on)
        entries.append(TimelineEntry(lane, gettext("Informasjon gitt"), given_on, is_point=True, **told))
    if interview.held_on:
        told = heard(context, interview.case_id, "register_interview")
        entries.append(TimelineEntry(lane, gettext("Bosettingssamtale"), interview.held_on, is_point=True, **told))
    elif interview.planned_at:
        planned_on = legal_day(interview.planned_at)
        told = heard(context, interview.case_id, "interview_planned")
        entries.append(TimelineEntry(lane, gettext("Bosettingssamtale avtalt"), planned_on, is_point=True, **told))
    return entries


def interview_acts(context: HouseholdContext) -> list[PossibleAct]:
    """The interview while it is open; afterwards the notes."""
    interview = _interview(context)
    if interview is None or interview.case.state in CASE.final:
        return []
    may_hold = context.viewer.may("settlement.hold_interview") and NeedReason.LIVES_HERE in context.reasons
    may_read = context.viewer.may("settlement.find_municipality")
    url = reverse("interview", args=[context.reference])
    to_it = PossibleAct(gettext("Gå til bosettingssamtalen"), url, is_primary=interview.case.state == CASE.initial)
    if interview.case.state == CASE.initial:
        return [to_it] if may_hold else []
    notes = PossibleAct(gettext("Se eller skriv intern merknad"), reverse("settlement_notes", args=[context.reference]))
    passing = PossibleAct(gettext("Gi opplysninger videre til kommunen"), reverse("pass_on", args=[context.reference]))
    changing = PossibleAct(gettext("Endre hva kommunen må ha"), reverse("change_needs", args=[context.reference]))
    is_asking = interview.is_asked_again and may_hold
    may_reopen = not interview.is_asked_again and (may_hold or may_read)
    to_reopen = reverse("reopen_interview", args=[context.reference])
    known = (
        (to_it, is_asking),
        (notes, may_hold or may_read),
        (PossibleAct(gettext("Åpne bosettingssamtalen igjen"), to_reopen), may_reopen),
        (passing, may_read),
        (changing, may_read),
    )
    return [act for act, is_theirs in known if is_theirs]


def _interview(context: HouseholdContext) -> Interview | None:
    """The household's latest interview, fetched once for the page."""
    if "settlement.interview" not in context.cache:
        context.cache["settlement.interview"] = (
            Interview.objects.select_related("case").filter(subject_id=context.subject_id).order_by("-pk").first()
        )
    found = context.cache["settlement.interview"]
    assert found is None or isinstance(found, Interview)
    return found


def _more(context: HouseholdContext, interview: Interview) -> More:
    """What hangs on the interview, in one query, once for the page."""
    if "settlement.interview_more" not in context.cache:
        [(informed_on, mapping_notes, capabilities, answers, notes)] = _MORE(interview=interview.pk)
        context.cache["settlement.interview_more"] = More(
            informed_on,
            mapping_notes_from_rows(mapping_notes),
            tuple(capabilities),
            answers_from_rows(answers),
            [
                NoteShown(
                    each["text"],
                    datetime.fromisoformat(each["at"]),
                    ", ".join(part for part in (each["who"], each["by"]) if part),
                    each["is_passed_on"],
                )
                for each in notes
            ],
        )
    found = context.cache["settlement.interview_more"]
    assert isinstance(found, More)
    return found


def _hangs_on() -> QuerySet[Interview, Any]:
    informed = InformationGiven.objects.current().filter(case_id=OuterRef("case_id")).order_by("given_on")
    needs = CaseNeed.objects.current().filter(case_id=OuterRef("case_id")).order_by("capability")
    return Interview.objects.filter(pk=Given.key("interview")).values_list(
        Subquery(informed.values("given_on")[:1]),
        mapping_notes_as_rows(),
        ArraySubquery(needs.values("capability")),
        answers_as_rows(),
        notes_as_rows(),
    )


_MORE = Prepared(_hangs_on)


def _may_read(context: HouseholdContext) -> bool:
    """The permission, and a part in the matter: a centre that they have left has none any more."""
    has_part = bool(context.reasons & (_IN_THE_TALK | _TOLD_BY_IMDI))
    return has_part and any(context.viewer.may(permission) for permission in READERS)


def _people(context: HouseholdContext, answers: Mapping[tuple[int, Question], GivenAnswer]) -> list[PersonAnswers]:
    municipalities = municipality_names(ties_of(contents_of(answers)))
    return [
        PersonAnswers(
            name,
            [
                AnswerShown(str(HEADINGS[question]), *answer_in_words(question, answers[key, question], municipalities))
                for question in Question
                if (key, question) in answers
            ],
        )
        for key, name in context.names.items()
    ]


def _notes_url(context: HouseholdContext) -> str:
    may_write = context.viewer.may("settlement.hold_interview") or context.viewer.may("settlement.find_municipality")
    return reverse("settlement_notes", args=[context.reference]) if may_write else ""
