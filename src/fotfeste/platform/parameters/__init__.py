"""The dated limits of the platform."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def book() -> ParameterBook:
    """Every version of every limit of the platform. Raises ParameterError where versions contradict."""
    return ParameterBook.load(files("fotfeste.platform.parameters").joinpath("files.toml").read_text(encoding="utf-8"))
