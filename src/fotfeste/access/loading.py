"""Bulk loading of subjects and needs to know (the synthetic country, imports). Rows are named tuples of columns."""

from collections.abc import Sequence
from typing import NamedTuple

from fotfeste.access.models import Need, Subject
from fotfeste.platform.bulk import Loader

TABLES = (Subject, Need)


def first_subject_key(loader: Loader) -> int:
    """The first key that no subject has."""
    return loader.next_key(Subject)


def load_subjects(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Subjects with their keys and references. First the subject, then the need, then the row about it."""
    return loader.copy(Subject, rows)


def load_needs(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Needs to know, open and ended."""
    return loader.copy(Need, rows)
