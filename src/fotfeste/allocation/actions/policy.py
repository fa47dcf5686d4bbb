"""The policy is changed: other values from a day on, with a reason (SET-15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.allocation.domain.policy import BALANCED, PolicyChange, change, policy_on
from fotfeste.allocation.domain.states import POLICY_PERMISSION
from fotfeste.allocation.models import PolicyVersion
from fotfeste.allocation.queries.policies import book_of, versions_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, Stale
from fotfeste.kernel.parameters import ParameterStatus, Value
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Wished:
    """A change as somebody wishes it: values by name (what is as it was is no change), from which day, why, what it
    rests on, and whether somebody who may decide it has.
    """

    values: Mapping[str, Value]
    effective_from: date
    reason: str
    source: str
    status: ParameterStatus


@act
def change_policy(
    wished: Wished,
    *,
    version: int,
    by: Viewer,
    at: datetime,
) -> PolicyVersion:
    """Weigh by other values from a day on (endre prioriteringen). Plans that are computed from that day use them; those
    that are computed already keep what they were weighed by.

    `version`: how many changes the form was made from. Raises
    NotAllowed; Stale where another has changed it since; Refused as `domain.policy.change` does, also where the policy
    would not hold together with a later change that is decided already.
    """
    require(by, POLICY_PERMISSION)
    if by.user_id is None:
        raise NotAllowed
    found = proposed_change(wished, version=version, by=by, at=at)
    made = PolicyVersion.objects.create(
        organisation_id=by.organisation_id,
        policy_name=found.policy.name,
        number=version + 1,
        changes={each.name: each.after for each in found.differences},
        effective_from=wished.effective_from,
        known_from=legal_day(at),
        source=wished.source.strip(),
        status=wished.status,
        reason=found.reason,
        changed_at=at,
        changed_by_id=by.user_id,
    )
    told = Happening(
        type="allocation.policy_changed",
        subject_id=None,
        object_kind="allocation_policy",
        object_id=made.pk,
        holds_on=wished.effective_from,
    )
    publish(told, by=by, at=at)
    return made


def proposed_change(
    wished: Wished,
    *,
    version: int,
    by: Viewer,
    at: datetime,
) -> PolicyChange:
    """What a change would change, as it is shown before it is saved; nothing is written. Raises as `change_policy`."""
    versions = [each for each in versions_of(by.organisation_id) if each.policy_name == BALANCED]
    if len(versions) != version:
        raise Stale(version, len(versions))
    book = book_of(versions)
    found = change(
        policy_on(max(wished.effective_from, legal_day(at)), book),
        wished.values,
        reason=wished.reason,
        source=wished.source,
        on=wished.effective_from,
        known_on=legal_day(at),
        status=wished.status,
    )
    changed = book_of([*versions, _unsaved(found, version + 1)])
    for later in sorted({each.effective_from for each in versions if each.effective_from > wished.effective_from}):
        policy_on(later, changed)  # refuses itself
    return found


def _unsaved(found: PolicyChange, number: int) -> PolicyVersion:
    """A change as a version that nobody has saved."""
    first = found.versions[0]
    return PolicyVersion(
        policy_name=found.policy.name,
        number=number,
        changes={each.name: each.after for each in found.differences},
        effective_from=first.effective_from,
        known_from=first.known_from,
        source=first.source,
        status=first.status,
        reason=found.reason,
    )
