"""The dated limits of stays, read once from the files beside this module."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def book() -> ParameterBook:
    """Every version of every limit of this domain (`parameters/reception.toml`)."""
    text = files("fotfeste.accommodation.domain").joinpath("parameters/reception.toml").read_text("utf-8")
    return ParameterBook.load(text)
