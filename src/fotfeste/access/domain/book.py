"""The dated parameters of access."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def book() -> ParameterBook:
    """Every version of every parameter of access. Raises ParameterError where versions contradict."""
    text = files("fotfeste.access.domain").joinpath("parameters", "looks.toml").read_text(encoding="utf-8")
    return ParameterBook.load(text)
