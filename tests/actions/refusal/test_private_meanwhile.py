"""Who refuses begins to live privately with support (AMOT): they have moved out of the refusal, and nobody else has."""

import pytest

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.public import RightStay, StayKind, correct_private_stay, place_group, start_private_stay
from fotfeste.platform.scope import scope
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.public import Happening, close_refusal, send_eviction_notice
from fotfeste.settlement.public import annul_refusal
from tests.actions.refusal.stage import DAY, MOVED, NOTICE_FROM, does, lettered, people, the_refusal
from tests.actions.refusal.test_ways_out import on_day
from tests.actions.settlement.stage import depart, open_kinds
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-03", "REF-05")]
MOVES = NOTICE_FROM - DAY


def houses(cast: Cast, group: int, persons: list[int]) -> None:
    """UDI lets them live privately in Levanger."""
    then, to = on_day(cast, MOVES), cast.municipality.organisation_id
    with scope(then.udi, then.day):
        start_private_stay(group, persons, kind=StayKind.AMOT, municipality_id=to, on=MOVES, by=then.udi, at=then.at)


def out_of(cast: Cast, group: int) -> dict[int | None, tuple[str, str]]:
    """How and when each left the refusal who did."""
    ways = (Happening.MOVED_OUT, Happening.EVICTED)
    with scope(cast.udi, NOTICE_FROM):
        rows = RefusalEvent.objects.current().filter(refusal__subject_id=group, kind__in=ways)
        return {row.resident_id: (row.kind, str(row.holds_on)) for row in rows}


def test_one_of_them_has_moved_out_and_the_rest_have_their_letters(cast: Cast) -> None:
    group = lettered(cast)
    who = people(cast, group)
    houses(cast, group, [who["Andrij"]])
    assert out_of(cast, group) == {who["Andrij"]: ("moved_out", str(MOVES))}
    does(cast, send_eviction_notice, group, [who["Olena"]], by=cast.udi, on=NOTICE_FROM)
    rest = [who[name] for name in ("Olena", "Sofia", "Danylo")]
    depart(on_day(cast, NOTICE_FROM), group, MOVED, persons=rest, on=NOTICE_FROM)
    assert out_of(cast, group)[who["Andrij"]] == ("moved_out", str(MOVES))
    with scope(cast.udi, NOTICE_FROM):
        assert not organisations_with(group, NeedReason.OFFERED_HERE, NOTICE_FROM)


def test_a_whole_household_has_moved_out_and_the_case_can_be_closed(cast: Cast) -> None:
    group = lettered(cast)
    who = people(cast, group)
    houses(cast, group, [*who.values()])
    assert out_of(cast, group) == dict.fromkeys(who.values(), ("moved_out", str(MOVES)))
    with scope(cast.udi, NOTICE_FROM):
        assert not organisations_with(group, NeedReason.OFFERED_HERE, NOTICE_FROM)  # the home is held for nobody
    assert ("see_withdrawal", cast.municipality.organisation_id) in open_kinds(cast, group)
    does(cast, close_refusal, group, by=cast.udi, on=NOTICE_FROM, text="De bor privat i Levanger.")
    assert the_refusal(cast, group, NOTICE_FROM).closed_on == NOTICE_FROM


def test_a_private_stay_of_another_household_gives_back_what_was_let_go(cast: Cast) -> None:
    group = lettered(cast)
    who = people(cast, group)
    houses(cast, group, [*who.values()])
    never = RightStay(never_was=True)
    does(cast, correct_private_stay, group, [*who.values()], never, reason="wrong_person", by=cast.udi, on=NOTICE_FROM)
    with scope(cast.udi, NOTICE_FROM):
        holding = organisations_with(group, NeedReason.OFFERED_HERE, NOTICE_FROM)
        assert list(holding) == [cast.municipality.organisation_id]
    after = open_kinds(cast, group)
    assert ("follow_refusal", cast.imdi.organisation_id) in after
    assert "see_withdrawal" not in {kind for kind, _ in after}
    then = on_day(cast, NOTICE_FROM)
    with scope(then.udi, then.day):
        centre = then.centre.organisation_id
        place_group(group, centre_id=centre, from_on=NOTICE_FROM, by=then.udi, at=then.at)
    does(cast, annul_refusal, group, by=cast.imdi, on=NOTICE_FROM, reason="wrong_choice")
