"""The dated limits of stays, read once from the files beside this module."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook

FILES = ("reception.toml", "private.toml")


@cache
def book() -> ParameterBook:
    """Every version of every limit of this domain (`parameters/*.toml`)."""
    folder = files("fotfeste.accommodation.domain").joinpath("parameters")
    return ParameterBook.load("\n".join(folder.joinpath(name).read_text("utf-8") for name in FILES))
