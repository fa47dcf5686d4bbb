"""A household asks a municipality for agreed self-settlement, and is settled there with the same rights (SET-13)."""

from datetime import timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import DepartureReason, Stay, annul_departure, register_departure
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, StatusKind, members_of, register_status
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.public import (
    Check,
    EndCause,
    NoReason,
    agree_self_settlement,
    approve_home,
    ask_for_change,
    ask_for_self_settlement,
    decline_household,
    leave_unagreed,
    lose_home,
    move_in,
    register_no_told,
    send_home,
    welcome_household,
    withdraw_self_settlement,
)
from fotfeste.settlement.models import MunicipalityYear, Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.public import (
    ClosingReason,
    accept_request,
    close_case,
    make_offer,
    release_municipality,
    send_request,
)
from fotfeste.worklist.public import Task
from tests.actions.self_settlement.stage import (
    CONTRACT,
    FOUND,
    agreed,
    approved,
    asking,
    asks,
    everything,
    moved_in,
    sent,
    state_of,
    welcome,
)
from tests.actions.self_settlement.test_terms import published
from tests.actions.settlement.stage import WEEK, found, queued
from tests.as_owner import knowing
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]


def open_kinds(cast: Cast, group: int) -> dict[str, str]:
    """Open tasks of agreed self-settlement, and of finding a municipality, with whose they are."""
    with scope(cast.imdi, cast.day):
        tasks = (
            Task.objects.filter(subject_id=group, closed_at__isnull=True)
            .exclude(kind="assign_beds")
            .select_related("organisation")
        )
        return {task.kind: task.organisation.kind for task in tasks.order_by("pk")}


def test_from_asking_to_the_moved_in_day_each_has_the_next_move_in_turn(cast: Cast) -> None:
    group = asks(cast)
    assert open_kinds(cast, group)["answer_self_settlement"] == "municipality"
    with scope(cast.municipality, cast.day):
        welcome_household(group, by=cast.municipality, at=cast.at)
    assert open_kinds(cast, group)["send_found_home"] == "centre"
    with scope(cast.centre, cast.day):
        send_home(group, FOUND, by=cast.centre, at=cast.at)
    assert open_kinds(cast, group)["check_found_home"] == "municipality"
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    assert open_kinds(cast, group)["agree_self_settlement"] == "imdi"
    with scope(cast.imdi, cast.day):
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    assert open_kinds(cast, group) == {"register_moved_in": "centre", "arrange_journey": "centre"}
    with scope(cast.centre, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert open_kinds(cast, group) == {}  # the municipality has seen to the home before they signed
    assert state_of(cast, group) == "settled"


def test_who_has_moved_in_is_settled_like_everybody_else(cast: Cast) -> None:
    group, to = moved_in(cast), cast.municipality.organisation_id
    with scope(cast.udi, cast.day):
        case, request = SettlementCase.objects.get(subject_id=group), SettlementRequest.objects.get(subject_id=group)
        offer = Offer.objects.get(subject_id=group)
        members = members_of(group, cast.day)
        stays = Stay.objects.current().filter(subject_id__in=[each.subject_id for each in members])
        assert {(stay.period.end, stay.departure_reason, stay.street) for stay in stays} == {
            (cast.day, DepartureReason.AGREED_SETTLEMENT, "Kirkegata 4")
        }
    assert (case.state, case.state_since_on) == ("settled", cast.day)
    assert (request.state, request.is_self_found, request.organisation_id) == ("fulfilled", True, to)
    assert (offer.state, len(offer.persons)) == ("accepted", 4)
    assert {(member.current_status, member.status_on) for member in members} == {(StatusKind.SETTLED, cast.day)}
    assert knowing(group, NeedReason.SETTLED_HERE, cast.day) == [to]
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == []
    assert knowing(group, NeedReason.ASKED_TO_SETTLE, cast.day) == []


def test_a_municipality_knows_of_them_from_the_request_until_its_no(cast: Cast) -> None:
    group, to = asks(cast), cast.municipality.organisation_id
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == [to]
    with scope(cast.municipality, cast.day):
        assert [member.family_name for member in members_of(group, cast.day)] == ["Kovalenko"] * 4
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == []
    with scope(cast.municipality, cast.day):
        assert members_of(group, cast.day) == []
        assert not SelfSettlement.objects.exists()
    assert open_kinds(cast, group) == {"find_municipality": "imdi", "tell_self_settlement_no": "centre"}
    with scope(cast.centre, cast.day):
        register_no_told(group, by=cast.centre, at=cast.at)
        with pytest.raises(Refused) as refused:
            register_no_told(group, by=cast.centre, at=cast.at)
    assert refused.value.code == "no_is_told"
    assert open_kinds(cast, group) == {"find_municipality": "imdi"}


def test_another_municipality_sees_nothing_of_it(cast: Cast) -> None:
    group = sent(cast)
    with scope(cast.other_municipality, cast.day):
        assert not SelfSettlement.objects.exists()
        assert not SentHome.objects.exists()
        assert not Task.objects.filter(subject_id=group).exists()
        with pytest.raises((NotFound, Stale, NotAllowed)):
            welcome_household(group, by=cast.other_municipality, at=cast.at)


def test_after_a_no_another_one_may_be_asked_at_once_and_the_same_one_after_a_time(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.municipality, cast.day):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        ask_for_self_settlement(group, asking(cast), by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.params["until"]) == ("said_no_until", cast.day + timedelta(weeks=8))
    asks(cast, group, of=cast.other_municipality)
    assert state_of(cast, group) == "asked"


@pytest.mark.parametrize(("published_first", "may"), [(True, False), (False, True)])
def test_a_no_for_good_ends_with_terms_of_later_the_same_day(cast: Cast, published_first: bool, may: bool) -> None:
    group, to = asks(cast), cast.municipality
    said_at, told_at = cast.at + timedelta(minutes=10), cast.at + timedelta(minutes=5 if published_first else 15)
    if published_first:
        published(to, told_at)
    with scope(to, cast.day):
        decline_household(group, reason=NoReason.NOT_IN_TARGET_GROUP, by=to, at=said_at)
    if not published_first:
        published(to, told_at)
    with scope(cast.centre, cast.day):
        if may:
            ask_for_self_settlement(group, asking(cast), by=cast.centre, at=cast.at + timedelta(minutes=20))
            return
        with pytest.raises(Refused) as refused:
            ask_for_self_settlement(group, asking(cast), by=cast.centre, at=cast.at + timedelta(minutes=20))
    assert refused.value.code == "said_no_for_good"


def test_a_no_says_why(cast: Cast) -> None:
    group = asks(cast)
    for reason, text, code in (
        ("", "", "self_settlement_no_reason_missing"),
        ("other", " ", "self_settlement_no_needs_words"),
    ):
        with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
            decline_household(group, reason=reason, text=text, by=cast.municipality, at=cast.at)
        assert refused.value.code == code
    assert state_of(cast, group) == "asked"


def test_only_those_without_a_municipality_ask(cast: Cast) -> None:
    group = found(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        ask_for_self_settlement(group, asking(cast), by=cast.centre, at=cast.at)
    assert refused.value.code == "has_municipality"


def test_only_one_municipality_is_asked_at_a_time(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        ask_for_self_settlement(group, asking(cast, cast.other_municipality), by=cast.centre, at=cast.at)
    assert refused.value.code == "asks_already"


def test_a_minor_alone_does_not_ask(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        ask_for_self_settlement(group, asking(cast), by=cast.centre, at=cast.at)
    assert refused.value.code == "minor_alone"


@pytest.mark.req("SET-17")
def test_a_contract_that_is_signed_is_not_approved_before_it_is_changed(cast: Cast) -> None:
    group = sent(cast, is_signed=True)
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    assert refused.value.code == "contract_is_signed_already"
    with scope(cast.municipality, cast.day):
        ask_for_change(group, seen=[Check.ROOMS], must_change="Ta forbehold.", by=cast.municipality, at=cast.at)
    assert state_of(cast, group) == "finding_home"
    with scope(cast.centre, cast.day):
        send_home(group, FOUND, by=cast.centre, at=cast.at)
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
        outcomes = list(SentHome.objects.order_by("pk").values_list("outcome", "checks", "must_change"))
    assert [outcome for outcome, _, _ in outcomes] == ["to_change", "approved"]
    assert outcomes[0][1:] == (["rooms"], "Ta forbehold.")


@pytest.mark.req("SET-17")
def test_nothing_is_approved_before_the_whole_list_is_seen_to(cast: Cast) -> None:
    group = sent(cast)
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        approve_home(group, seen=everything(cast)[1:], by=cast.municipality, at=cast.at)
    assert (refused.value.code, refused.value.params) == ("checks_missing", {"count": 1})
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        ask_for_change(group, seen=[], must_change=" ", by=cast.municipality, at=cast.at)
    assert refused.value.code == "what_must_change_missing"


def test_no_step_is_taken_out_of_turn_or_by_somebody_else(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.imdi, cast.day), pytest.raises(IllegalStep):
        agree_self_settlement(group, agreed_with="Anne", by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day), pytest.raises(IllegalStep):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    with scope(cast.centre, cast.day):
        with pytest.raises(IllegalStep):
            send_home(group, FOUND, by=cast.centre, at=cast.at)
        with pytest.raises(NotAllowed):
            welcome_household(group, by=cast.centre, at=cast.at)
        with pytest.raises(IllegalStep):
            move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
        with pytest.raises(Stale):
            withdraw_self_settlement(group, cause=EndCause.OWN_WISH, by=cast.centre, at=cast.at, version=0)


def test_the_places_of_an_agreement_are_counted_and_free_when_they_withdraw(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        assert (case.state, case.requests.get().state) == ("municipality_found", "accepted")
    with scope(cast.centre, cast.day):
        withdraw_self_settlement(group, cause=EndCause.NO_HOME_FOUND, text="Solgt", by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        case.refresh_from_db()
        assert (case.state, case.requests.get().state) == ("queued", "withdrawn")
        assert not Offer.objects.exists()
    assert open_kinds(cast, group) == {"find_municipality": "imdi", "see_withdrawal": "municipality"}
    to = cast.municipality.organisation_id
    assert to not in knowing(group, NeedReason.ASKED_TO_SETTLE, cast.day)
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == []
    asks(cast, group)  # nobody has refused anything: they may ask again


def test_imdi_agrees_to_no_more_than_the_council_has_decided(cast: Cast) -> None:
    group = approved(cast)
    MunicipalityYear.objects.filter(municipality_id="5037").update(decided=3)
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as refused:
        agree_self_settlement(group, agreed_with="Anne", by=cast.imdi, at=cast.at)
    assert refused.value.code == "places_are_taken"
    assert state_of(cast, group) == "approved"


def test_imdi_that_does_not_agree_ends_it_and_the_centre_tells_them(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as refused:
        leave_unagreed(group, text=" ", by=cast.imdi, at=cast.at)
    assert refused.value.code == "self_settlement_not_agreed_needs_words"
    with scope(cast.imdi, cast.day):
        leave_unagreed(group, text="Ingen plasser igjen.", by=cast.imdi, at=cast.at)
        request = SelfSettlement.objects.get(subject_id=group)
    assert (request.state, request.end_cause, request.end_text) == ("lapsed", "not_agreed", "Ingen plasser igjen.")
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == []
    assert open_kinds(cast, group)["tell_self_settlement_over"] == "centre"
    assert "agree_self_settlement" not in open_kinds(cast, group)
    with scope(cast.centre, cast.day):
        register_no_told(group, by=cast.centre, at=cast.at)
    assert "tell_self_settlement_over" not in open_kinds(cast, group)
    asks(cast, group)  # IMDi's no is not the municipality's: it may be asked again


def test_a_municipality_may_say_no_until_imdi_has_agreed(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.municipality, cast.day):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
    assert open_kinds(cast, group) == {"find_municipality": "imdi", "tell_self_settlement_no": "centre"}
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == []


def test_a_municipality_says_no_no_more_when_imdi_has_agreed(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.municipality, cast.day), pytest.raises(IllegalStep):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)


def test_a_household_whose_agreement_imdi_takes_back_is_told_by_its_centre(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused) as refused:
            make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
        assert refused.value.code == "found_by_themselves"
        release_municipality(group, by=cast.imdi, at=cast.at)
    assert state_of(cast, group) == "lapsed"
    assert open_kinds(cast, group)["tell_self_settlement_over"] == "centre"
    with scope(cast.centre, cast.day):
        register_no_told(group, by=cast.centre, at=cast.at)
    assert "tell_self_settlement_over" not in open_kinds(cast, group)


def test_a_municipality_is_told_that_those_it_agreed_about_do_not_come(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        withdraw_self_settlement(group, cause=EndCause.OWN_WISH, by=cast.centre, at=cast.at)
    with scope(cast.municipality, cast.day):
        assert Task.objects.filter(subject_id=group, kind="see_withdrawal", closed_at__isnull=True).count() == 1


def test_a_home_that_is_lost_after_the_agreement_frees_the_places_and_is_followed_by_another(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        lose_home(group, by=cast.centre, at=cast.at)
    assert state_of(cast, group) == "finding_home"
    assert open_kinds(cast, group) == {"find_municipality": "imdi", "send_found_home": "centre"}
    with scope(cast.imdi, cast.day):
        assert SettlementRequest.objects.get(subject_id=group).state == "withdrawn"
    with scope(cast.centre, cast.day):
        send_home(group, FOUND, by=cast.centre, at=cast.at)
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    assert state_of(cast, group) == "agreed"


def test_a_home_that_is_let_to_others_is_followed_by_another(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.centre, cast.day):
        lose_home(group, by=cast.centre, at=cast.at)
        send_home(group, FOUND, by=cast.centre, at=cast.at)
        assert list(SentHome.objects.order_by("pk").values_list("outcome", flat=True)) == ["lost", ""]
    assert state_of(cast, group) == "home_sent"


@pytest.mark.parametrize("days", [1, -1])
def test_they_move_in_on_a_day_that_has_come_and_after_the_agreement(cast: Cast, days: int) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        move_in(group, cast.day + timedelta(days=days), is_meant=True, by=cast.centre, at=cast.at)
    assert refused.value.code == ("moved_in_ahead_of_time" if days > 0 else "moved_in_before_agreement")


def test_before_the_rent_begins_they_move_in_only_where_that_is_meant(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused) as refused:
            move_in(group, cast.day, by=cast.centre, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("moved_in_before_rent", "is_meant")
        assert refused.value.params == {"day": CONTRACT.starts_on}
        assert state_of(cast, group) == "agreed"
    with scope(cast.centre, CONTRACT.starts_on):
        at = cast.at + (CONTRACT.starts_on - cast.day)
        move_in(group, CONTRACT.starts_on, by=cast.centre, at=at)
    assert state_of(cast, group) == "settled"


def test_an_offer_of_imdis_ends_the_request(cast: Cast) -> None:
    group, to = asks(cast), cast.municipality
    with scope(cast.imdi, cast.day):
        send_request(group, to.organisation_id, wanted_week=WEEK, reasoning="Haster", by=cast.imdi, at=cast.at)
    with scope(to, cast.day):
        accept_request(group, possible_week=WEEK, by=to, at=cast.at)
    assert state_of(cast, group) == "asked"
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
        request = SelfSettlement.objects.get(subject_id=group)
    assert (request.state, request.end_cause) == ("lapsed", EndCause.OFFERED)
    assert "answer_self_settlement" not in open_kinds(cast, group)


def test_a_closed_case_and_a_departure_end_the_request(cast: Cast) -> None:
    group = welcome(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_departure(group, persons, cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
    assert state_of(cast, group) == "lapsed"
    assert knowing(group, NeedReason.WANTS_TO_SETTLE, cast.day) == []


def test_closing_by_hand_ends_it_even_after_imdi_agreed(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.imdi, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Feil", by=cast.imdi, at=cast.at)
        request = SelfSettlement.objects.get(subject_id=group)
    assert (request.state, request.end_cause) == ("lapsed", EndCause.CASE_OVER)


def test_a_lost_permit_ends_the_request(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_status(group, persons, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    with scope(cast.imdi, cast.day):
        assert SelfSettlement.objects.get(subject_id=group).end_cause == EndCause.PERMIT_LOST


@pytest.mark.req("SET-17")
def test_who_just_moves_is_not_counted_as_agreed(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_departure(
            group, persons, cast.day, DepartureReason.PRIVATE_ADDRESS, "Kirkegata 4", "7600", by=cast.centre, at=cast.at
        )
    with scope(cast.imdi, cast.day):
        request = SelfSettlement.objects.get(subject_id=group)
        assert (request.state, request.moved_in_on) == ("lapsed", None)
        assert SettlementCase.objects.get(subject_id=group).state == "closed"


def test_an_annulled_departure_takes_the_settlement_back(cast: Cast) -> None:
    group = moved_in(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        annul_departure(group, persons, reason=Mistake.WRONG_CHOICE, by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state == "queued"
        request = SelfSettlement.objects.get(subject_id=group)
        assert (request.state, request.moved_in_on, request.agreed_on) == ("approved", None, None)
        assert StatusKind.SETTLED not in {member.current_status for member in members_of(group, cast.day)}
