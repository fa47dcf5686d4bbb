"""On what terms a municipality allows agreed self-settlement, and when it must look at them again (SET-13, SET-17).

Source: NIBR 2016:5 (written guidelines that are published; target groups; finding the next home by oneself; help with
deposit and empty rent; a national overview), NIBR 2017:1; GUIDE Vedlegg 5.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.names import fold
from fotfeste.kernel.parameters import ParameterBook


class TargetGroup(StrEnum):
    """For whom it is (målgruppe): whoever belongs to one of those that are named."""

    SINGLE_ADULTS = "single_adults"  # enslige voksne
    COUPLES = "couples"  # par uten barn
    FAMILIES = "families"  # familier med barn
    WORK = "work"  # arbeid, eller tilbud om det, i kommunen
    STUDIES = "studies"  # plass på skole eller studium
    FAMILY_HERE = "family_here"  # familie eller nettverk i kommunen
    LIVES_HERE = "lives_here"  # bor i kommunen allerede


class Deposit(StrEnum):
    """How the municipality helps with the deposit (depositum)."""

    PAID = "paid"
    GUARANTEE = "guarantee"  # kommunal garanti
    LOAN = "loan"
    ASSESSED = "assessed"  # from case to case
    NO = "no"


class EmptyRent(StrEnum):
    """Whether the municipality pays rent while the home stands empty before they come (tomgangsleie)."""

    PAID = "paid"
    ASSESSED = "assessed"
    NO = "no"


class Stand(StrEnum):
    """Where a municipality stands. That nothing is published is no answer."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"


HELPS = frozenset({Deposit.PAID, Deposit.GUARANTEE, Deposit.LOAN, Deposit.ASSESSED})
REVIEW_MONTHS = "self_settlement.terms_review_months"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a municipality publishes. No `targets`: everybody. The contact is an office's, never a person's own."""

    allows: bool
    targets: tuple[TargetGroup, ...] = ()
    target_words: str = ""
    deposit: Deposit | None = None
    empty_rent: EmptyRent | None = None
    finds_next_home: bool | None = None  # whether they find the next home themselves
    other_words: str = ""
    office: str = ""
    phone: str = ""
    email: str = ""

    @property
    def stand(self) -> Stand:
        """In one word."""
        return Stand.ALLOWED if self.allows else Stand.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Review:
    """When terms were last looked at, and from which day that is too long ago: so many months later."""

    last_on: date
    due_on: date
    months: int
    rule: RuleRef

    def is_due_on(self, day: date) -> bool:
        """Whether they should have been looked at again: on the day itself a year has passed."""
        return day >= self.due_on


def review_of(last_on: date, day: date, book: ParameterBook) -> Review:
    """The review of terms that were published or last reviewed on `last_on`, by the rule of `day`.

    The months are counted from the day itself: from 29 February it is 28 February. Raises NoRule.
    """
    months = book.get(REVIEW_MONTHS, day)
    return Review(last_on, add_months(last_on, months.integer), months.integer, months.rule_ref())


def ready_to_publish(said: Terms, people: Iterable[str] = ()) -> Terms:
    """What was said, without spaces around it and without terms where nothing is allowed.

    `people`: names of those who work there. Raises Refused with the field: `terms_need_deposit`,
    `terms_need_empty_rent`, `terms_need_next_home`, `terms_need_office`, `terms_need_way`, `terms_of_a_person`.
    """
    said = replace(
        said,
        target_words=said.target_words.strip(),
        other_words=said.other_words.strip(),
        office=said.office.strip(),
        phone=said.phone.strip(),
        email=said.email.strip(),
    )
    if said.allows:
        _refuse_incomplete(said)
        said = replace(said, targets=tuple(each for each in TargetGroup if each in said.targets))
    else:
        said = replace(said, targets=(), target_words="", deposit=None, empty_rent=None, finds_next_home=None)
    if field := _names_a_person(said, people):
        raise Refused("terms_of_a_person", field)
    return said


def is_for(terms: Terms, target: TargetGroup) -> bool:
    """Whether the terms let a group of this kind ask."""
    return terms.allows and (not terms.targets or target in terms.targets)


def helps_with_deposit(terms: Terms) -> bool:
    """Whether there is help with the deposit, or may be."""
    return terms.deposit in HELPS


def pays_empty_rent(terms: Terms) -> bool:
    """Whether the municipality pays rent for a home that stands empty, or may do."""
    return terms.empty_rent in (EmptyRent.PAID, EmptyRent.ASSESSED)


def _refuse_incomplete(said: Terms) -> None:
    missing: Mapping[str, tuple[str, bool]] = {
        "terms_need_deposit": ("deposit", said.deposit is None),
        "terms_need_empty_rent": ("empty_rent", said.empty_rent is None),
        "terms_need_next_home": ("finds_next_home", said.finds_next_home is None),
        "terms_need_office": ("office", not said.office),
        "terms_need_way": ("phone", not (said.phone or said.email)),
    }
    for code, (field, is_missing) in missing.items():
        if is_missing:
            raise Refused(code, field)


def _names_a_person(said: Terms, people: Iterable[str]) -> str:
    """The field whose words are the name of somebody who works there; empty where none is.

    Two words of a name at least: an office may be called as somebody is by one.
    """
    typed = {"office": _words(said.office), "email": _words(said.email.partition("@")[0])}
    names = [_words(name) for name in people]
    for field, words in typed.items():
        if any(len(words & name) > 1 for name in names):
            return field
    return ""


def _words(text: str) -> frozenset[str]:
    """The words of a name as they are written in an address: without regard to capitals, and to æ, ø and å."""
    return frozenset(fold(word) for word in _WORD.findall(text))
