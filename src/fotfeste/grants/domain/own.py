"""Which terms of a grant an installation may give versions of its own: the rates; and what is wrong with them."""

from collections.abc import Iterable, Iterator

from fotfeste.grants.domain.types import Scheme
from fotfeste.kernel.parameters import Parameter


def codes() -> frozenset[str]:
    """The codes of the monthly rates. What a part of a month counts and when grants are paid is not set here: runs that
    are paid rest on it.
    """
    return frozenset(f"grants.{scheme}.monthly_rate" for scheme in Scheme)


def mistakes(own: Iterable[Parameter]) -> Iterator[str]:
    """What an installation's rates say that no run can be computed by, a sentence for each."""
    for version in own:
        if version.integer < 1:
            yield f"{version.code}: {version.integer} is no rate: write it in øre, 1 at least"
        ends = (version.effective_from, version.effective_to or version.effective_from)
        if any(day.day != 1 for day in ends):
            yield f"{version.code}: a rate holds for whole months: from and to the first of one"
