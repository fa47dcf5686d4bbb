"""The letter of the one offer: to the household, in their language, with what the plan weighed."""

import pytest

from fotfeste.allocation.domain.explanation import ANYWHERE
from fotfeste.kernel.calendar import Week
from fotfeste.letters.domain.texts import text_of
from fotfeste.letters.public import Language, Letter, LetterKind, letters_of
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of, unaccompanied_among
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.public import accept_request, declare_capabilities, make_offer
from tests.actions.allocation.stage import planned, waited
from tests.actions.allocation.test_sending import send
from tests.actions.settlement.stage import WEEK, found, offered, queued
from tests.actions.settlement.test_private_ends import offered as offered_privately
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07", "SET-15")]


def letter(cast: Cast, group: int) -> Letter:
    """The only letter about a household, as the centre finds it."""
    with scope(cast.centre, cast.day):
        return Letter.objects.get(subject_id=group)


def test_the_offer_goes_out_as_a_letter_in_the_households_language(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    sent = letter(cast, group)
    assert (sent.kind, sent.language, sent.status, sent.way) == ("offer", "uk", "sent", "by_hand")
    assert sent.written["title"] == "Пропозиція про поселення: Levanger"
    assert sent.facts["week_on"] == WEEK.first_day.isoformat()
    assert len(sent.facts["names"]) == 4
    assert sent.facts["reasons"] == [ANYWHERE]  # no plan proposed it


def test_where_a_plan_proposed_it_the_letter_says_what_was_weighed(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    cast = waited(cast)
    with scope(cast.municipality, cast.day):
        declare_capabilities({Capability.PETS: True}, by=cast.municipality, at=cast.at)
    send(cast, planned(cast), [group])
    with scope(cast.municipality, cast.day):
        accept_request(
            group, possible_week=Week.of(cast.day), confirmed={Capability.PETS}, by=cast.municipality, at=cast.at
        )
    with scope(cast.imdi, cast.day):
        make_offer(group, week=Week.of(cast.day) + 1, by=cast.imdi, at=cast.at)
    reasons = letter(cast, group).facts["reasons"]
    assert reasons == ["needs", ANYWHERE]


def test_the_centre_and_imdi_read_it_and_nobody_before_the_decision(cast: Cast) -> None:
    """No municipality reads what was weighed: where the offer is taken back, the next one would."""
    group = found(cast, queued(cast))
    with scope(cast.centre, cast.day):
        assert not letters_of(group, cast.day)
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
    for viewer in (cast.imdi, cast.centre):
        with scope(viewer, cast.day):
            assert [row.kind for row in letters_of(group, cast.day)] == ["Tilbud om bosetting"]
    for viewer in (cast.other_centre, cast.municipality, cast.other_municipality, cast.udi):
        with scope(viewer, cast.day):
            assert not letters_of(group, cast.day)


def words(sent: Letter) -> str:
    """Everything that the letter says."""
    return " ".join(part for block in sent.written["blocks"] for part in (block["text"], *block["items"]))


@pytest.mark.req("SET-06")
def test_a_minor_alone_reads_of_the_guardian_and_of_nothing_that_adults_lose(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    with scope(cast.imdi, cast.day):
        members = members_of(group, cast.day)
    minors = unaccompanied_among(members, cast.day)
    assert 0 < len(minors) <= len(members)
    sent = letter(cast, offered(cast, group, {Capability.UNACCOMPANIED_MINORS}))
    assert sent.facts["guardian"] == ("alone" if len(minors) == len(members) else "for_some")
    said = text_of(LetterKind.OFFER, Language(sent.language))
    [guardian] = [part["paragraph"] for part in said.blocks if part.get("when") == "guardian"]
    assert guardian in words(sent)


def test_who_lives_privately_answers_imdi_and_reads_of_no_centre(cast: Cast) -> None:
    group = offered_privately(cast)
    with scope(cast.imdi, cast.day):
        sent = Letter.objects.get(subject_id=group, kind="offer")
    assert sent.facts["lives"] == "privately"
    assert "IMDi" in words(sent)
    assert "AMOT" in words(sent)
    for centre in ("mottak", "притул", "пункт", "reception"):
        assert centre not in words(sent)
