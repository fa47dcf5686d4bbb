"""What a scheme allows on a day: applications, procedures, a start before the decision, what ends it, how long.

Every answer is a dated rule of `parameters/schemes.toml`. Source: MAMOT evaluation 3.2.1, 4.1, 4.2.2-4.2.4, 7.2.8.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.alternative.domain.types import EndCause, Procedure, Scheme
from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import NoRule, Refused
from fotfeste.kernel.parameters import ParameterBook


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is to be done, and by which rule."""

    on: date
    rule: RuleRef


def is_open(scheme: Scheme, on: date, book: ParameterBook) -> bool:
    """Whether the scheme takes applications on a day (ALT-08)."""
    return book.get(f"alternative.{scheme}_open", on).flag


def open_rule(scheme: Scheme, on: date, book: ParameterBook) -> RuleRef:
    """The version that says whether the scheme takes applications on a day, with its source."""
    return book.get(f"alternative.{scheme}_open", on).rule_ref()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a scheme stands on a day: open or not since when, with which procedures, by which rules."""

    scheme: Scheme
    is_open: bool
    since: date
    procedures: tuple[Procedure, ...]
    rules: tuple[RuleRef, ...]


def standing(on: date, book: ParameterBook) -> tuple[Standing, ...]:
    """How each scheme stands on a day. Raises NoRule before there were schemes."""
    return tuple(_standing(scheme, on, book) for scheme in Scheme)


def _standing(scheme: Scheme, on: date, book: ParameterBook) -> Standing:
    opened, procedures = (book.get(f"alternative.{scheme}_{rule}", on) for rule in ("open", "procedures"))
    return Standing(
        scheme,
        opened.flag,
        opened.effective_from,
        procedures_of(scheme, on, book),
        (opened.rule_ref(), procedures.rule_ref()),
    )


def open_schemes(on: date, book: ParameterBook) -> tuple[Scheme, ...]:
    """The schemes that take applications on a day."""
    return tuple(scheme for scheme in Scheme if is_open(scheme, on, book))


def opened_on(scheme: Scheme, received_on: date, book: ParameterBook) -> date:
    """The first day of the scheme that an application of a day is to: no stay under it is earlier.

    A scheme that was closed and is opened again begins again; who applied before it ever opened is held to its first
    day. Raises NoRule where it has never opened.
    """
    in_force = {version.effective_from: version for version in book.history(f"alternative.{scheme}_open")}
    openings, was_open = list[date](), False
    for day, version in in_force.items():
        if version.flag and not was_open:
            openings.append(day)
        was_open = version.flag
    if not openings:
        raise NoRule(f"alternative.{scheme}_open", received_on)
    return max((day for day in openings if day <= received_on), default=openings[0])


def procedures_of(scheme: Scheme, on: date, book: ParameterBook) -> tuple[Procedure, ...]:
    """The procedures that a scheme has. Raises NoRule before there was one."""
    return tuple(Procedure(word) for word in book.get(f"alternative.{scheme}_procedures", on).text.split())


def check_scheme(scheme: Scheme, procedure: Procedure, on: date, book: ParameterBook) -> None:
    """Refuse an application to a scheme that takes none, and a procedure that it has not.

    Raises Refused `scheme_is_closed`, `procedure_not_of_scheme`.
    """
    if not is_open(scheme, on, book):
        raise Refused("scheme_is_closed", "scheme", {"day": on})
    if procedure not in procedures_of(scheme, on, book):
        raise Refused("procedure_not_of_scheme", "procedure")


def first_day(scheme: Scheme, wanted_on: date, received_on: date, decided_on: date, book: ParameterBook) -> date:
    """From which day somebody has a granted place who moved in on `wanted_on`: that day where the rule allows a start
    before the decision (ALT-14), never before the scheme that they applied to; else the day of the decision.
    """
    start = max(wanted_on, opened_on(scheme, received_on, book))
    if start >= decided_on:
        return start
    return start if book.get(f"alternative.{scheme}_start_before_decision", decided_on).flag else decided_on


def ends_by(on: date, book: ParameterBook) -> frozenset[EndCause]:
    """What ends an agreement by itself (ALT-08)."""
    return frozenset(EndCause(word) for word in book.get("alternative.ends_by", on).text.split())


def may_end_by(on: date, book: ParameterBook) -> frozenset[EndCause]:
    """What an agreement may be ended for (ALT-08)."""
    return frozenset(EndCause(word) for word in book.get("alternative.may_end_by", on).text.split())


def preliminary_due(received_on: date, book: ParameterBook) -> Due:
    """By when the applicants have an answer, or a preliminary one (ALT-09)."""
    limit = book.get("alternative.preliminary_months", received_on)
    return Due(add_months(received_on, limit.integer), limit.rule_ref())


def municipality_due(asked_on: date, book: ParameterBook) -> Due:
    """By when the municipality is to answer what it is asked."""
    limit = book.get("alternative.municipality_answer_days", asked_on)
    return Due(asked_on + timedelta(days=limit.integer), limit.rule_ref())


def link_expires_on(sent_on: date, book: ParameterBook) -> date:
    """The first day on which a link that was sent on a day opens nothing."""
    return sent_on + timedelta(days=book.get("alternative.link_days", sent_on).integer)
