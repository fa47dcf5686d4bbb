"""Which rules of the schemes an installation may give versions of its own, and what is wrong with those it gives.

A scheme is opened, closed and opened again by another row: here that of whoever runs the installation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from fotfeste.alternative.domain.parameters import of_schemes
from fotfeste.alternative.domain.types import Condition, EndCause, Procedure
from fotfeste.kernel.parameters import Parameter

APPEAL = "alternative.can_be_appealed"
_WORDS: Mapping[str, tuple[type[StrEnum], bool]] = {  # the words of a unit, and whether there must be one at least
    "procedures": (Procedure, True),
    "conditions": (Condition, True),
    "causes": (EndCause, True),
}


def codes() -> frozenset[str]:
    """The codes of the rules of the schemes (`parameters/schemes.toml`): others are not the installation's to set."""
    return frozenset(of_schemes().codes())


def mistakes(own: Iterable[Parameter]) -> Iterator[str]:
    """What an installation's versions of these rules say that no scheme can be run by, a sentence for each."""
    for version in own:
        if version.effective_to is not None:
            yield f"{version.code}: effective_to leaves no rule after {version.effective_to}; end it by another version"
        if version.code == APPEAL and version.flag:
            yield f"{version.code}: the letters say that nobody can appeal; they must say how first (ALT-07)"
        if version.unit in _WORDS:
            yield from _unknown_words(version)
        elif version.unit in _OTHERS:
            yield from _OTHERS[version.unit](version)


def _unknown_words(version: Parameter) -> Iterator[str]:
    known, is_needed = _WORDS[version.unit]
    said = version.text.split()
    if is_needed and not said:
        yield f"{version.code}: name one of {', '.join(known)} at least"
    for word in said:
        if word not in set(known):
            yield f"{version.code}: {word!r} is none of {', '.join(known)}"


def _not_a_day(version: Parameter) -> Iterator[str]:
    try:
        date.fromisoformat(version.text)
    except ValueError:
        yield f"{version.code}: {version.text!r} is no day such as 2022-02-24"


def _too_few(version: Parameter) -> Iterator[str]:
    if version.integer < 1:
        yield f"{version.code}: {version.integer} {version.unit} is too few: 1 at least"


_OTHERS: Mapping[str, Callable[[Parameter], Iterator[str]]] = {"day": _not_a_day, "days": _too_few, "months": _too_few}
