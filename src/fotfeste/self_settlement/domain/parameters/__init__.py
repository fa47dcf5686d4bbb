"""The dated parameters of self_settlement, one file for each theme; all of them make one book."""

from functools import cache
from importlib.resources import files

from fotfeste.kernel.parameters import ParameterBook


@cache
def book() -> ParameterBook:
    """Every version of every parameter of self_settlement. Raises ParameterError where files contradict."""
    texts = sorted(
        (each.name, each.read_text(encoding="utf-8"))
        for each in files(__package__).iterdir()
        if each.name.endswith(".toml")
    )
    return ParameterBook(tuple(version for _, text in texts for version in ParameterBook.load(text).versions))
