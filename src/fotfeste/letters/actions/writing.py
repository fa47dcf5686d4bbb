"""To write a letter: its text, its PDF and the facts it was made of, kept as they are."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.letters.domain.composing import FactsMissing, compose
from fotfeste.letters.domain.types import TO_OUTSIDERS, TO_PEOPLE, Language, LetterKind, Written, languages_of
from fotfeste.letters.models import Letter
from fotfeste.letters.typesetting import SignNotInFont, typeset, words_of
from fotfeste.platform.acts import act
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.files import store
from fotfeste.platform.models import StoredFile
from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.viewer import Viewer

FILE_KIND = "letter"


@act
def write_letter(
    kind: str,
    *,
    subject_id: int | None,
    to_organisation_id: int | None,
    language: str,
    facts: Mapping[str, Any],
    compartment: str,
    by: Viewer,
    at: datetime,
    receiver: Sequence[str] = (),
    also_about: Collection[int] = (),
) -> Letter:
    """Write a letter: a draft with its PDF. Sent by `send_letter`.

    `facts` are what the text of the kind asks for (docs/letters.md): days as dates or ISO text, sums in øre, codes.
    `receiver`: the lines of the address of a letter to people (their names where it is empty) or to somebody who
    has no mailbox here; an organisation's own name is used for it. `subject_id` is None for a letter to an
    organisation about several; `also_about` are those it names. Whoever's address is protected is left out of such
    a letter by its writer, and gets one of their own.

    A letter to people is for those who know of the subject; one to an organisation is its writer's and its receiver's.
    Raises Refused `letter_not_in_language` for a language that the kind is not written in, `letter_without_receiver`
    where there is nobody to send it to, `letter_facts_missing` with what the text asks for and the facts do not have,
    `letter_cannot_show` with the first sign that the letter's fonts do not have.
    """
    letter_kind, wanted = LetterKind(kind), Language(language)
    _refuse(letter_kind, wanted, to_organisation_id, receiver)
    parties = Organisation.objects.in_bulk([by.organisation_id, to_organisation_id or by.organisation_id])
    to = parties[to_organisation_id] if to_organisation_id is not None else None
    kept = _plain(facts)
    lines = [to.name] if to else list(receiver) or list(kept.get("names", ()))[:1]
    written = _written(letter_kind, wanted, kept, sender=parties[by.organisation_id].name, receiver=lines, at=at)
    letter = Letter(
        reference=written.reference,
        kind=letter_kind,
        language=wanted,
        subject_id=subject_id,
        also_about=sorted(set(also_about)),
        compartment=compartment,
        from_organisation_id=by.organisation_id,
        to_organisation=to,
        facts=kept,
        written=words_of(written),
        written_at=at,
        written_by_id=by.user_id,
    )
    letter.file = _pdf(letter, written, by=by, at=at)
    letter.save(force_insert=True)
    told = Happening(
        type="letters.written",
        subject_id=subject_id,
        object_kind="letter",
        object_id=letter.pk,
        other_organisation_id=to_organisation_id,
    )
    publish(told, by=by, at=at)
    return letter


def _refuse(kind: LetterKind, language: Language, to_organisation_id: int | None, receiver: Sequence[str]) -> None:
    if language not in languages_of(kind):
        raise Refused("letter_not_in_language", params={"language": language})
    is_to_organisation = kind not in TO_PEOPLE | TO_OUTSIDERS
    if is_to_organisation is (to_organisation_id is None):
        raise Refused("letter_without_receiver")
    if kind in TO_OUTSIDERS and not any(line.strip() for line in receiver):
        raise Refused("letter_without_receiver")


def _written(
    kind: LetterKind,
    language: Language,
    facts: Mapping[str, Any],
    *,
    sender: str,
    receiver: Sequence[str],
    at: datetime,
) -> Written:
    """The letter in words, with a reference of its own."""
    try:
        return compose(
            kind,
            language,
            facts,
            sender=sender,
            receiver=receiver,
            reference=new_reference(),
            written_on=legal_day(at),
        )
    except FactsMissing as error:
        raise Refused("letter_facts_missing", params={"what": str(error)}) from error


def _pdf(letter: Letter, written: Written, *, by: Viewer, at: datetime) -> StoredFile:
    """The letter typeset and kept: of those who see the letter, and nobody else."""
    to = letter.to_organisation_id
    try:
        content = typeset(written)
    except SignNotInFont as error:
        raise Refused("letter_cannot_show", params={"sign": error.sign}) from error
    return store(
        letter.subject_id,
        f"{written.title}.pdf",
        content,
        FILE_KIND,
        compartment=letter.compartment,
        seen_by=() if to is None else (letter.from_organisation_id, to),
        also_about=letter.also_about,
        by=by,
        at=at,
    )


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as JSON keeps them: days as ISO text."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(facts), default=_as_text))
    return plain


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a letter is not made of {type(value).__name__}")
