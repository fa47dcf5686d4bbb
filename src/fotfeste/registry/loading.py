"""Bulk loading of persons and placement groups, with what finds them. Rows are named tuples of columns."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from fotfeste.kernel.names import family_tokens, fold, phonetic_key, search_tokens
from fotfeste.platform.bulk import Loader
from fotfeste.registry.domain.names import DUPLICATE_MARK
from fotfeste.registry.models import (
    DuplicateProposal,
    GroupMembership,
    Identifier,
    OutsideContact,
    Person,
    PersonDetails,
    PersonLanguage,
    PlacementGroup,
    Relation,
    SearchToken,
    StatusEvent,
)

TABLES = (
    Person,
    PersonDetails,
    Identifier,
    PersonLanguage,
    PlacementGroup,
    GroupMembership,
    Relation,
    OutsideContact,
    StatusEvent,
    SearchToken,
    DuplicateProposal,
)


class TokenRow(NamedTuple):
    """A search token of a subject."""

    token: str
    subject_id: int


class Searchable(NamedTuple):
    """What a person is found by."""

    subject_id: int
    given_name: str
    family_name: str
    original_name: str
    birth_date: date


def first_group_number(loader: Loader) -> int:
    """The number that the next placement group will have."""
    return int(loader.execute("SELECT nextval('registry_group_number')")[0][0])


def load_groups(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Placement groups, found by their numbers; the sequence goes on after the highest."""
    count = loader.copy(PlacementGroup, rows)
    numbers = [(int(getattr(row, "number")), int(getattr(row, "subject_id"))) for row in rows]  # noqa: B009
    loader.copy(SearchToken, [TokenRow(str(number), subject) for number, subject in numbers])
    if numbers:
        loader.execute("SELECT setval('registry_group_number', %s)", [max(number for number, _ in numbers)])
    return count


def sum_up_groups(loader: Loader) -> None:
    """What lists are filtered by, of every group; after all facts."""
    loader.execute("SELECT sum_up_groups_of(array_agg(subject_id)) FROM registry_placementgroup")


def load_persons(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """The anchors of persons."""
    return loader.copy(Person, rows)


def load_details(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Who persons are."""
    return loader.copy(PersonDetails, rows)


def load_identifiers(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Numbers of persons."""
    return loader.copy(Identifier, rows)


def load_languages(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Languages of persons."""
    return loader.copy(PersonLanguage, rows)


def load_memberships(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Who belongs to which group."""
    return loader.copy(GroupMembership, rows)


def load_relations(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """How persons stand to each other."""
    return loader.copy(Relation, rows)


def load_contacts(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Guardians and hosts."""
    return loader.copy(OutsideContact, rows)


def load_statuses(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Dated statuses."""
    return loader.copy(StatusEvent, rows)


def load_duplicates(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Likely duplicates; the search tokens of both must be there."""
    return loader.copy(DuplicateProposal, rows)


def load_search_tokens(loader: Loader, persons: Iterable[Searchable], numbers: Iterable[tuple[int, str]]) -> int:
    """What persons are found by: the tokens of `domain.names.tokens_of`, each name worked out once."""
    rows = [TokenRow(token, person.subject_id) for person in persons for token in tokens_by_word(person)]
    rows += [TokenRow(value.lower(), subject) for subject, value in numbers]
    return loader.copy(SearchToken, rows)


def tokens_by_word(person: Searchable) -> set[str]:
    """The tokens of a person without their numbers; a word that many have is folded and sounded out once."""
    found = {key for pair in _coarse_pairs(person) for key in (f"{DUPLICATE_MARK}{person.birth_date} {pair}",)}
    for name in (person.given_name, person.family_name, person.original_name):
        for word in name.split():
            found |= _tokens(word)
    return found | _families(person.family_name)


def _coarse_pairs(person: Searchable) -> Iterable[str]:
    given, family = _coarse(person.given_name), _coarse(person.family_name)
    return (" ".join(sorted(pair)) for pair in product(given, family))


@lru_cache(maxsize=16384)
def _tokens(word: str) -> frozenset[str]:
    return search_tokens(word)


@lru_cache(maxsize=16384)
def _families(name: str) -> frozenset[str]:
    return family_tokens(name)


@lru_cache(maxsize=16384)
def _coarse(name: str) -> tuple[str, ...]:
    return tuple(phonetic_key(word) for word in fold(name).split()) or ("",)
