"""Each act on an application writes its letters and sends them: to the people in their language, to the municipality in
its written form, each a PDF that is there to be read.
"""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from fotfeste.accommodation.public import DepartureReason, end_private_stay
from fotfeste.alternative.letters import GROUNDS
from fotfeste.alternative.public import (
    EndCause,
    NewApplicant,
    Party,
    PartyAnswer,
    RefusalGround,
    answer_acceptance,
    apply_for,
    end_agreement,
    grant,
    match_people,
    refuse,
    send_acceptance_request,
    send_preliminary_answer,
)
from fotfeste.directory.public import Municipality
from fotfeste.letters.public import Letter, LetterStatus
from fotfeste.platform.files import read
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from tests.actions.alternative.applied import (
    AT,
    DAY,
    application,
    applied,
    asked,
    fresh,
    granted,
    registered,
    say,
    typed,
)
from tests.actions.settlement.stage import queued, with_journey
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ALT-07")]
GRANTED = {
    "nb": "UDI sier ja.",
    "nn": "UDI seier ja.",
    "en": "UDI says yes.",
    "uk": "UDI дає згоду.",
    "ru": "UDI даёт согласие.",
}


def written(viewer: Viewer, group: int, kind: str) -> tuple[Letter, str]:
    """The last letter of a kind about a household, as one who reads it has it: the row and the text of its PDF."""
    with scope(viewer, DAY):
        letter = Letter.objects.filter(subject_id=group, kind=kind).latest("pk")
        file = read(letter.file_id)
    assert file.media_type == "application/pdf"
    pages = PdfReader(BytesIO(bytes(file.content))).pages
    return letter, " ".join(" ".join(page.extract_text() for page in pages).split())


def _accept_and_grant(cast: Cast, application_id: int) -> None:
    """The municipality says yes, and so does UDI."""
    with scope(cast.municipality, DAY):
        answer_acceptance(application_id, accepts=True, by=cast.municipality, at=AT)
    with scope(cast.udi, DAY):
        grant(application_id, by=cast.udi, at=AT)


@pytest.mark.parametrize("language", list(GRANTED))
def test_a_grant_is_told_to_the_people_in_the_language_they_asked_for_letters_in(cast: Cast, language: str) -> None:
    made, group = asked(cast, language=language)
    _accept_and_grant(cast, made.pk)
    letter, text = written(cast.udi, group, "granted")
    assert (letter.language, letter.status, letter.way) == (language, LetterStatus.SENT, "by_hand")
    assert GRANTED[language] in text
    assert letter.written["is_checked"] is (language == "nb")


def test_who_asked_for_no_language_that_letters_are_in_is_written_to_in_one_they_are_registered_with(
    cast: Cast,
) -> None:
    made, group = asked(cast, language="ti")
    _accept_and_grant(cast, made.pk)
    assert written(cast.udi, group, "granted")[0].language == "uk"


def test_a_grant_is_told_to_the_municipality_by_name_and_first_day_in_its_written_form(cast: Cast) -> None:
    Municipality.objects.filter(organisations=cast.municipality.organisation_id).update(written_form="nynorsk")
    _, group = granted(cast)
    for kind in ("request_to_municipality", "grant_letter"):
        letter, text = written(cast.municipality, group, kind)
        assert (letter.language, letter.status, letter.way) == ("nn", LetterStatus.DELIVERED, "unit")
        assert "Olena Kovalenko" in text
    assert "Levanger får tilskot til" in text
    assert "5. februar 2024" in text
    with scope(cast.other_municipality, DAY):
        assert not Letter.objects.exists()


def test_who_is_settled_within_four_weeks_reads_first_that_they_may_go_on_living_there(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.udi, cast.day):
        persons = tuple(
            NewApplicant(name=each.name, duf="", birth_date=each.birth_date, citizenship="UKR", has_d_number=True)
            for each in members_of(group, cast.day)
        )
        new = application(cast, [], applicants=persons, language="ru")
    with scope(cast.udi, DAY):
        made = apply_for(new, by=cast.udi, at=AT).application
    with scope(cast.udi, cast.day):
        rows = made.persons.order_by("position").values_list("pk", flat=True)
        members = [each.subject_id for each in members_of(group, cast.day)]
        match_people(made.pk, chosen=dict(zip(rows, members, strict=True)), by=cast.udi, at=cast.at)
        refuse(made.pk, RefusalGround.SETTLED_SOON, by=cast.udi, at=cast.at)
    letter, text = written(cast.udi, group, "refused")
    assert letter.status == LetterStatus.SENT
    first = "Вы можете и дальше жить там, где живёте сейчас."
    assert text.index(first) < text.index("Скоро вы получите поселение.")


def test_who_is_left_out_of_a_grant_gets_a_no_of_their_own_with_its_ground(cast: Cast) -> None:
    group, members = registered(cast)
    first, *others = members
    people = (typed(first), *(typed(each, lived_in_ukraine=False) for each in others))
    made = applied(application(cast, members, applicants=people, language="nb"))
    for party, secret in made.links.items():
        if party is not Party.APPLICANT:
            say(secret, PartyAnswer.YES)
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
        send_acceptance_request(made.application.pk, by=cast.udi, at=AT)
    with scope(cast.municipality, DAY):
        answer_acceptance(made.application.pk, accepts=True, by=cast.municipality, at=AT)
    with scope(cast.udi, DAY):
        grant(made.application.pk, person_ids=[first.subject_id], by=cast.udi, at=AT)
    _, request = written(cast.municipality, group, "request_to_municipality")
    assert first.name in request
    assert not any(each.name in request for each in others)
    _, yes = written(cast.udi, group, "granted")
    _, no = written(cast.udi, group, "refused")
    assert first.name in yes
    assert first.name not in no
    assert all(each.name in no and each.name not in yes for each in others)
    assert "Ordningen er bare for noen grupper" in no
    kept = fresh(cast, made.application).decision
    assert [each["outcome"] for each in kept["persons"]] == ["yes"]
    assert {each["outcome"] for each in kept["left_out"]} == {"no"}


def test_an_end_and_a_preliminary_answer_are_sent_too(cast: Cast) -> None:
    made, group = asked(cast)
    with scope(cast.udi, DAY):
        send_preliminary_answer(made.pk, by=cast.udi, at=AT)
    letter, text = written(cast.udi, group, "preliminary")
    assert (letter.language, letter.status) == ("uk", LetterStatus.SENT)
    assert "Ми отримали вашу заяву" in text
    _accept_and_grant(cast, made.pk)
    with scope(cast.udi, DAY):
        end_agreement(group, cast.municipality.organisation_id, EndCause.CONDITIONS_FAILED, DAY, by=cast.udi, at=AT)
    letter, text = written(cast.udi, group, "ended")
    assert letter.status == LetterStatus.SENT
    assert "Через цей лист вам не треба переїжджати." in text


def test_an_end_is_told_to_those_who_lived_there_until_then(cast: Cast) -> None:
    _, group = granted(cast)
    with scope(cast.udi, DAY):
        first, *others = members_of(group, DAY)
        gone = [each.subject_id for each in others]
        end_private_stay(group, gone, date(2024, 2, 8), DepartureReason.LEFT_COUNTRY, by=cast.udi, at=AT)
        end_agreement(group, cast.municipality.organisation_id, EndCause.CONDITIONS_FAILED, DAY, by=cast.udi, at=AT)
    _, text = written(cast.udi, group, "ended")
    assert first.name in text
    assert not any(each.name in text for each in others)


@pytest.mark.req("ALT-07")
def test_each_ground_of_a_refusal_is_told_in_words_of_its_own() -> None:
    assert set(GROUNDS) == set(RefusalGround)
    assert len(set(GROUNDS.values())) == len(GROUNDS)
