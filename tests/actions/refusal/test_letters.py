"""The letters of a refusal as the acts write them: to adults alone, each their own, by the ruling of the day."""

from datetime import date, timedelta
from typing import Any

import pytest

from fotfeste.kernel.errors import Refused
from fotfeste.letters.public import Letter, letters_of
from fotfeste.platform.files import read
from fotfeste.platform.scope import scope
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.letters import write_letter, write_of_minor, write_petition
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.public import plan_of, send_petition, tell_of_minors, withdraw_home
from fotfeste.settlement.domain.types import Training
from tests.actions.refusal import stage
from tests.actions.refusal.letter_stage import adults_of, come_to, refusing, ruled
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-02", "REF-03", "REF-04")]
NO = date(2024, 3, 14)


def sent(cast: Cast, refusal: Refusal, kind: Happening, person: int, days: int = 0) -> Letter:
    """The letter that UDI sends to somebody so many days after the no."""
    come_to(cast, refusal, kind, [person], days)
    on = cast.day + timedelta(days=days)
    with scope(cast.udi, on):
        at = cast.at + timedelta(days=days)
        write_letter(kind, refusal, person, plan=plan_of(refusal, on), by=cast.udi, at=at)
        return Letter.objects.order_by("-pk")[0]


def test_the_first_letter_names_four_days_that_are_not_the_same(cast: Cast) -> None:
    ruled(cast)
    refusal = refusing(cast)
    olena, _ = adults_of(cast, refusal)
    letter = sent(cast, refusal, Happening.FIRST_LETTER, olena)
    facts = letter.facts
    assert cast.day == NO
    assert [facts[day] for day in ("sent_on", "imdi_deadline_on", "fortnight_on", "stops_on")] == [
        "2024-03-14",
        "2024-04-04",
        "2024-04-02",  # the 14 days end on Maundy Thursday
        "2024-04-03",
    ]
    assert (letter.kind, letter.language, letter.status, letter.way) == ("refusal_first", "uk", "sent", "by_hand")
    assert letter.written["receiver"] == ["Olena Kovalenko"]
    assert (facts["opened"], facts["offer"], facts["municipality"]) == ("declined", "stands", "Levanger")
    assert facts["kept"] == ["childrens_money", "school", "training"]
    with scope(cast.udi, cast.day):
        assert bytes(read(letter.file_id).content).startswith(b"%PDF")


def test_a_letter_to_a_child_is_not_written_whoever_asks(cast: Cast) -> None:
    ruled(cast)
    refusal = refusing(cast)
    with scope(cast.udi, cast.day):
        members = members_by_name(refusal.subject_id, cast.day)
        plan = plan_of(refusal, cast.day)
        for kind in (Happening.FIRST_LETTER, Happening.EVICTION_NOTICE, Happening.PETITION):
            for child in ("Sofia", "Danylo"):
                with pytest.raises(Refused, match="no_letter_to_a_child"):
                    write_letter(kind, refusal, members[child].subject_id, plan=plan, by=cast.udi, at=cast.at)
        assert not Letter.objects.filter(kind="refusal_first").exists()


def test_without_a_ruling_no_letter_is_sent_and_by_whom_it_is_to_be_given_is_told(cast: Cast) -> None:
    refusal = refusing(cast)
    ruled(cast, valid_from=cast.day + timedelta(days=1))
    olena, _ = adults_of(cast, refusal)
    with pytest.raises(Refused, match="ruling_missing"):
        sent(cast, refusal, Happening.FIRST_LETTER, olena)


def test_two_letters_follow_the_ruling_of_their_own_day(cast: Cast) -> None:
    ruled(cast, Training.LOST)
    ruled(cast, Training.KEPT, valid_from=cast.day + timedelta(days=3))
    refusal = refusing(cast)
    olena, andrij = adults_of(cast, refusal)
    first = sent(cast, refusal, Happening.FIRST_LETTER, olena)
    second = sent(cast, refusal, Happening.FIRST_LETTER, andrij, days=3)
    assert ("training" in first.facts["lost"], "training" in first.facts["kept"]) == (True, False)
    assert ("training" in second.facts["lost"], "training" in second.facts["kept"]) == (False, True)
    assert first.facts["ruling"] != second.facts["ruling"]


def test_the_next_letters_say_when_the_earlier_were_sent_and_the_petition_names_the_adults(cast: Cast) -> None:
    ruled(cast)
    refusal = refusing(cast)
    adults = adults_of(cast, refusal)
    for person in adults:
        sent(cast, refusal, Happening.FIRST_LETTER, person)
    notices = [sent(cast, refusal, Happening.EVICTION_NOTICE, person, days=22) for person in adults]
    told = [sent(cast, refusal, Happening.PETITION, person, days=23) for person in adults]
    assert [each.facts["first_letter_on"] for each in notices] == ["2024-03-14"] * 2
    assert {each.kind for each in told} == {"eviction_petition"}
    assert {each.facts["notice_on"] for each in told} == {"2024-04-05"}
    on, at = cast.day + timedelta(days=23), cast.at + timedelta(days=23)
    with scope(cast.udi, on):
        write_petition(refusal, adults, plan=plan_of(refusal, on), by=cast.udi, at=at)
        petition = Letter.objects.get(kind="petition")
    assert (petition.status, petition.way, petition.written["receiver"][0]) == ("sent", "outside", "Namsmannen")
    rows = petition.facts["adults"]
    assert [row["name"] for row in rows] == ["Olena Kovalenko", "Andrij Kovalenko"]
    assert {row["fortnight_on"] for row in rows} == {"2024-04-02"}
    assert (petition.facts["children"], petition.facts["minors"]) == ("yes", "")


def test_the_petition_says_that_the_municipality_has_withdrawn(cast: Cast) -> None:
    group = stage.noticed(cast)
    stage.does(cast, withdraw_home, group, text="Huset er leid ut.", by=cast.municipality, on=stage.NOTICE_FROM)
    stage.does(cast, send_petition, group, by=cast.udi, on=stage.NOTICE_FROM)
    with scope(cast.udi, stage.NOTICE_FROM):
        petition = Letter.objects.get(subject_id=group, kind="petition")
    assert petition.facts["offer"] == "withdrawn"


@pytest.mark.parametrize(
    ("kind", "reader"),
    [(Happening.GUARDIAN_TOLD, "guardian"), (Happening.CHILD_WELFARE_TOLD, "child_welfare")],
)
def test_who_is_told_of_a_minor_who_came_alone_gets_a_letter(cast: Cast, kind: Happening, reader: str) -> None:
    refusal = refusing(cast, is_unaccompanied=True)
    with scope(cast.udi, cast.day):
        [minor] = members_by_name(refusal.subject_id, cast.day).values()
        known: dict[str, Any] = {"plan": plan_of(refusal, cast.day), "by": cast.udi, "at": cast.at}
        write_of_minor(kind, refusal, minor.subject_id, **known)
        write_of_minor(Happening.MINORS_PLACE_OFFERED, refusal, minor.subject_id, **known)
        letter = Letter.objects.get(kind="minor_told")
    assert (letter.facts["reader"], letter.facts["came"], letter.facts["adults"]) == (reader, "alone", "gone")
    assert letter.written["receiver"][0] == ("Verge Vergesen" if reader == "guardian" else "Barneverntjenesten")


def test_the_acts_write_to_every_adult_and_one_petition_that_names_them(cast: Cast) -> None:
    group = stage.petitioned(cast)
    with scope(cast.udi, stage.NOTICE_FROM):
        written = list(Letter.objects.filter(subject_id=group).exclude(kind="offer").order_by("pk"))
    adults = ["Olena Kovalenko", "Andrij Kovalenko"]
    assert [(each.kind, each.written["receiver"][0]) for each in written if each.kind != "petition"] == [
        (kind, name)
        for kind in ("deadline_to_move", "refusal_first", "eviction_notice", "eviction_petition")
        for name in adults
    ]
    [petition] = [each for each in written if each.kind == "petition"]
    assert [row["name"] for row in petition.facts["adults"]] == adults
    assert {each.status for each in written} == {"sent"}


def test_the_act_that_tells_of_a_minor_writes_to_the_guardian_and_to_child_welfare(cast: Cast) -> None:
    group = stage.aunt_and_boy(cast)
    for kind in (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED):
        stage.does(cast, tell_of_minors, group, kind, by=cast.udi)
    with scope(cast.udi, cast.day):
        told = list(Letter.objects.filter(subject_id=group, kind="minor_told").order_by("pk"))
    assert [each.facts["reader"] for each in told] == ["guardian", "child_welfare"]
    assert {(each.facts["name"], each.facts["came"], each.facts["adults"]) for each in told} == {
        ("Taras Melnyk", "alone", "present")
    }


@pytest.mark.req("REF-06", "ACS-01")
def test_udi_the_centre_and_imdi_read_them_and_no_municipality_does(cast: Cast) -> None:
    ruled(cast)
    refusal = refusing(cast)
    sent(cast, refusal, Happening.FIRST_LETTER, adults_of(cast, refusal)[0])
    for viewer, sees in (
        (cast.udi, True),
        (cast.centre, True),
        (cast.imdi, True),
        (cast.municipality, False),
        (cast.other_municipality, False),
        (cast.other_centre, False),
    ):
        with scope(viewer, cast.day):
            kinds = [row.kind for row in letters_of(refusal.subject_id, cast.day)]
            assert ("Første varselbrev ved bosettingsnekt" in kinds) is sees, viewer
