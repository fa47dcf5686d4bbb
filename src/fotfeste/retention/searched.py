"""What was typed into searches by which somebody may be found: blanked in the log of looks when they are anonymised."""

import json
from collections.abc import Iterable, Iterator, Mapping

from django.db.backends.utils import CursorWrapper

from fotfeste.kernel.identifiers import normalise_digits
from fotfeste.kernel.names import fold
from fotfeste.retention.erasing import Parameters, change

_LEAST = 2  # letters that a search begins with
_NAMES = """
    SELECT given_name || ' ' || family_name || ' ' || original_name, birth_date FROM registry_persondetails
    WHERE subject_id = ANY (%(subjects)s)
"""
_NUMBERS = """
    SELECT value FROM registry_identifier WHERE subject_id = ANY (%(subjects)s)
    UNION SELECT number::text FROM registry_placementgroup WHERE subject_id = %(household)s
"""
_SEARCHES = "SELECT id, asked FROM access_look WHERE household_id IS NULL AND asked <> '{}'"


def blank_searches(cursor: CursorWrapper, parameters: Parameters) -> None:
    """Blank every search that has a word of theirs, or the beginning of one. Before who they are goes.

    Rather one too many: that a list was searched, by whom and when, stays in the log.
    """
    theirs = frozenset(_words_of(cursor, parameters))
    cursor.execute(_SEARCHES)
    # Django has psycopg leave JSON as text.
    keys = [key for key, asked in cursor.fetchall() if _asks_for(json.loads(asked), theirs)]
    change(cursor, "access_look", {"asked": "'{}'::jsonb"}, "t.id = ANY (%(keys)s)", {"keys": keys}, is_fact=True)


def _words_of(cursor: CursorWrapper, parameters: Parameters) -> Iterator[str]:
    cursor.execute(_NAMES, parameters)
    for names, born_on in cursor.fetchall():
        yield from fold(names).split()
        yield from (born_on.strftime(form) for form in ("%Y%m%d", "%d%m%Y", "%d%m%y"))
        yield f"{born_on.day}{born_on.month}{born_on.year}"
    cursor.execute(_NUMBERS, parameters)
    for (number,) in cursor.fetchall():
        yield number.lower()


def _asks_for(asked: Mapping[str, str], theirs: Iterable[str]) -> bool:
    typed = [word for value in asked.values() for word in _typed(value)]
    return any(_means(word, their) for word in typed for their in theirs)


def _means(word: str, their: str) -> bool:
    """Whether a word that was typed is one of theirs, begins one, or goes on after one."""
    return (len(word) >= _LEAST and their.startswith(word)) or (len(their) > _LEAST and word.startswith(their))


def _typed(value: str) -> Iterator[str]:
    """The words of a search, and its digits as one number."""
    yield from fold(value).split()
    yield from filter(None, ["".join(char for char in normalise_digits(value) if char.isdigit())])
