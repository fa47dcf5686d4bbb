"""A case that was closed by hand by mistake is opened again, and goes on without its municipality."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.models import Correction
from fotfeste.registry.public import (
    Mistake,
    StatusKind,
    TakenBack,
    add_member,
    members_of,
    register_member,
    register_status,
    remove_member,
)
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import ClosingReason, annul_closing, close_case
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.settlement.stage import depart, open_kinds, queued, requested
from tests.actions.settlement.test_annulled_status import takes_back
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, due_for_interview, permitted, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def closed(cast: Cast, group: int, reason: ClosingReason = ClosingReason.OWN_WAY) -> int:
    """The centre has closed their case."""
    with scope(cast.centre, cast.day):
        close_case(group, reason=reason, by=cast.centre, at=cast.at)
    return group


def opened(cast: Cast, group: int, by: Viewer) -> None:
    """It was a mistake."""
    with scope(by, cast.day):
        annul_closing(group, reason=Mistake.WRONG_PERSON, by=by, at=cast.at)


def case_of(cast: Cast, group: int) -> SettlementCase:
    """Their one case, as IMDi sees it."""
    with scope(cast.imdi, cast.day):
        return SettlementCase.objects.get(subject_id=group)


@pytest.mark.req("SET-09")
@pytest.mark.parametrize("who", ["centre", "imdi"])
def test_a_case_that_was_closed_in_the_queue_is_in_the_queue_again_with_its_waiting_time(cast: Cast, who: str) -> None:
    group = queued(cast)
    before = case_of(cast, group)
    opened(cast, closed(cast, group), getattr(cast, who))
    after = case_of(cast, group)
    assert (after.state, after.due_since_on, after.closing_reason) == ("queued", before.due_since_on, "")
    assert ("find_municipality", cast.imdi.organisation_id) in open_kinds(cast, group)
    with scope(cast.centre, cast.day):
        [kept] = Correction.objects.filter(taken_back=TakenBack.CLOSING)
        assert (kept.subject_id, kept.reason) == (group, "wrong_person")
        assert every_event().filter(type="settlement.reopen_case", subject_id=group).count() == 1


@pytest.mark.req("SET-01")
def test_a_case_that_was_closed_before_the_interview_is_to_be_interviewed_again(cast: Cast) -> None:
    group = closed(cast, due_for_interview(cast, kovalenko()))
    assert ("hold_interview", cast.centre.organisation_id) not in open_kinds(cast, group)
    opened(cast, group, cast.centre)
    assert case_of(cast, group).state == "interview_due"
    assert ("hold_interview", cast.centre.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("SET-08")
def test_a_municipality_that_was_asked_has_no_part_in_the_case_that_is_open_again(cast: Cast) -> None:
    group = closed(cast, requested(cast, queued(cast)))
    opened(cast, group, cast.imdi)
    assert case_of(cast, group).state == "queued"
    with scope(cast.municipality, cast.day):
        assert not SettlementCase.objects.exists()


def test_what_was_not_closed_by_hand_or_is_over_is_not_opened_by_hand(cast: Cast) -> None:
    waiting, left = queued(cast), queued(cast)
    depart(cast, left, DepartureReason.PRIVATE_ADDRESS)
    with pytest.raises(Refused, match="closing_not_registered"):
        opened(cast, waiting, cast.centre)
    with pytest.raises(Refused, match="closing_not_registered"):
        opened(cast, left, cast.imdi)
    depart(cast, closed(cast, waiting), DepartureReason.PRIVATE_ADDRESS)
    with pytest.raises(Refused, match="closed_and_left"):
        opened(cast, waiting, cast.imdi)


@pytest.mark.req("SET-09")
def test_a_case_that_closed_with_the_permit_is_not_offered_to_be_opened_and_says_that_a_permit_opens_another(
    cast: Cast,
) -> None:
    group = queued(cast)
    takes_back(cast, group, StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, PERMIT_ON)
    with pytest.raises(Refused, match="closed_with_the_permit"):
        opened(cast, group, cast.imdi)
    here = [reference_of(group)]
    household, url = reverse("household", args=here), reverse("annul_closing", args=here)
    for viewer in (cast.centre, cast.imdi):
        with logged_in(cast, viewer) as browser:
            assert url not in browser.get(household).text
            answer = browser.post(url, {"reason": "wrong_choice"})
            assert "avsluttet av seg selv fordi ingen i husstanden har tillatelse" in answer.text
    assert case_of(cast, group).state == "closed"


def test_nobody_but_their_centre_and_imdi_opens_a_case(cast: Cast) -> None:
    group = closed(cast, queued(cast))
    for by in (cast.udi, cast.municipality, cast.registrar):
        with pytest.raises(NotAllowed):
            opened(cast, group, by)


def test_the_centre_finds_the_way_to_it_among_what_it_may_register(cast: Cast) -> None:
    here = [reference_of(group := closed(cast, queued(cast)))]
    household, url = reverse("household", args=here), reverse("annul_closing", args=here)
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(url).status_code in (403, 404)
    with logged_in(cast, cast.centre) as browser:
        assert url in browser.get(household).content.decode()
        assert "Ventetiden er den samme som før." in browser.get(url).content.decode()
        assert browser.post(url, {"reason": ""}).status_code == 422
        done = browser.post(url, {"reason": "wrong_choice"}, follow=True).content.decode()
        assert "Bosettingssaken er åpnet igjen." in done
        assert "Venter på at IMDi finner en kommune." in done
        assert url not in done
    assert case_of(cast, group).state == "queued"


def opened_since(cast: Cast, group: int) -> list[str]:
    """The states of all their cases, the oldest first."""
    with scope(cast.udi, cast.day):
        return list(SettlementCase.objects.filter(subject_id=group).order_by("pk").values_list("state", flat=True))


def is_born(cast: Cast, group: int) -> None:
    """A child, which has no permit."""
    with scope(cast.registrar, cast.day):
        register_member(group, person("Baby", born=cast.day), cast.day, by=cast.registrar, at=cast.at)


def is_taken_out(cast: Cast, group: int) -> None:
    """Olena is a household of her own."""
    with scope(cast.udi, cast.day):
        olena = next(each.subject_id for each in members_of(group, cast.day) if each.given_name == "Olena")
        remove_member(group, olena, cast.day, by=cast.udi, at=cast.at)


def joins(cast: Cast, group: int, *, has_permit: bool = False) -> None:
    """An uncle."""
    uncle = registered(cast, alone(person("Ivan", born=date(1971, 4, 2))))
    if has_permit:
        permitted(cast, uncle, holds_on=cast.day)
    with scope(cast.udi, cast.day):
        [ivan] = [each.subject_id for each in members_of(uncle, cast.day)]
        add_member(group, ivan, cast.day, by=cast.udi, at=cast.at)


def is_put_right(cast: Cast, group: int) -> None:
    """Their permit is of another day."""
    protection = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
    takes_back(cast, group, protection, PERMIT_ON, PERMIT_ON + timedelta(days=1))


@pytest.mark.req("SET-01", "SET-09")
@pytest.mark.parametrize("changes", [is_born, is_taken_out, joins, is_put_right])
@pytest.mark.parametrize("reason", [ClosingReason.OWN_WAY, ClosingReason.MISTAKE])
def test_a_case_that_somebody_closed_stays_closed_where_only_the_household_changes(
    cast: Cast, changes: Callable[[Cast, int], None], reason: ClosingReason
) -> None:
    group = closed(cast, queued(cast), reason)
    changes(cast, group)
    assert opened_since(cast, group) == ["closed"]
    assert ("hold_interview", cast.centre.organisation_id) not in open_kinds(cast, group)


@pytest.mark.req("SET-01", "SET-09")
def test_who_joins_with_a_permit_opens_a_case_for_a_household_whose_case_somebody_closed(cast: Cast) -> None:
    group = closed(cast, queued(cast))
    joins(cast, group, has_permit=True)
    assert opened_since(cast, group) == ["closed", "interview_due"]
    assert ("hold_interview", cast.centre.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("SET-01", "SET-09")
def test_a_refusal_that_never_was_opens_a_case_also_after_somebody_closed_it(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        everyone = [each.subject_id for each in members_of(group, cast.day)]
        register_status(group, everyone, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    closed(cast, group, ClosingReason.NO_PERMIT)
    takes_back(cast, group, StatusKind.REFUSAL, cast.day)
    assert opened_since(cast, group) == ["closed", "interview_due"]
