"""Letters as lists and panels show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.kernel.calendar import legal_day
from fotfeste.letters.domain.composing import compose
from fotfeste.letters.domain.texts import text_of
from fotfeste.letters.domain.types import TO_OUTSIDERS, Language, LetterKind, LetterStatus
from fotfeste.letters.models import Letter
from fotfeste.letters.queries import letters_about
from fotfeste.letters.words import KINDS, LANGUAGES, STATUSES, TONES
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A line of a list of letters."""

    reference: str
    title: str
    kind: str
    language: str
    tag: str  # the language as the page marks it
    sender: str
    receiver: str  # one of the people, or somebody outside; empty for the household
    receiver_id: int | None
    status: str
    tone: str
    since_on: date
    days: int
    is_unread: bool
    is_checked: bool
    lacks_unit: bool
    compartment: str  # where it lies: what a page says that it shows

    def is_to(self, organisation_id: int) -> bool:
        """Whether it is to this organisation."""
        return self.receiver_id == organisation_id


def rows_of(letters: Iterable[Any], day: date) -> list[LetterRow]:
    """The lines of some letters of `queries`."""
    return [_row(letter, day) for letter in letters]


def letters_of(subject_id: int, day: date) -> list[LetterRow]:
    """The lines of the letters about a household that the session may see, the newest first. One query."""
    return rows_of(letters_about(subject_id), day)


def first_words(kind: LetterKind, language: Language, facts: Mapping[str, Any], on: date) -> tuple[str, ...]:
    """What a letter says first: its lead and what follows up to the second heading. For a look before it is written.

    Raises FactsMissing.
    """
    written = compose(kind, language, facts, sender="", receiver=(), reference="", written_on=on)
    found: list[str] = []
    headings = 0
    for block in written.blocks:
        headings += block.form == "heading"
        if headings > 1:
            break
        found += [part for part in (block.text, *block.items) if part]
    return tuple(found)


def coded_words(kind: LetterKind, language: Language, words: str, codes: Iterable[str]) -> tuple[str, ...]:
    """The sentences that a letter has for these codes. Raises KeyError for a code that it has no words for."""
    said = text_of(kind, language).codes[words]
    return tuple(said[code] for code in codes)


def _row(letter: Any, day: date) -> LetterRow:
    since_on = legal_day(_since(letter))
    return LetterRow(
        reference=letter.reference,
        title=letter.title,
        kind=str(KINDS[LetterKind(letter.kind)]),
        language=str(LANGUAGES[Language(letter.language)]),
        tag=letter.language,
        sender=letter.from_organisation.name,
        receiver=_receiver(letter),
        receiver_id=letter.to_organisation_id,
        status=str(STATUSES[LetterStatus(letter.status)]),
        tone=TONES[LetterStatus(letter.status)],
        since_on=since_on,
        days=(day - since_on).days,
        is_unread=letter.opened_at is None,
        is_checked=letter.checked == "true",
        lacks_unit=letter.way == "post",
        compartment=letter.compartment,
    )


def _receiver(letter: Any) -> str:
    """An organisation; somebody outside Fotfeste; one of the household, where the letter is theirs alone."""
    if letter.to_organisation:
        return str(letter.to_organisation.name)
    is_to_one = letter.kind in TO_OUTSIDERS or (letter.subject_id is not None and len(letter.also_about) == 1)
    return str(next(iter(letter.to or ()), "")) if is_to_one else ""


def _since(letter: Letter) -> datetime:
    """When the letter came to where it is."""
    steps = (letter.returned_at, letter.opened_at, letter.delivered_at, letter.sent_at)
    return next((at for at in steps if at is not None), letter.written_at)


def may_follow(viewer: Viewer, letter: Letter) -> bool:
    """Whether a letter is the viewer's to follow: of their own organisation, or to people whom they see."""
    is_handed_over = letter.to_organisation_id is None and letter.kind not in TO_OUTSIDERS
    return is_handed_over or letter.from_organisation_id == viewer.organisation_id
