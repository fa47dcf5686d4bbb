"""The dated parameters of refusal."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def book() -> ParameterBook:
    """Every version of every parameter of refusal. Raises ParameterError where the file contradicts itself."""
    return ParameterBook.load(files(__package__).joinpath("refusal.toml").read_text(encoding="utf-8"))
