"""The dated rules of living privately: those that are shipped, and the installation's own of the schemes on top."""

from functools import cache

from fotfeste.alternative.domain import parameters
from fotfeste.alternative.domain.own import codes, mistakes
from fotfeste.kernel.parameters import Parameter, ParameterBook
from fotfeste.platform.own_rules import own_versions

__all__ = ["book", "codes", "mistakes"]


def book() -> ParameterBook:
    """Every version of every rule, the installation's own included (docs/schemes.md)."""
    return _with(own_versions(codes()))


@cache
def _with(own: tuple[Parameter, ...]) -> ParameterBook:
    return parameters.book().with_versions(own)
