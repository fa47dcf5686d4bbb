"""The words around the interview: complete in every language, with their source."""

import pytest

from fotfeste.settlement.domain.consequences import consequences_in
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import Training
from fotfeste.settlement.texts import LEAFLET_LANGUAGES, general_information, guidance, leaflet, questions


@pytest.mark.req("SET-03")
def test_the_five_questions_are_there_in_four_languages_with_their_source() -> None:
    found = questions()
    assert list(found) == list(Question)
    for text in found.values():
        assert all(text.asked[code] for code in ("nb", "uk", "ru", "en"))
        assert all(text.staff[code] for code in ("nb", "en"))
        assert "Veileder" in text.source


@pytest.mark.req("SET-02")
@pytest.mark.parametrize("language", LEAFLET_LANGUAGES)
def test_the_leaflet_is_whole_in_each_of_the_guides_languages(language: str) -> None:
    sheet = leaflet(language)
    assert (len(sheet.before), len(sheet.questions), len(sheet.after), len(sheet.loses)) == (8, 5, 2, 3)
    assert sheet.title
    assert sheet.closing.endswith(".")
    assert "Vedlegg" in sheet.source
    script = "Cyrillic" if language != "nb" else "Latin"
    letters = [char for char in sheet.before[0] if char.isalpha() and char not in "IMDi"]
    assert all(("а" <= char.lower() <= "ё" or char.lower() in "іїєґё") == (script == "Cyrillic") for char in letters)


@pytest.mark.req("SET-08")
@pytest.mark.parametrize("language", LEAFLET_LANGUAGES)
def test_the_leaflet_says_of_training_what_the_offer_says_by_the_ruling_in_force(language: str) -> None:
    [unruled], [kept], [lost] = (
        consequences_in((), staff_language=language, training=ruling) for ruling in (None, Training.KEPT, Training.LOST)
    )
    assert leaflet(language).training == unruled.unclear
    assert leaflet(language, Training.KEPT).training == kept.kept[-1] != unruled.kept[-1]
    assert leaflet(language, Training.KEPT).loses == leaflet(language).loses
    assert leaflet(language, Training.LOST).training == ""
    assert leaflet(language, Training.LOST).loses == (*leaflet(language).loses, lost.lost[-1])
    words = ("opplæring", "навчання", "обучени")
    assert not any(word in line for word in words for line in leaflet(language).loses)


@pytest.mark.req("SET-08")
@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_general_information_ends_what_it_says_of_a_no_by_the_ruling_in_force(language: str) -> None:
    [unruled], [kept] = (consequences_in((), staff_language=language, training=each) for each in (None, Training.KEPT))
    told = {ruling: general_information(language, ruling)[3].text for ruling in (None, Training.KEPT, Training.LOST)}
    assert told[None].endswith(unruled.unclear)
    assert told[Training.KEPT].endswith(kept.kept[-1])
    assert told[Training.LOST].endswith(
        ("opplæring i norsk og samfunnskunnskap.", "training in Norwegian and social studies.")
    )
    assert len(set(told.values())) == 3


def test_there_is_no_leaflet_in_other_languages() -> None:
    with pytest.raises(KeyError):
        leaflet("ar")


@pytest.mark.req("SET-05")
def test_the_guidance_says_what_to_register_and_what_to_leave_out() -> None:
    for language in ("nb", "en"):
        found = guidance(language)
        assert [bool(example.leave_out) for example in found.examples] == [True, False]
        assert len(found.register) == len(found.leave_out) == 3
        assert len(general_information(language)) == 6
