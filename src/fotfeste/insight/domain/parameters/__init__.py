"""Figures that others have published, to hold one's own against."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def published() -> ParameterBook:
    """Everything that is published, by code and year. Raises ParameterError where the file contradicts itself."""
    return ParameterBook.load((files(__package__) / "published.toml").read_text(encoding="utf-8"))
