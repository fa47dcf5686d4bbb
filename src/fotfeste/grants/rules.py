"""The dated terms of grants: those that are shipped, and the installation's own rates on top."""

from functools import cache

from fotfeste.grants.domain import parameters
from fotfeste.grants.domain.own import codes, mistakes
from fotfeste.grants.domain.terms import Terms
from fotfeste.grants.domain.types import Scheme
from fotfeste.kernel.parameters import Parameter, ParameterBook
from fotfeste.platform.own_rules import own_versions

__all__ = ["book", "codes", "mistakes", "terms_here"]


def book() -> ParameterBook:
    """Every version of every term, the installation's own rates included (docs/schemes.md)."""
    return _with(own_versions(codes()))


def terms_here(scheme: Scheme) -> Terms:
    """The scheme's terms in this installation: the national ones, with its own rates."""
    return Terms(scheme, book())


@cache
def _with(own: tuple[Parameter, ...]) -> ParameterBook:
    return parameters.book().with_versions(own)
