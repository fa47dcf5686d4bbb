"""The installation's own dated rules of the schemes, from the file that FOTFESTE_SCHEMES names (docs/schemes.md).

Each domain says which of its rules an installation may give versions of, and what it cannot be run by: the module that
`settings.FOTFESTE_OWN_RULES` names has `book()`, `codes()` and `mistakes(versions)`. A file with a mistake stops the
program before it begins: a rule that is misspelt would open nothing, and nobody would see it.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterError


class OwnRulesNotUsable(ValueError):
    """The file of the installation's own rules cannot be used: its name, and a line for each mistake."""

    def __init__(self, path: str, mistakes: tuple[str, ...]) -> None:
        self.path, self.mistakes = path, mistakes
        lines = "".join(f"\n  {mistake}" for mistake in mistakes)
        super().__init__(f"The rules in {path} (FOTFESTE_SCHEMES) cannot be used:{lines}")


def own_versions(codes: frozenset[str]) -> tuple[Parameter, ...]:
    """The installation's own versions of the rules with these codes; none where it has no file.

    Raises OwnRulesNotUsable.
    """
    path = settings.SCHEME_RULES
    return _chosen(path, codes) if path else ()


@cache
def _chosen(path: str, codes: frozenset[str]) -> tuple[Parameter, ...]:
    return tuple(version for version in _read(path) if version.code in codes)


@cache
def _read(path: str) -> tuple[Parameter, ...]:
    """The versions of a file. Read once: what is changed in it holds when the program is started again."""
    try:
        return ParameterBook.load(Path(path).read_text(encoding="utf-8")).versions
    except ParameterError as error:
        raise OwnRulesNotUsable(path, error.mistakes) from error
    except (OSError, UnicodeDecodeError) as error:
        raise OwnRulesNotUsable(path, (f"it cannot be read: {error}",)) from error


def check_own_rules() -> None:
    """Look through the file before anything is begun. Raises OwnRulesNotUsable with every mistake."""
    path = settings.SCHEME_RULES
    if not path:
        return
    modules = [import_module(name) for name in settings.FOTFESTE_OWN_RULES]
    known = frozenset[str]().union(*(module.codes() for module in modules))
    found = [f"{code}: there is no such rule" for code in sorted({each.code for each in _read(path)} - known)]
    for module in modules:
        try:
            versions: ParameterBook = module.book()
        except ParameterError as error:  # against what is shipped: another unit or type, the same days
            found += error.mistakes
            continue
        found += module.mistakes(each for each in _read(path) if each.code in set(versions.codes()) & module.codes())
    if found:
        raise OwnRulesNotUsable(path, tuple(found))
