"""The dated parameters of access."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook

FILES = ("looks.toml", "emergency.toml", "protection.toml")


@cache
def book() -> ParameterBook:
    """Every version of every parameter of access. Raises ParameterError where versions contradict."""
    folder = files("fotfeste.access.domain").joinpath("parameters")
    return ParameterBook.load("\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in FILES))
