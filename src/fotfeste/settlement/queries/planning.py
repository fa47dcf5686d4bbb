"""Those in the queue with what they answered, all at once: what a plan for many is made from (SET-15)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from fotfeste.accommodation.public import CentreOperation, CentreType, Stay, StayKind, gone_of
from fotfeste.kernel.calendar import Week
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Member, Sex, members_of_groups, unaccompanied_among
from fotfeste.settlement.domain.answers import from_json
from fotfeste.settlement.domain.contents import AnswerOutcome, Content, Question
from fotfeste.settlement.domain.declines import Asking, may_be_asked, week_asked_for
from fotfeste.settlement.domain.goals import settle_by
from fotfeste.settlement.domain.interview import is_of_age
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.places import counting_year
from fotfeste.settlement.domain.types import Capability, Declined, PlaceKind
from fotfeste.settlement.models import Answer, CaseNeed, PlaceReservation, SettlementCase, SettlementRequest
from fotfeste.settlement.queries.declared import declared_by_all
from fotfeste.settlement.queries.declines import ANSWERED, declined_among
from fotfeste.settlement.queries.interview import STANDING
from fotfeste.settlement.queries.needs import capabilities_on
from fotfeste.settlement.queries.offered import OfferedBefore

type Said = Mapping[Question, Content | None]  # None: declined
# What a municipality's answer is read from: no texts, and of the municipality its number.
_OF_AN_ANSWER = (
    *("case", "organisation__municipality", "state", "possible_week", "assessment"),
    *("sent_on", "answered_on", "decline_reason", "follows", "again_from_week", "unmet"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A member who is to be settled, as the interview left them. `turns`: the age of this calendar year's birthday.
    `answers`: None is a declined question.
    """

    age: int
    turns: int
    is_adult: bool
    is_unaccompanied_minor: bool
    sex: Sex
    citizenship: str
    answers: Said


@dataclass(frozen=True, slots=True)
class InQueue:
    """A household that a municipality can be found for today.

    `needs` are the case's, with what IMDi has added and ended since the interview. Municipalities are numbers: `host`
    the integration centre's where it lives, `lives_in` where it lives on MAMOT or AMOT ("" for neither), `said_no`
    those that have declined it and may not be asked about it in the week.
    """

    case: SettlementCase
    members: tuple[Asked, ...]
    needs: frozenset[Capability]
    goal_on: date
    host: str
    lives_in: str
    said_no: Mapping[str, Declined]


def in_queue(viewer: Viewer, day: date, group_id: int | None = None, *, week: Week | None = None) -> list[InQueue]:
    """The households that wait for a municipality and that the viewer sees: with a permit in the household, and nobody
    in it who has had their one offer (SET-08). Of one of them alone, where `group_id` is given. A no to them is read
    for a week, that of the day where none is named.

    Eight queries, one more where a municipality has answered, and one for each where somebody has left for good. Empty
    for those who do not find municipalities. Raises NoRule.
    """
    if not viewer.may("settlement.find_municipality"):
        return []
    waiting = SettlementCase.objects.filter(state="queued", waits_for_decision=False, size__gt=0)
    if group_id is not None:
        waiting = waiting.filter(subject_id=group_id)
    cases = [
        case
        for case in waiting.select_related("subject", "centre").annotate(had=OfferedBefore()).order_by("pk")
        if not case.had
    ]
    settling = _settling(cases, day)
    cases = [case for case in cases if any(each.has_permit for each in settling[case.subject_id])]
    needs = _needs(cases, day)
    return _as_asked(cases, settling, needs, _declined(cases, needs, day, week_asked_for(week, day)), day)


def recently_in_queue(viewer: Viewer, since: date, day: date) -> list[InQueue]:
    """The households with a permit between two days that were interviewed, wherever they are now, as the viewer sees
    them: what those are like who come to the queue (SET-15).

    Seven queries. Members are those of today, and no more than that: it is asked what they are like, not where they
    are, nor who has declined them. Empty for those who do not find municipalities. Raises NoRule.
    """
    if not viewer.may("settlement.find_municipality"):
        return []
    came = SettlementCase.objects.filter(
        due_since_on__gt=since, due_since_on__lte=day, waits_for_decision=False, size__gt=0
    ).exclude(state__in=("interview_due", "closed"))
    cases = list(came.select_related("subject", "centre").order_by("pk"))
    members = members_of_groups([case.subject_id for case in cases], day) if cases else {}
    return _as_asked(cases, members, _needs(cases, day), {}, day)


def _as_asked(
    cases: Sequence[SettlementCase],
    settling: Mapping[int, Sequence[Member]],
    needs: Mapping[int, frozenset[Capability]],
    declined: Mapping[int, Mapping[str, Declined]],
    day: date,
) -> list[InQueue]:
    said = _answers([case.pk for case in cases])
    hosts = _hosts({case.centre_id for case in cases if case.centre_id is not None}, day)
    living = _living({member.subject_id for members in settling.values() for member in members}, day)
    return [
        InQueue(
            case=case,
            members=_asked(settling[case.subject_id], said, day),
            needs=needs[case.pk],
            goal_on=settle_by(case.due_since_on, has_minors=case.has_minors_on(day), book=book()).due_on,
            host=hosts.get(case.centre_id or 0, ""),
            lives_in=_shared(living.get(member.subject_id, "") for member in settling[case.subject_id]),
            said_no=declined.get(case.pk, {}),
        )
        for case in cases
    ]


def _settling(cases: Sequence[SettlementCase], day: date) -> Mapping[int, list[Member]]:
    """The members of each who are to be settled. Who has left for good is asked where the case counts fewer."""
    found = dict(members_of_groups([case.subject_id for case in cases], day)) if cases else {}
    for case in cases:
        members = found[case.subject_id]
        if len(members) > case.size:
            gone = gone_of(case.subject_id, day)
            found[case.subject_id] = [member for member in members if member.subject_id not in gone]
    return found


def _asked(members: Sequence[Member], said: Mapping[int, Said], day: date) -> tuple[Asked, ...]:
    alone = unaccompanied_among(members, day)
    return tuple(
        Asked(
            age=member.age,
            turns=day.year - member.birth_date.year,
            is_adult=is_of_age(member.age, day),
            is_unaccompanied_minor=member.subject_id in alone,
            sex=member.sex,
            citizenship=member.citizenship,
            answers=said.get(member.subject_id, {}),
        )
        for member in members
    )


def _answers(case_ids: Collection[int]) -> Mapping[int, dict[Question, Content | None]]:
    """What each person answered and IMDi may rely on, by person."""
    found: dict[int, dict[Question, Content | None]] = {}
    for subject_id, question, outcome, content in (
        Answer.objects.filter(STANDING, interview__case_id__in=case_ids)
        .order_by("pk")
        .values_list("subject_id", "question", "outcome", "content")
    ):
        asked = Question(question)
        is_answered = outcome == AnswerOutcome.ANSWERED
        found.setdefault(subject_id, {})[asked] = from_json(asked, content) if is_answered else None
    return found


def _needs(cases: Collection[SettlementCase], day: date) -> Mapping[int, frozenset[Capability]]:
    """What each needs of its municipality on a day, by case: as `needs_of_case`, for all at once. One query."""
    found: dict[int, list[str]] = {}
    needs = CaseNeed.objects.current().filter(case_id__in=[case.pk for case in cases])
    for case_id, capability in needs.values_list("case_id", "capability"):
        found.setdefault(case_id, []).append(capability)
    return {case.pk: frozenset(capabilities_on(case, found.get(case.pk, ()), day)) for case in cases}


def _declined(
    cases: Collection[SettlementCase], needs: Mapping[int, frozenset[Capability]], day: date, week: Week
) -> Mapping[int, Mapping[str, Declined]]:
    """The municipalities that have said no and may not be asked for a week, by case and number."""
    requests: dict[int, list[SettlementRequest]] = {}
    numbers: dict[int, str] = {}
    answered = SettlementRequest.objects.filter(ANSWERED, case_id__in=[case.pk for case in cases])
    for request in answered.select_related("organisation").only(*_OF_AN_ANSWER).order_by("pk"):
        requests.setdefault(request.case_id, []).append(request)
        numbers[request.organisation_id] = request.organisation.municipality_id or ""
    declared = declared_by_all(day) if requests else {}
    found: dict[int, dict[str, Declined]] = {}
    for case in cases:
        for pk, declined in declined_among(requests.get(case.pk, ())).items():
            asking = Asking(week, case.assessment, needs[case.pk], declared.get(pk, {}))
            if may_be_asked(declined, asking).is_no:
                found.setdefault(case.pk, {})[numbers[pk]] = declined.of_what_it_lacks(asking.needed, asking.declared)
    return found


def _hosts(centre_ids: Collection[int], day: date) -> Mapping[int, str]:
    """The host municipality of each centre that is an integration centre on the day (IM 4.1)."""
    in_operation = CentreOperation.objects.current().filter(
        centre_id__in=centre_ids, type=CentreType.INTEGRATION, period__contains=day
    )
    return dict(in_operation.order_by("pk").values_list("centre_id", "centre__municipality_id"))


def _living(subject_ids: Collection[int], day: date) -> Mapping[int, str]:
    """Where each lives privately on a scheme (SET-12)."""
    stays = Stay.objects.current().filter(
        subject_id__in=subject_ids, kind__in=(StayKind.AMOT, StayKind.MAMOT), period__contains=day
    )
    return dict(stays.order_by("pk").values_list("subject_id", "municipality__municipality_id"))


def _shared(places: Iterable[str]) -> str:
    """The place that most of them share; "" where they live nowhere."""
    counted = Counter(place for place in places if place)
    return counted.most_common(1)[0][0] if counted else ""


def resources_left_of_all(day: date) -> Mapping[int, Mapping[PlaceKind, int]]:
    """How many are left of each kind of place that municipalities have said a number of, by organisation. One query."""
    found: dict[int, dict[PlaceKind, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id, kind, number - used FROM settlement_resources(NULL, NULL, %s)", [day])
        for organisation_id, kind, left in cursor.fetchall():
            found.setdefault(int(organisation_id), {})[PlaceKind(kind)] = int(left)
    return found


def week_rooms_of_all(day: date, week: Week | None = None) -> Mapping[int, tuple[int, int]]:
    """The most persons that each municipality receives in a week (that of the day, where none is named), as it says of
    the week's last day, and how many have come in it, have its yes for it, or are asked for in it or in no certain one;
    by organisation, where it has said. One query.
    """
    week = week_asked_for(week, day)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT w.organisation_id, w.persons, coalesce(l.in_week, 0)
            FROM settlement_weeklimit w
            LEFT JOIN settlement_load(%s, %s, %s) l ON l.organisation_id = w.organisation_id
            WHERE w.annulled_at IS NULL AND w.period @> %s::date""",
            [counting_year(week, day), str(week), day, week.last_day],
        )
        return {int(pk): (int(most), int(planned)) for pk, most, planned in cursor.fetchall()}


def kept_of_all(day: date, week: Week) -> Mapping[int, Mapping[int, int]]:
    """How many places are still kept for each integration centre in the year in which a week counts: by municipality's
    organisation, then by centre (SET-11). A query, and one for each centre that any are kept for.
    """
    year = counting_year(week, day)
    kept = PlaceReservation.objects.current().filter(year=year, persons__gt=0).order_by("centre_id")
    found: dict[int, dict[int, int]] = {}
    centres = list(kept.values_list("centre_id", flat=True).distinct())
    everywhere = _kept_for_others(year, day, None) if centres else {}
    for centre_id in centres:
        others = _kept_for_others(year, day, centre_id)
        for organisation_id, persons in everywhere.items():
            if own := persons - others.get(organisation_id, 0):
                found.setdefault(organisation_id, {})[centre_id] = own
    return found


def _kept_for_others(year: int, day: date, centre_id: int | None) -> Mapping[int, int]:
    """How many places are kept for people of other integration centres than this one, by organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, kept FROM settlement_load(%s, '', %s, %s) WHERE kept > 0", [year, day, centre_id]
        )
        return {int(organisation_id): int(persons) for organisation_id, persons in cursor.fetchall()}
