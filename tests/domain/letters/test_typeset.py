"""Every kind of letter in every language as a PDF: accessible, read by a machine in the right order, the same twice."""

import re
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from fotfeste.letters.domain.types import Language, LetterKind, languages_of
from fotfeste.letters.typesetting import (
    TEMPLATE,
    LetterNotTypeset,
    SignNotInFont,
    as_stored,
    typeset,
    typeset_template,
)
from tests.domain.letters.examples import LINES, words_of, written

EVERY = [(kind, language) for kind in LetterKind for language in languages_of(kind)]


def squeezed(text: str) -> str:
    """A text without its spaces and line ends, which typesetting moves."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFC", text))


def text_of(pdf: bytes) -> str:
    """The text of all pages, in the order in which a machine reads it."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def root_of(pdf: bytes) -> Any:
    """The catalogue of a PDF."""
    return PdfReader(BytesIO(pdf)).trailer["/Root"]


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_letter_is_pdf_ua_with_title_language_and_tags(kind: LetterKind, language: Language) -> None:
    letter = written(kind, language)
    pdf = typeset(letter)
    root = root_of(pdf)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert PdfReader(BytesIO(pdf)).metadata["/Title"] == letter.title  # type: ignore[index]


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_all_words_of_a_letter_are_read_in_their_order(kind: LetterKind, language: Language) -> None:
    letter = written(kind, language)
    text = squeezed(text_of(typeset(letter)))
    place = 0
    for words in words_of(letter):
        found = text.find(squeezed(words), place)
        assert found >= 0, words
        place = found + len(squeezed(words))
    assert squeezed(letter.notice) in text


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_same_letter_gives_the_same_bytes(kind: LetterKind, language: Language) -> None:
    letter = written(kind, language)
    assert typeset(letter) == typeset(letter)


@pytest.mark.req("ALT-07")
@pytest.mark.parametrize("language", list(Language))
def test_whoever_is_settled_soon_reads_first_that_they_may_go_on_living_there(language: Language) -> None:
    first = {
        Language.NB: "Du kan fortsatt bo der du bor nå.",
        Language.NN: "Du kan framleis bu der du bur no.",
        Language.EN: "You can go on living where you live now.",
        Language.UK: "Ви можете й далі жити там, де живете зараз.",
        Language.RU: "Вы можете и дальше жить там, где живёте сейчас.",
    }[language]
    letter = written(LetterKind.REFUSED, language)
    assert letter.blocks[0].text.startswith(first)
    text = squeezed(text_of(typeset(letter)))
    after_the_title = text[text.index(squeezed(letter.title)) + len(squeezed(letter.title)) :]
    assert after_the_title.startswith(squeezed(first))


HARD_NAMES = [
    'Robert"); #sys.exit() $x^2$ *b* _i_ = H1 \\ [c] <l> @ref // c `raw` "',
    '#import "/etc/passwd"',
    "Þórunn Ñúñez-Šimůnek d'Àrc",
    "Ґудзь-Їжакевич Ємельянівна",
    "Łucja Żółć",
    "{names} {0} %s {{x}}",
]


@pytest.mark.parametrize("name", HARD_NAMES)
def test_a_name_is_text_whatever_letters_and_signs_it_has(name: str) -> None:
    letter = written(LetterKind.GRANTED, Language.UK, names=[name])
    assert squeezed(name) in squeezed(text_of(typeset(letter)))


def test_a_name_without_end_is_parted_and_stays_on_the_page() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff" * 6
    pdf = typeset(written(LetterKind.GRANTED, Language.NB, names=[name, "Ann " * 60]))
    [page] = PdfReader(BytesIO(pdf)).pages
    assert squeezed(name) in squeezed(page.extract_text())
    ends: list[float] = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: ends.append(tm[4] + len(text) * size * 0.3))
    assert max(ends) < float(page.mediabox.width)


def test_what_nobody_sees_in_a_name_does_not_reach_the_letter() -> None:
    letter = written(LetterKind.GRANTED, Language.NB, names=["Ole\u202ena\u200b \u2066Ko\x07valenko"])
    assert letter.blocks[2].items == ("Olena Kovalenko",)


def test_twelve_persons_are_named_and_counted() -> None:
    names = [f"Person {place} Коваленко" for place in range(1, 13)]
    letter = written(LetterKind.REFUSED, Language.RU, names=names)
    assert "12\u00a0человек" in words_of(letter)[2] or "12 человек" in words_of(letter)[2]
    text = squeezed(text_of(typeset(letter)))
    assert all(squeezed(name) in text for name in names)


@pytest.mark.req("MON-02")
def test_a_claim_of_three_hundred_lines_has_its_head_on_every_page_and_its_sum_once() -> None:
    lines = [LINES[0] | {"name": f"Person {place}"} for place in range(300)]
    letter = written(LetterKind.CLAIM_NOTICE, Language.NB, lines=lines, amount_ore=300 * 1610500)
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(typeset(letter))).pages]
    assert len(pages) > 5
    with_lines = [page for page in pages if "Person" in page]
    assert all("NavnMånedGrunnBeløp" in page for page in with_lines)
    assert sum(page.count(squeezed("Sum4 831 500 kr")) for page in pages) == 1
    assert all(squeezed(f"Person {place} mai 2023") in "".join(pages) for place in (0, 150, 299))


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"title": "  "}, "title"), ({"language": ""}, "language")],
)
def test_a_letter_without_title_or_language_is_not_made(changed: dict[str, str], said: str) -> None:
    stored = as_stored(written(LetterKind.GRANTED, Language.NB)) | changed
    with pytest.raises(LetterNotTypeset, match=said):
        typeset_template(TEMPLATE, stored)


@pytest.mark.parametrize("sign", ["\u0663", "\u4e2d", "\u05d0", "\N{SHRUG}", '"\u0663'])
def test_a_letter_with_a_sign_that_the_fonts_do_not_have_is_not_made_and_the_sign_is_told(sign: str) -> None:
    stored = as_stored(written(LetterKind.GRANTED, Language.NB)) | {"title": f"Olena {sign}"}
    with pytest.raises(SignNotInFont) as raised:
        typeset_template(TEMPLATE, stored)
    assert raised.value.sign == sign[-1]
    assert sign not in str(raised.value)


@pytest.mark.parametrize("name", ["Олена Ґжицька", "Åse Ærlig", "A\u030ase", 'Kari "Kaia"'])
def test_a_name_as_it_is_written_in_norway_and_ukraine_can_be_shown(name: str) -> None:
    stored = as_stored(written(LetterKind.GRANTED, Language.NB)) | {"title": name}
    assert typeset_template(TEMPLATE, stored).startswith(b"%PDF-1.7")


def test_a_template_with_an_image_without_a_text_for_it_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "square.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    template = tmp_path / "letter.typ"
    template.write_text('#set document(title: "a")\n#image("square.svg")\n')
    with pytest.raises(LetterNotTypeset, match="alt"):
        typeset_template(template, {})
    template.write_text('#set document(title: "a")\n#image("square.svg", alt: "a square")\n')
    assert typeset_template(template, {}).startswith(b"%PDF-1.7")


def test_a_template_without_a_title_is_not_made(tmp_path: Path) -> None:
    template = tmp_path / "letter.typ"
    template.write_text("Text")
    with pytest.raises(LetterNotTypeset, match="title"):
        typeset_template(template, {})
