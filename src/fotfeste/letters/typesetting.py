"""A written letter as an accessible PDF (PDF/UA-1), typeset by Typst.

The letter reaches the template as JSON, never as source: nothing that anybody is called is read as a command. The fonts
are those that the front end is built with; the machine's own are not asked. The same letter gives the same bytes: no
clock and no random number goes in. Takes some milliseconds (docs/adr/0029), so that it is done inside the act.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from fotfeste.letters.domain.types import Written

FONTS = Path(__file__).resolve().parent.parent / "static" / "build" / "fonts"
TEMPLATE = Path(__file__).resolve().parent / "typeset" / "letter.typ"
FAMILY = "Noto Sans"
# What the engine says of a sign that no font has; quoted as in its own source.
_NOT_IN_FONT = re.compile(r'the text `"(.+?)"` could not be displayed with font')


class LetterNotTypeset(RuntimeError):
    """The letter could not be made: no fonts, or something without which it is not accessible is missing."""


class SignNotInFont(LetterNotTypeset):
    """The letter has a sign that the fonts do not have: paper would show a box, and a screen reader say nothing."""

    def __init__(self, sign: str) -> None:
        """`sign`: the first that cannot be shown. It may be of a name, so that no message has it."""
        super().__init__("a sign is not in the fonts")
        self.sign = sign


def typeset(letter: Written) -> bytes:
    """The PDF. Raises SignNotInFont; LetterNotTypeset where there is no title, no language, or an image without a text
    for it.
    """
    if not letter.title.strip() or not str(letter.language).strip():
        raise LetterNotTypeset("a letter needs a title and a language")
    return typeset_template(TEMPLATE, as_stored(letter))


def as_stored(letter: Written) -> dict[str, object]:
    """The letter as plain JSON: what the template gets."""
    stored: dict[str, object] = json.loads(json.dumps(asdict(letter)))
    return stored


def words_of(letter: Written) -> dict[str, object]:
    """What is kept of the letter beside its reference: every word that the reader sees."""
    return {name: value for name, value in as_stored(letter).items() if name != "reference"}


def typeset_template(template: Path, letter: Mapping[str, object]) -> bytes:
    """The PDF of a template with a letter. Raises SignNotInFont, or LetterNotTypeset with what the engine says."""
    try:
        made = typst.compile(
            template,
            root=template.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"letter": json.dumps(letter, ensure_ascii=False)},
            timestamp=0,
        )
    except typst.TypstError as error:
        if found := _NOT_IN_FONT.search(str(error)):
            raise SignNotInFont(found[1]) from None
        raise LetterNotTypeset(str(error)) from error
    return made


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    if FAMILY not in fonts.families():
        raise LetterNotTypeset(f"no {FAMILY} in {FONTS}: the front end is not built (./fotfeste builds it)")
    return fonts
