"""The dated rules of retention: those that are shipped, and the installation's own on top of them."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fotfeste.kernel.parameters import ParameterBook, ParameterError


@cache
def shipped() -> ParameterBook:
    """Every version of every rule that comes with the program. Raises ParameterError where versions contradict."""
    text = files("fotfeste.retention.domain").joinpath("parameters", "retention.toml").read_text(encoding="utf-8")
    return ParameterBook.load(text)


def book(own: Path | None = None) -> ParameterBook:
    """The shipped rules with the installation's own versions, a TOML file of the same form.

    Raises ParameterError for a rule that there is not: a misspelt one would confirm nothing, and nobody would see it.
    """
    if own is None:
        return shipped()
    added = ParameterBook.load(own.read_text(encoding="utf-8")).versions
    unknown = sorted({each.code for each in added} - set(shipped().codes()))
    if unknown:
        raise ParameterError(f"{code}: there is no such rule" for code in unknown)
    return shipped().with_versions(added)
