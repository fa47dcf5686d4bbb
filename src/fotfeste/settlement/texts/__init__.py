"""The words given to residents and staff around the settlement interview, as text files that name their source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fotfeste.settlement.domain.consequences import consequences_in
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import Training

LEAFLET_LANGUAGES = ("nb", "uk", "ru")  # the languages in which the guide gives the leaflet


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question as it is asked, by language, and as the staff's guide puts it (nb and en)."""

    asked: Mapping[str, str]
    staff: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What is handed out before the interview (guide, Vedlegg 2 to 4), in one language."""

    language: str
    title: str
    before: tuple[str, ...]
    questions: tuple[str, ...]
    after: tuple[str, ...]
    loses: tuple[str, ...]
    training: str  # that Norwegian training is kept, or that it is being clarified; empty where it is among the lost
    closing: str
    source: str


@dataclass(frozen=True, slots=True)
class Example:
    """One of the guide's examples of what to register and what to leave out."""

    case: str
    register: str
    leave_out: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What belongs in question one and what does not, with the examples."""

    examples: tuple[Example, ...]
    register: tuple[str, ...]
    leave_out: tuple[str, ...]
    consequence: str  # of not answering
    source: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the general information (guide, Vedlegg 5)."""

    title: str
    text: str


@cache
def questions() -> Mapping[Question, QuestionText]:
    """The five questions, in the order in which they are asked."""
    found = _load("questions")
    return {
        question: QuestionText(
            asked={code: found[question][code] for code in ("nb", "uk", "ru", "en")},
            staff={"nb": found[question]["staff"], "en": found[question]["staff_en"]},
            source=found[question]["source"],
        )
        for question in Question
    }


@cache
def leaflet(language: str, training: Training | None = None) -> Leaflet:
    """The leaflet in one of LEAFLET_LANGUAGES. Raises KeyError for any other.

    `training`: what the ruling in force says of Norwegian training after a no; without one it is said to be clarified.
    """
    found = _load("leaflet")[language]
    [offer] = consequences_in((), staff_language=language, training=training)
    return Leaflet(
        language=language,
        title=found["title"],
        before=tuple(found["before"]),
        questions=tuple(text.asked[language] for text in questions().values()),
        after=tuple(found["after"]),
        loses=(*found["loses"], *(offer.lost[-1:] if training is Training.LOST else ())),
        training=offer.kept[-1] if training is Training.KEPT else offer.unclear,
        closing=found["closing"],
        source=found["source"],
    )


@cache
def guidance(language: str) -> Guidance:
    """The checklist and the examples beside question one, in nb or en."""
    found = _load("guidance")
    return Guidance(
        examples=tuple(
            Example(each[f"{language}_case"], each[f"{language}_register"], each[f"{language}_leave_out"])
            for each in found["example"]
        ),
        register=tuple(each[language] for each in found["register"]),
        leave_out=tuple(each[language] for each in found["leave_out"]),
        consequence=found["consequence"][language],
        source=found["source"],
    )


@cache
def general_information(language: str, training: Training | None = None) -> tuple[Topic, ...]:
    """What every resident is told about the process before the interview, in nb or en; `training` as in the leaflet."""
    found = _load("general_information")
    [offer] = consequences_in((), staff_language=language, training=training)
    told = {Training.KEPT: offer.kept[-1], Training.LOST: found["training"][f"{language}_lost"]}
    of_a_no = told[training] if training else offer.unclear
    return tuple(
        Topic(each[f"{language}_title"], f"{each[language]} {of_a_no}" if "is_about_a_no" in each else each[language])
        for each in found["topic"]
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
