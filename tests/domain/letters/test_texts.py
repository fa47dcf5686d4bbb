"""The texts of letters: whole in every language, alike in what they say, and short enough to be understood."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from fotfeste.letters.domain.composing import FactsMissing
from fotfeste.letters.domain.texts import SOURCE, Text, frame_of, text_of
from fotfeste.letters.domain.types import TO_PEOPLE, Language, LetterKind, language_of_municipality, languages_of
from fotfeste.letters.domain.words import counted, day, kroner, month
from fotfeste.settlement.domain.consequences import consequences_in, follows_from_no
from fotfeste.settlement.domain.types import Training
from tests.domain.letters.examples import FACTS, NAMES, words_of, written

TRANSLATED = [(kind, language) for kind in LetterKind for language in languages_of(kind) if language is not SOURCE]
READ_BY_PEOPLE = [(kind, language) for kind in sorted(TO_PEOPLE) for language in Language]
PERHAPS = {
    "expected_on",
    "since_on",
    "rate_ore",
    "paid_on",
    "pay_by_on",
    "lines",
    "kept",
    "unclear",
    "children",
    "minors",
}
LONGEST_SENTENCE = 22
LIX_OF_EASY_TEXT = 40  # under it: easy, as in books for children and weeklies


def shape(text: Text) -> list[Any]:
    """What a text consists of, whatever its language: parts, conditions, codes and what it names."""
    return [
        [
            sorted(
                (key, value)
                for key, value in part.items()
                if key in ("when", "codes", "listed", "words", "list", "table", "sum")
            ),
            [len(part["items"])] if "items" in part else [],
            sorted(set(names(str(list(part.values()))))),
        ]
        for part in text.blocks
    ]


def names(sentence: str) -> list[str]:
    """What a sentence names."""
    return [name for _, name, _, _ in Formatter().parse(sentence.replace("{{", "")) if name]


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize(("kind", "language"), TRANSLATED)
def test_a_translation_has_every_part_of_the_source(kind: LetterKind, language: Language) -> None:
    source, text = text_of(kind, SOURCE), text_of(kind, language)
    assert shape(text) == shape(source)
    assert {code: set(words) for code, words in text.codes.items()} == {
        code: set(words) for code, words in source.codes.items()
    }
    assert set(text.plurals) == set(source.plurals)


@pytest.mark.parametrize("language", list(Language))
def test_a_frame_has_every_word_of_the_source(language: Language) -> None:
    source, frame = frame_of(SOURCE), frame_of(language)
    assert set(frame.labels) == set(source.labels)
    assert {name: set(words) for name, words in frame.words.items()} == {
        name: set(words) for name, words in source.words.items()
    }
    assert bool(frame.notice) is (language is not SOURCE)


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize(("kind", "language"), TRANSLATED)
def test_a_translation_that_nobody_has_checked_says_so_in_its_own_language(
    kind: LetterKind, language: Language
) -> None:
    letter = written(kind, language)
    assert not letter.is_checked
    assert letter.notice == frame_of(language).notice


def test_a_translation_that_somebody_has_checked_says_nothing() -> None:
    text = text_of(LetterKind.GRANTED, Language.UK)
    checked = Text(
        text.kind, text.language, text.title, text.blocks, text.plurals, text.codes, "En translatør", date(2026, 11, 1)
    )
    assert checked.is_checked
    assert text_of(LetterKind.GRANTED, Language.NB).is_checked


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize("kind", [LetterKind.REFUSED, LetterKind.ENDED])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.NB, "du kan ikke klage på dette vedtaket"),
        (Language.NN, "du kan ikkje klage på dette vedtaket"),
        (Language.EN, "you cannot appeal this decision"),
        (Language.UK, "скаргу на це рішення подати не можна"),
        (Language.RU, "жалобу на это решение подать нельзя"),
    ],
)
def test_a_refusal_and_an_end_say_that_nobody_can_appeal(kind: LetterKind, language: Language, said: str) -> None:
    assert any(said in words for words in words_of(written(kind, language)))


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize(
    ("language", "first", "no"),
    [
        (Language.NB, "Du kan fortsatt bo der du bor nå.", "nei"),
        (Language.NN, "Du kan framleis bu der du bur no.", "nei"),
        (Language.EN, "You can go on living where you live now.", "no "),
        (Language.UK, "Ви можете й далі жити там, де живете зараз.", " не "),
        (Language.RU, "Вы можете и дальше жить там, где живёте сейчас.", " не "),
    ],
)
def test_who_is_settled_soon_reads_first_that_they_may_go_on_living_there(
    language: Language, first: str, no: str
) -> None:
    letter = written(LetterKind.REFUSED, language, grounds=["settled_soon"])
    before, _ = " ".join([letter.title, letter.blocks[0].text]).split(first)
    assert no not in before.casefold()


@pytest.mark.parametrize("language", [Language.NB, Language.NN])
@pytest.mark.parametrize("kind", sorted(TO_PEOPLE))
def test_nobody_reads_that_they_must_not_where_they_need_not(kind: LetterKind, language: Language) -> None:
    """«Du må ikke flytte» forbids as well as it frees."""
    assert not [each for each in sentences(kind, language) if re.search(r"\bmå ikk(e|je)\b", each)]


@pytest.mark.parametrize(("kind", "language"), READ_BY_PEOPLE)
def test_what_people_read_has_short_sentences(kind: LetterKind, language: Language) -> None:
    for sentence in sentences(kind, language):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@pytest.mark.parametrize(
    ("kind", "language"), [each for each in READ_BY_PEOPLE if each[1] in (Language.NB, Language.NN)]
)
def test_what_people_read_is_easy_to_read(kind: LetterKind, language: Language) -> None:
    found = sentences(kind, language)
    words = [word for sentence in found for word in re.findall(r"\w+", sentence)]
    lix = len(words) / len(found) + 100 * sum(len(word) > 6 for word in words) / len(words)
    assert lix < LIX_OF_EASY_TEXT


def sentences(kind: LetterKind, language: Language) -> list[str]:
    """Every sentence of a kind of letter, whatever its facts; names of schemes are theirs who made them."""
    text = text_of(kind, language)
    found = [text.title, *(words for codes in text.codes.values() for words in codes.values())]
    shared = frame_of(language).words
    for part in text.blocks:
        found += shared.get(part.get("words", ""), {}).values()
    for part in text.blocks:
        found += [part[form] for form in ("lead", "heading", "paragraph") if form in part]
        found += part.get("items", [])
    return [each for words in found for each in re.split(r"(?<=[.?!])\s+", words.replace("{scheme}", "X")) if each]


@pytest.mark.parametrize(
    ("language", "dated", "of_month", "sum_", "with_ore"),
    [
        (Language.NB, "3. mai 2026", "mai 2026", "16\u202f105\u202fkr", "16\u202f105,50\u202fkr"),
        (Language.NN, "3. mai 2026", "mai 2026", "16\u202f105\u202fkr", "16\u202f105,50\u202fkr"),
        (Language.EN, "3 May 2026", "May 2026", "NOK\u00a016,105", "NOK\u00a016,105.50"),
        (
            Language.UK,
            "3 травня 2026\u00a0р.",
            "травень 2026\u00a0р.",
            "16\u00a0105\u00a0норвезьких\u00a0крон",
            "16\u00a0105,50\u00a0норвезької\u00a0крони",
        ),
        (
            Language.RU,
            "3 мая 2026\u00a0г.",
            "май 2026\u00a0г.",
            "16\u00a0105\u00a0норвежских\u00a0крон",
            "16\u00a0105,50\u00a0норвежской\u00a0кроны",
        ),
    ],
)
def test_days_and_sums_are_written_as_in_the_language(
    language: Language, dated: str, of_month: str, sum_: str, with_ore: str
) -> None:
    assert day(date(2026, 5, 3), language) == dated
    assert month(date(2026, 5, 1), language) == of_month
    assert kroner(1610500, language) == sum_
    assert kroner(1610550, language) == with_ore
    assert kroner(-1610500, language).count("\u2212") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.NB, {1: "1 person", 2: "2 personer", 5: "5 personer", 21: "21 personer"}),
        (Language.NN, {1: "1 person", 2: "2 personar", 21: "21 personar"}),
        (Language.EN, {1: "1 person", 2: "2 people", 21: "21 people"}),
        (Language.UK, {1: "1 особи", 2: "2 осіб", 5: "5 осіб", 11: "11 осіб", 21: "21 особи"}),
        (Language.RU, {1: "1 человека", 2: "2 человек", 5: "5 человек", 11: "11 человек", 21: "21 человека"}),
    ],
)
def test_people_are_counted_as_the_language_counts(language: Language, said: dict[int, str]) -> None:
    forms = text_of(LetterKind.GRANTED, language).plurals["names"]
    assert {count: counted(count, forms, language) for count in said} == said


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("ground", sorted(text_of(LetterKind.REFUSED, SOURCE).codes["ground"]))
def test_every_ground_of_a_refusal_has_its_words(ground: str, language: Language) -> None:
    letter = written(LetterKind.REFUSED, language, grounds=[ground])
    assert text_of(LetterKind.REFUSED, language).codes["ground"][ground] in words_of(letter)


@pytest.mark.req("ALT-08")
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("cause", sorted(text_of(LetterKind.ENDED, SOURCE).codes["cause"]))
def test_every_cause_of_an_end_has_its_words(cause: str, language: Language) -> None:
    letter = written(LetterKind.ENDED, language, cause=cause)
    assert text_of(LetterKind.ENDED, language).codes["cause"][cause] in words_of(letter)


NOT_ASKED = {
    LetterKind.MINOR_TOLD: {"imdi_deadline_on"},
    LetterKind.PETITION_CHANGED: {"others", "waits", "again"},
    LetterKind.REFUSAL_VOID: {"centre"},
    LetterKind.DAYS_CHANGED: {"names", "days", "still_on", "stopped"},
}
"""What a kind of letter has words for only where it is there."""


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_is_not_written_with_a_hole_in_it(kind: LetterKind) -> None:
    perhaps = PERHAPS | NOT_ASKED.get(kind, set())
    for name in FACTS[kind].keys() - perhaps:
        with pytest.raises(FactsMissing):
            written(kind, Language.NB, **{name: ""})


def test_a_claim_is_what_its_lines_come_to() -> None:
    with pytest.raises(FactsMissing, match="the lines come to 3221000"):
        written(LetterKind.CLAIM_NOTICE, Language.NB, amount_ore=1)


def test_a_code_without_words_is_refused_by_name() -> None:
    with pytest.raises(FactsMissing, match="no words for ground 'whim'"):
        written(LetterKind.REFUSED, Language.NB, grounds=["whim"])


def test_a_municipality_is_written_to_in_its_written_form() -> None:
    assert language_of_municipality("Nynorsk") is Language.NN
    assert language_of_municipality("Bokmål") is Language.NB
    assert language_of_municipality("Nøytral") is Language.NB


def test_every_code_that_a_letter_has_words_for_is_described() -> None:
    described = (Path(__file__).parents[3] / "docs" / "letters.md").read_text(encoding="utf-8")
    for kind in LetterKind:
        assert f"`{kind}`" in described
        for words in text_of(kind, SOURCE).codes.values():
            assert all(f"`{code}`" in described for code in words)
        assert all(f"`{name}`" in described for name in FACTS[kind])


def test_no_file_of_texts_is_for_a_letter_that_there_is_not() -> None:
    folder = files("fotfeste.letters").joinpath("texts")
    known = {f"{kind}.{language}.toml" for kind in LetterKind for language in languages_of(kind)}
    known |= {f"frame.{language}.toml" for language in Language}
    assert {each.name for each in folder.iterdir()} == known


@pytest.mark.req("SET-07", "REF-04")
@pytest.mark.parametrize("ruling", [None, *Training])
def test_the_letter_of_the_offer_loses_what_the_page_of_the_answer_loses(ruling: Training | None) -> None:
    """Whoever registers the answer reads the same to them (settlement/domain/consequences.py)."""
    [page] = consequences_in([], training=ruling)
    for lives, centre in (("", True), ("privately", False)):
        born, on = (date(1988, 3, 1), date(2007, 3, 1), date(2015, 3, 1)), date(2024, 6, 14)
        follows = follows_from_no(born, on, training=ruling, lives_privately=not centre)
        said = {"lost": follows.lost, "kept": follows.kept, "unclear": follows.unclear}
        letter = " ".join(words_of(written(LetterKind.OFFER, Language.NB, lives=lives, **said)))
        page_says = " ".join(page.lost)
        for what in ("introduksjonsprogram", "introduksjonsstønad", "økonomisk støtte fra kommunen", "reisen", "bolig"):
            assert what in page_says
            assert what in letter
        assert ("plassen på mottaket" in letter) is ("pengene på mottaket" in letter) is centre
        assert all(kept in letter for kept in page.kept)
        assert ("opplæring i norsk" in page_says) is (ruling is Training.LOST)
        assert ("retten til norskopplæring" in letter) is bool(page.unclear) is (ruling is None)


def test_a_minor_alone_is_told_of_no_loss() -> None:
    letter = " ".join(words_of(written(LetterKind.OFFER, Language.NB, names=NAMES[:1], guardian="alone")))
    assert "Vergen" in letter
    assert "faller bort" not in letter
