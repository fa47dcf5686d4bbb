"""What becomes of a table's rows when the purpose of keeping them is over: said by the package that has the table, in
its `forgetting.py` (settings.FOTFESTE_FORGETTING), carried out by `retention` as the owner of the database, and by
nobody else: the app role neither deletes facts nor changes them.

A fact is not updated by the owner either: it is deleted and written again under its own key, without what was personal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of what is kept of a household; each has its own period."""

    CONTACTS = "contacts"  # guardians, hosts, others outside
    TEXTS = "texts"  # what was written and said: notes, answers, mapping, reasons in words
    IDENTITY = "identity"  # everything else that tells who they are


OF_SUBJECT = "t.subject_id = ANY (%(subjects)s)"
NOTHING_WRITTEN = "'–'"  # where the database wants words


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What becomes of the rows of a table, called `t`, that are about a household and its people.

    `sets`: columns and the SQL of what they become; None: the rows are deleted. `renewed`: columns that get another
    random reference. `whose` is the SQL condition, of %(subjects)s (the household, its people and the records put aside
    as seconds of theirs) and %(household)s. `is_fact`: the table is one of facts.
    """

    table: str
    part: Part
    sets: Mapping[str, str] | None = None
    renewed: tuple[str, ...] = ()
    whose: str = OF_SUBJECT
    is_fact: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Columns of a table that stay as they are although they could hold something of somebody, and why."""

    table: str
    columns: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Rows of a table, called `t`, that go by their own age: past a rule's period, counted from an instant.

    `only` is a further SQL condition; `sets` and `is_fact` as above.
    """

    rule: str
    table: str
    counts_from: str
    only: str = "true"
    sets: Mapping[str, str] | None = None
    is_fact: bool = False
