"""Which schemes can be applied for without a login on a day, by the dated rules."""

from datetime import date

from fotfeste.alternative.domain.schemes import open_schemes as all_open
from fotfeste.alternative.domain.schemes import procedures_of
from fotfeste.alternative.domain.types import Procedure, Scheme
from fotfeste.alternative.rules import book


def open_schemes(day: date) -> frozenset[Scheme]:
    """The schemes that are open on a day and, where the rules speak of a portal, have theirs open too."""
    return frozenset(scheme for scheme in all_open(day, book()) if _has_portal(scheme, day))


def may_agree_first(scheme: Scheme, day: date) -> bool:
    """Whether the scheme has a procedure for those who have agreed with the municipality already (ALT-04)."""
    return Procedure.FAST in procedures_of(scheme, day, book())


def _has_portal(scheme: Scheme, day: date) -> bool:
    code = f"alternative.{scheme}_portal"
    return not book().history(code) or book().get(code, day).flag
