"""The dated parameters of the registry."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def book() -> ParameterBook:
    """Every version of every parameter of the registry. Raises ParameterError where versions contradict."""
    return ParameterBook.load(files(__package__).joinpath("desks.toml").read_text(encoding="utf-8"))
