"""The policy in force: the shipped versions, and an organisation's own on top of them (SET-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.allocation.domain import parameters
from fotfeste.allocation.domain.policy import BALANCED, Difference, Policy, code_of, differences, policy_on
from fotfeste.allocation.models import PolicyVersion
from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterStatus


def versions_of(organisation_id: int, known_at: datetime | None = None) -> Sequence[PolicyVersion]:
    """What an organisation has changed in its policies until an instant (None: now), the first first. One query."""
    found = PolicyVersion.objects.filter(organisation_id=organisation_id).select_related("changed_by")
    if known_at is not None:
        found = found.filter(changed_at__lte=known_at)
    return list(found.order_by("policy_name", "number"))


def book_of(versions: Sequence[PolicyVersion]) -> ParameterBook:
    """Every version of every value, the organisation's own included; of two for the same days the later one counts."""
    shipped = parameters.book()
    own = {
        (each.code, each.effective_from, each.known_from): each
        for version in versions
        for each in parameters_of(version, shipped)
    }
    first = [each for each in shipped.versions if (each.code, each.effective_from, each.known_from) not in own]
    return ParameterBook((*first, *own.values()))


def parameters_of(version: PolicyVersion, shipped: ParameterBook) -> Sequence[Parameter]:
    """The values that a version says, with the units of the shipped ones. A value that the program does not know any
    more weighs nothing any more, and is left out.
    """
    found: list[Parameter] = []
    for name, value in version.changes.items():
        code = code_of(version.policy_name, name)
        if known := shipped.history(code):
            found.append(
                Parameter(
                    code=code,
                    value=value,
                    unit=known[0].unit,
                    effective_from=version.effective_from,
                    known_from=version.known_from,
                    source=version.source,
                    status=ParameterStatus(version.status),
                    note=version.reason,
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that was made, and what it changed then, on its day."""

    version: PolicyVersion
    differences: Sequence[Difference]


def changes_of(versions: Sequence[PolicyVersion]) -> Sequence[Changed]:
    """What each change of one policy changed, the first first: beside what had been decided by then for its day."""
    found: list[Changed] = []
    for place, version in enumerate(versions):
        day, name = version.effective_from, version.policy_name
        before, after = (policy_on(day, book_of(versions[:last]), name) for last in (place, place + 1))
        found.append(Changed(version, differences(before, after)))
    return found


def policy_for(organisation_id: int, day: date, *, name: str = BALANCED, known_at: datetime | None = None) -> Policy:
    """An organisation's policy in force on a day, as it was known at an instant (None: as known now). One query.

    Raises NoRule before the first.
    """
    return policy_on(day, book_of(versions_of(organisation_id, known_at)), name)
