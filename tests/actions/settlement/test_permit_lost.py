"""A household where nobody has a permit any more: IMDi decides, and the case closes by nobody's silence (SET-09)."""

from datetime import date, datetime, timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, annul_departure, register_departure
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, StatusKind, annul_status, members_of, register_status, remove_member
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import (
    accept_request,
    agree_journey,
    annul_refusal,
    close_case,
    make_offer,
    register_offer_answer,
)
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    WEEK,
    accepted,
    family,
    open_kinds,
    plan,
    queued,
    refused,
    requested,
    state_of,
    with_journey,
)
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, due_for_interview, permitted, placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-09"), pytest.mark.req("REG-05")]


def refused_permit(cast: Cast, group: int, *names: str, at: datetime | None = None) -> int:
    """UDI refuses those named, or everyone."""
    with scope(cast.udi, cast.day):
        persons = [each.subject_id for each in members_of(group, cast.day) if not names or each.given_name in names]
        register_status(group, persons, StatusKind.REFUSAL, cast.day, by=cast.udi, at=at or cast.at)
    return group


def deciding(cast: Cast, group: int) -> bool:
    """Whether IMDi has the task of deciding."""
    return ("decide_without_permit", cast.imdi.organisation_id) in open_kinds(cast, group)


def test_where_everyone_is_refused_imdi_decides_and_nothing_ends_by_itself(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    before = open_kinds(cast, group)
    refused_permit(cast, group)
    assert state_of(cast, group) == "journey_agreed"
    assert open_kinds(cast, group) == before | {("decide_without_permit", cast.imdi.organisation_id)}
    with scope(cast.imdi, cast.day):
        assert Task.objects.get(kind="decide_without_permit").due_on == cast.day + timedelta(days=21)


def test_as_long_as_one_has_a_permit_there_is_nothing_to_decide(cast: Cast) -> None:
    group = refused_permit(cast, queued(cast), "Olena", "Sofia", "Danylo")
    assert not deciding(cast, group)
    requested(cast, group)


def test_a_permit_that_comes_after_all_ends_the_task_and_the_case_goes_on_with_its_waiting_time(cast: Cast) -> None:
    group = refused_permit(cast, queued(cast))
    permitted(cast, group, ["Olena"], holds_on=cast.day + timedelta(days=1), at=cast.at + timedelta(days=1))
    assert not deciding(cast, group)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get()
    assert (case.state, case.due_since_on) == ("queued", PERMIT_ON)


def test_nobody_is_asked_for_and_nothing_is_offered_to_a_household_without_a_permit(cast: Cast) -> None:
    group = refused_permit(cast, queued(cast))
    with pytest.raises(Refused, match="nobody_is_due"):
        requested(cast, group)
    other = requested(cast, queued(cast))
    refused_permit(cast, other)
    with scope(cast.municipality, cast.day):
        accept_request(other, possible_week=WEEK, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day), pytest.raises(Refused, match="nobody_is_due"):
        make_offer(other, week=WEEK, by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-08", "TRV-01")
def test_no_yes_is_registered_and_no_journey_agreed_for_those_who_have_no_permit_any_more(cast: Cast) -> None:
    taken_back, accepting = refused_permit(cast, refused(cast, queued(cast))), accepted(cast, queued(cast))
    travelling = refused_permit(cast, with_journey(cast, queued(cast)))
    refused_permit(cast, accepting)
    with scope(cast.imdi, cast.day):
        annul_refusal(taken_back, reason=Mistake.WRONG_CHOICE, by=cast.imdi, at=cast.at + timedelta(hours=1))
    assert deciding(cast, taken_back)
    with scope(cast.centre, cast.day):
        for group in (accepting, travelling):
            with pytest.raises(Refused, match="nobody_may_move"):
                agree_journey(group, plan(), by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="nobody_may_move"):
            answer(cast, taken_back, accepts=True)
        answer(cast, taken_back, accepts=False)
    assert state_of(cast, taken_back) == "refused"
    permitted(cast, accepting, holds_on=cast.day + timedelta(days=1), at=cast.at + timedelta(days=1))
    tomorrow = cast.day + timedelta(days=1)
    with scope(cast.centre, tomorrow):
        agree_journey(accepting, plan(agreed_on=tomorrow), by=cast.centre, at=cast.at + timedelta(days=1))
    assert state_of(cast, accepting) == "journey_agreed"


def answer(cast: Cast, group: int, *, accepts: bool) -> None:
    """The household's answer to its offer."""
    register_offer_answer(
        group,
        accepts=accepts,
        answered_on=cast.day,
        answered_by_names="Olena",
        answer_language="uk",
        consequences_shown=True,
        by=cast.centre,
        at=cast.at + timedelta(hours=2),
    )


def test_imdi_closes_the_case_with_the_reason_and_a_later_permit_opens_another(cast: Cast) -> None:
    group = refused_permit(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        close_case(group, reason="no_permit", by=cast.imdi, at=cast.at)
    assert not deciding(cast, group)
    assert state_of(cast, group) == "closed"
    later = cast.day + timedelta(days=1)
    permitted(cast, group, ["Olena"], holds_on=later, at=cast.at + timedelta(days=1))
    with scope(cast.imdi, later):
        case = SettlementCase.objects.filter(subject_id=group).latest("pk")
    assert (case.state, case.due_since_on) == ("interview_due", later)


def test_who_was_never_permitted_has_no_case_and_nothing_to_decide(cast: Cast) -> None:
    group = refused_permit(cast, placed(cast, registered(cast, family())))
    assert not deciding(cast, group)
    with scope(cast.udi, cast.day):
        assert not SettlementCase.objects.filter(subject_id=group).exists()


def test_the_case_closes_where_the_only_one_who_ever_had_a_permit_leaves_for_good(cast: Cast) -> None:
    group = due_for_interview(cast, family(), ["Olena"])
    olena_leaves(cast, group)
    assert state_of(cast, group) == "closed"
    assert not {kind for kind, _ in open_kinds(cast, group)} & {"hold_interview", "decide_without_permit"}
    permitted(cast, group, ["Andrij"], holds_on=date(2024, 3, 14))
    assert state_of(cast, group) == "interview_due"


def test_imdi_decides_where_those_who_stay_have_had_a_permit_and_lost_it(cast: Cast) -> None:
    group = refused_permit(cast, due_for_interview(cast, family()), "Andrij", "Sofia", "Danylo")
    olena_leaves(cast, group)
    assert (state_of(cast, group), deciding(cast, group)) == ("interview_due", True)


def everyone(cast: Cast, group: int) -> list[int]:
    """The keys of the members."""
    with scope(cast.udi, cast.day):
        return [each.subject_id for each in members_of(group, cast.day)]


def after_all_left(cast: Cast, group: int) -> int:
    """Everybody has left the country, and the case, if there was one, is closed."""
    with scope(cast.centre, cast.day):
        who, why = everyone(cast, group), DepartureReason.LEFT_COUNTRY
        register_departure(group, who, cast.day, why, by=cast.centre, at=cast.at)
    return group


def states(cast: Cast, group: int) -> list[str]:
    """Of all cases of the household, the oldest first."""
    with scope(cast.udi, cast.day):
        return list(SettlementCase.objects.filter(subject_id=group).order_by("pk").values_list("state", flat=True))


def test_a_permit_that_becomes_known_after_all_have_left_opens_no_case(cast: Cast) -> None:
    group = permitted(cast, after_all_left(cast, queued(cast)), holds_on=cast.day)
    other = permitted(cast, after_all_left(cast, placed(cast, registered(cast, family()))))
    assert (states(cast, group), states(cast, other)) == (["closed"], [])
    with scope(cast.centre, cast.day):
        for household in (group, other):
            who = everyone(cast, household)
            annul_departure(household, who, reason=Mistake.OTHER, text="Feil.", by=cast.centre, at=cast.at)
    assert (states(cast, group), states(cast, other)) == (["queued"], ["interview_due"])


def test_a_refusal_taken_back_after_all_have_left_opens_no_case(cast: Cast) -> None:
    group = refused_permit(cast, after_all_left(cast, queued(cast)))
    with scope(cast.udi, cast.day):
        why, who = Mistake.WRONG_CHOICE, everyone(cast, group)
        annul_status(group, who, StatusKind.REFUSAL, cast.day, reason=why, by=cast.udi, at=cast.at)
    assert states(cast, group) == ["closed"]


def test_who_is_taken_out_of_a_household_that_all_have_left_opens_no_case_here_nor_there(cast: Cast) -> None:
    group = after_all_left(cast, queued(cast))
    with scope(cast.udi, cast.day):
        own = remove_member(group, everyone(cast, group)[0], cast.day, by=cast.udi, at=cast.at).pk
    assert (states(cast, group), states(cast, own)) == (["closed"], [])


def test_the_case_closes_where_the_last_one_there_is_taken_out(cast: Cast) -> None:
    group = queued(cast)
    first, *others = everyone(cast, group)
    with scope(cast.centre, cast.day):
        register_departure(group, others, cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        own = remove_member(group, first, cast.day, by=cast.udi, at=cast.at).pk
    assert (states(cast, group), states(cast, own)) == (["closed"], ["interview_due"])


def olena_leaves(cast: Cast, group: int) -> None:
    """Only Olena leaves the country."""
    with scope(cast.centre, cast.day):
        [olena] = [each.subject_id for each in members_of(group, cast.day) if each.given_name == "Olena"]
        register_departure(group, [olena], cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)


@pytest.mark.parametrize(
    ("reason", "text", "refusal"),
    [
        ("", "", ("closing_reason_missing", "reason")),
        ("departed", "", ("closing_reason_missing", "reason")),
        ("permit_left", "", ("closing_reason_missing", "reason")),
        ("other", " ", ("closing_needs_words", "text")),
    ],
)
def test_a_case_is_closed_with_a_reason(cast: Cast, reason: str, text: str, refusal: tuple[str, str]) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as caught:
        close_case(group, reason=reason, text=text, by=cast.centre, at=cast.at)
    assert (caught.value.code, caught.value.field) == refusal
