"""Whoever moves privately is reminded to notify the population register (Folkeregisteret), in a letter (ACC-07)."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.access.public import Compartment
from fotfeste.kernel.calendar import legal_day
from fotfeste.letters.public import Letter, LetterKind, language_to_people, send_letter, write_letter
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of, unaccompanied_among


def remind_of_register(
    group_id: int, person_ids: Collection[int], moved_on: date, *, by: Viewer, at: datetime
) -> Letter | None:
    """The reminder to those who have moved, in the first language of theirs that letters are written in; the centre
    hands it over. None where none of them belongs to the household any more.

    It names no address: it is theirs to notify, and a protected one is in no letter. It lies with the stays, which the
    centre sees after they have left. Part of what follows from a move. Source: GUIDE 1.9.
    """
    today = legal_day(at)
    moved = [each for each in members_of(group_id, today) if each.subject_id in set(person_ids)]
    if not moved:
        return None
    alone = unaccompanied_among(moved, today)
    letter = write_letter(
        LetterKind.POPULATION_REGISTER,
        subject_id=group_id,
        to_organisation_id=None,
        language=language_to_people(language for each in moved for language in each.languages),
        facts={
            "names": [each.name for each in moved],
            "moved_on": moved_on,
            "guardian": "alone" if len(alone) == len(moved) else "",
        },
        compartment=Compartment.STAYS,
        by=by,
        at=at,
    )
    return send_letter(letter.reference, by=by, at=at)
