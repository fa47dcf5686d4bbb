"""What a group asks of its municipality (SET-03, SET-04, SET-10).

What must be there are the needs of its case, which IMDi adds to and ends. All else is read from the answers of its
settlement interview, and only answers count: a question that somebody declined leaves their needs out, and is told
(GUIDE 1.4).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from fotfeste.allocation.domain.types import Adult, Background, Needs, Resource, Service, Tie
from fotfeste.allocation.domain.vocabulary import Vocabulary, vocabulary
from fotfeste.settlement.domain.contents import (
    Adaptation,
    Content,
    Degree,
    Education,
    ExtraNeeds,
    FunctionArea,
    HelpKind,
    Occupation,
    Pets,
    Question,
    Relations,
)
from fotfeste.settlement.domain.types import Capability

# By the age that a child turns in the year, as settlement counts the places. Grunnskolen: ten years from the calendar
# year of the sixth birthday (opplæringslova § 2-1). Kindergarten: from the year after the birth until then.
SCHOOL_AGES = range(6, 16)
KINDERGARTEN_AGES = range(1, 6)
_AT_HOME = frozenset({HelpKind.HOME_NURSING, HelpKind.PERSONAL_ASSISTANT, HelpKind.SUPPORT_CONTACT})


@dataclass(frozen=True, slots=True)
class Interviewed:
    """A member with what they answered. `answers`: None is a declined question; one that is not there was not asked.

    `turns`: the age that they turn in the calendar year, had that birthday or not. `is_adult`: asked about education
    and work for the choice of municipality, by the rule of the interview's day.
    """

    age: int
    is_adult: bool
    is_unaccompanied_minor: bool = False
    answers: Mapping[Question, Content | None] = field(default_factory=dict)
    turns: int = field(kw_only=True)


def needs_of(members: Iterable[Interviewed], hard: frozenset[Capability]) -> Needs:
    """What the group needs, as one group: what any member needs, all of them need. `hard`: of its case. Pure; raises
    nothing.
    """
    members = tuple(members)
    words = vocabulary()
    contents = [content for member in members for content in member.answers.values() if content is not None]
    return Needs(
        hard=hard,
        services=frozenset(_services(contents)),
        ties=tuple(dict.fromkeys(_ties(contents, words))),
        adults=tuple(Adult(member.age, _backgrounds(member, words)) for member in members if member.is_adult),
        declined=frozenset(
            question for member in members for question, content in member.answers.items() if content is None
        ),
    )


def uses_of(members: Iterable[Interviewed], needs: Needs) -> Mapping[Resource, int]:
    """What the group uses of each resource: persons, and what else it uses any of.

    Places in school and kindergarten go by the year of birth, not by the birthday: `settlement_used_by` in the
    database, which refuses who is one too many, counts the same. Source: SET-10; opplæringslova § 2-1.
    """
    members = tuple(members)
    counts = {
        Resource.PERSONS: len(members),
        Resource.MINORS: sum(member.is_unaccompanied_minor for member in members),
        Resource.ADAPTED_HOMES: int(Capability.ADAPTED_HOUSING in needs.hard),
        Resource.SCHOOL_PLACES: sum(member.turns in SCHOOL_AGES for member in members),
        Resource.KINDERGARTEN_PLACES: sum(member.turns in KINDERGARTEN_AGES for member in members),
    }
    return {resource: count for resource, count in counts.items() if count}


def _services(contents: Iterable[Content]) -> Iterator[Service]:
    for content in contents:
        if isinstance(content, Pets) and content.has_pets and content.will_part:
            yield Service.PET_HOME
        if isinstance(content, Adaptation) and content.is_needed:
            yield from _services_of(content.extra)


def _services_of(extra: ExtraNeeds) -> Iterator[Service]:
    if HelpKind.SCHOOL_ASSISTANT in extra.help_kinds:
        yield Service.SCHOOL_SUPPORT
    if _AT_HOME & set(extra.help_kinds):
        yield Service.HOME_HELP
    if FunctionArea.HEARING in extra.function_areas:
        yield Service.HEARING
    if extra.training_adaptation or extra.takes_part_in_training is Degree.PARTLY:
        yield Service.ADAPTED_TRAINING


def _ties(contents: Iterable[Content], words: Vocabulary) -> Iterator[Tie]:
    for content in contents:
        if isinstance(content, Relations) and content.has_relations:
            for relation in content.relations:
                if relation.municipality:
                    yield Tie(relation.municipality, words.strength(relation.relation))


def _backgrounds(member: Interviewed, words: Vocabulary) -> tuple[Background, ...]:
    """What an adult has worked with, then what they are educated in, as far as it is recognised."""
    said: list[tuple[str, bool]] = []
    for content in member.answers.values():
        if isinstance(content, Occupation) and content.has_worked:
            said.append((content.title, True))
        if isinstance(content, Education) and content.has_education:
            said.append((content.field, False))
    found = [(words.background(text), has_worked) for text, has_worked in sorted(said, key=lambda each: not each[1])]
    return tuple(replace(each, has_worked=has_worked) for each, has_worked in found if each is not None)
