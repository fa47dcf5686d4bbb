"""People who live privately are settled where they live, in one act, also when it is known late (SET-12)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import DepartureReason, RightStay, Stay, StayKind, correct_private_stay
from fotfeste.alternative.domain.local import CheckResult
from fotfeste.alternative.public import check_housing
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, StatusKind, members_of, register_status
from fotfeste.settlement.domain.types import ClosingReason
from fotfeste.settlement.models import Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.public import Agreed, close_case, send_request, settle_where_they_live
from fotfeste.worklist.public import open_tasks_about
from tests.actions.alternative.living import home, housed, registered
from tests.as_owner import every_event, knowing
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-12")]
LONG_AGO = date(2024, 2, 20)
AGREED = Agreed(
    on=LONG_AGO, agreed_on=date(2024, 2, 15), agreed_with="Anne Moe", answered_by_names="Olena", answer_language="uk"
)


def permitted(cast: Cast, kind: StayKind = StayKind.MAMOT) -> int:
    """The Kovalenkos live privately in Levanger since 1 February, and have their permit since the tenth."""
    group = housed(cast, kind)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_status(
            group, persons, StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, date(2024, 2, 10), by=cast.udi, at=cast.at
        )
    return group


def settled(cast: Cast, group: int, agreed: Agreed = AGREED) -> SettlementCase:
    """IMDi settles them."""
    with scope(cast.imdi, cast.day):
        return settle_where_they_live(group, agreed, by=cast.imdi, at=cast.at)


def stays_of(cast: Cast, group: int) -> list[Stay]:
    """The stays of the household that are held to be true."""
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        return list(Stay.objects.current().filter(subject_id__in=persons).order_by("pk"))


def test_the_case_is_settled_the_stays_end_on_the_day_and_the_people_are_settled_from_it(cast: Cast) -> None:
    group, to = permitted(cast), cast.municipality.organisation_id
    case = settled(cast, group)
    assert (case.state, case.state_since_on) == ("settled", LONG_AGO)
    stays = stays_of(cast, group)
    assert {(stay.period.end, stay.departure_reason) for stay in stays} == {
        (LONG_AGO, DepartureReason.AGREED_SETTLEMENT)
    }
    with scope(cast.imdi, cast.day):
        members = members_of(group, cast.day)
        assert {(member.current_status, member.status_on) for member in members} == {(StatusKind.SETTLED, LONG_AGO)}
        request, offer = SettlementRequest.objects.get(), Offer.objects.get()
    assert (request.state, request.organisation_id, request.answer_text) == ("fulfilled", to, "Anne Moe")
    assert (offer.state, offer.week, offer.answered_by_names) == ("accepted", "2024-W08", "Olena")
    assert knowing(group, NeedReason.SETTLED_HERE, LONG_AGO) == [to]
    with scope(cast.municipality, cast.day):
        assert [task.kind for task in open_tasks_about(group)] == ["check_housing"]
    told = every_event().filter(subject_id=group, type="settlement.settle_where_they_live").get()
    assert (told.holds_on, told.recorded_at) == (LONG_AGO, cast.at)


def test_what_was_known_before_is_kept_and_what_is_true_is_known_from_now(cast: Cast) -> None:
    group = permitted(cast)
    settled(cast, group)
    persons = [stay.subject_id for stay in stays_of(cast, group)]
    with scope(cast.udi, cast.day):
        before = Stay.objects.filter(subject_id__in=persons, annulled_at__isnull=False)
        assert {(stay.period.end, stay.annulled_at) for stay in before} == {(None, cast.at)}


def test_a_case_that_was_closed_is_followed_by_another_one(cast: Cast) -> None:
    group = permitted(cast)
    with scope(cast.imdi, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Feil", by=cast.imdi, at=cast.at)
    assert settled(cast, group).state == "settled"
    with scope(cast.udi, cast.day):
        assert sorted(SettlementCase.objects.values_list("state", flat=True)) == ["closed", "settled"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": date(2024, 3, 15)}, "settled_ahead_of_time"),
        ({"agreed_on": date(2024, 3, 15)}, "agreement_in_the_future"),
        ({"agreed_on": date(2024, 2, 21)}, "settled_before_agreement"),
        ({"agreed_with": " "}, "partner_missing"),
        ({"answered_by_names": ""}, "who_answered_missing"),
        ({"answer_language": ""}, "answer_language_missing"),
        ({"on": date(2024, 1, 20), "agreed_on": date(2024, 1, 20)}, "private_end_before_start"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_refused_and_nothing_has_happened(
    cast: Cast, changes: dict[str, object], code: str
) -> None:
    group = permitted(cast)
    with pytest.raises(Refused) as refused:
        settled(cast, group, replace(AGREED, **changes))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert {stay.period.end for stay in stays_of(cast, group)} == {None}


def test_only_those_who_live_privately_together_are_settled_so_and_only_by_imdi(cast: Cast) -> None:
    group = permitted(cast)
    with scope(cast.municipality, cast.day), pytest.raises(NotAllowed):
        settle_where_they_live(group, AGREED, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day), pytest.raises(Stale):
        settle_where_they_live(group, AGREED, by=cast.imdi, at=cast.at, version=0)
    other = registered(cast)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(other, cast.day)]
        register_status(other, persons, StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, LONG_AGO, by=cast.udi, at=cast.at)
    with pytest.raises(Refused) as refused:
        settled(cast, other)
    assert refused.value.code == "nobody_lives_privately"


def test_who_has_no_permit_is_not_settled(cast: Cast) -> None:
    group = permitted(cast)
    early = replace(AGREED, on=date(2024, 2, 5), agreed_on=date(2024, 2, 5))
    settled(cast, group, early)
    with scope(cast.udi, cast.day):
        assert {member.status_on for member in members_of(group, cast.day)} == {date(2024, 2, 10)}


def test_it_is_not_done_twice(cast: Cast) -> None:
    group = permitted(cast)
    settled(cast, group)
    with pytest.raises(Refused) as refused:
        settled(cast, group)
    assert refused.value.code == "nobody_lives_privately"


def test_where_another_municipality_is_asked_that_is_taken_back_first(cast: Cast) -> None:
    group = permitted(cast)
    with scope(cast.imdi, cast.day):
        SettlementCase.objects.update(state="queued")
        send_request(
            group, cast.other_municipality.organisation_id, wanted_week=None, reasoning="Nær", by=cast.imdi, at=cast.at
        )
    with pytest.raises(Refused) as refused:
        settled(cast, group)
    assert refused.value.code == "asked_elsewhere"


def corrected(cast: Cast, group: int, right: RightStay) -> None:
    """UDI puts the end of the stays right."""
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        correct_private_stay(group, persons, right, reason=Mistake.WRONG_CHOICE, by=cast.udi, at=cast.at)


def test_that_it_was_wrong_is_taken_back_with_everything_that_followed(cast: Cast) -> None:
    group, to = permitted(cast), cast.municipality.organisation_id
    settled(cast, group)
    with pytest.raises(Refused) as refused:
        corrected(cast, group, RightStay(end=date(2024, 3, 1)))
    assert refused.value.code == "take_settlement_back"
    corrected(cast, group, RightStay(goes_on=True))
    assert {stay.period.end for stay in stays_of(cast, group)} == {None}
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get()
        assert case.state == "queued"
        members = members_of(group, cast.day)
        assert {member.current_status for member in members} == {StatusKind.TEMPORARY_COLLECTIVE_PROTECTION}
    assert knowing(group, NeedReason.SETTLED_HERE, cast.day) == []
    assert set(knowing(group, NeedReason.HOUSED_HERE, cast.day)) == {to}
    # And again, from the right day.
    again = replace(AGREED, on=date(2024, 3, 1))
    assert settled(cast, group, again).state_since_on == date(2024, 3, 1)


@pytest.mark.req("ALT-16")
def test_the_home_is_seen_to_anew_while_the_municipality_follows_them_up_and_then_no_more(cast: Cast) -> None:
    group = permitted(cast)
    settled(cast, group)
    with scope(cast.municipality, cast.day):
        task = open_tasks_about(group).get()
        assert (task.kind, task.due_on) == ("check_housing", date(2024, 4, 15))  # 30 days from today, a Saturday
    later, ends_on = cast.day + timedelta(days=30), cast.day + timedelta(days=90)
    at = cast.at + timedelta(days=30)
    with scope(cast.municipality, later):
        mended = home(result=CheckResult.MUST_BE_MENDED, must_be_done="Røykvarsler.", follow_up_on=ends_on)
        with pytest.raises(Refused) as caught:
            check_housing(group, mended, by=cast.municipality, at=at)
        assert (caught.value.code, caught.value.field) == ("follow_up_too_late", "follow_up_on")
        mended = replace(mended, follow_up_on=ends_on - timedelta(days=1))
        check_housing(group, mended, by=cast.municipality, at=at)
        assert [each.due_on for each in open_tasks_about(group)] == [mended.follow_up_on]
        check_housing(group, home(), by=cast.municipality, at=at + timedelta(hours=1))
        assert not open_tasks_about(group).exists()  # else it stood when nobody could do it any more
