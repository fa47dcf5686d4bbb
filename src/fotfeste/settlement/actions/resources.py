"""A municipality says how many homes and places it has beside persons (SET-10)."""

from collections.abc import Mapping
from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.figures import SAID_ANEW, lock_municipality
from fotfeste.settlement.actions.said import tell_said
from fotfeste.settlement.domain.places import check_persons
from fotfeste.settlement.domain.types import PlaceKind
from fotfeste.settlement.models import MunicipalityResource

_SOURCE = "municipality"


@act
def declare_resources(
    said: Mapping[PlaceKind, int | None], *, by: Viewer, at: datetime, version: int | None = None
) -> list[MunicipalityResource]:
    """The actor's municipality says how many it has of each kind of place from today, those included that are promised
    already; None: says nothing of it. Gives the new rows; what is the same is left alone.

    A number is not set below what is promised and held: IMDi lets go of somebody first. The first is news and stands.
    Raises Refused (`resource_below_use`, `not_a_number_of_persons`), Stale. Source: SET-10.
    """
    require(by, "settlement.declare_capabilities")
    for kind, number in said.items():
        if number is not None:
            check_persons(number, str(kind))
    lock_municipality(by.organisation_id)
    present = MunicipalityResource.objects.filter(organisation_id=by.organisation_id)
    refuse_stale(version, present)
    standing = {
        PlaceKind(row.kind): row for row in present.filter(annulled_at__isnull=True, period__endswith__isnull=True)
    }
    changed = {
        kind: number for kind, number in said.items() if (standing[kind].number if kind in standing else None) != number
    }
    written = [_say(kind, number, standing.get(kind), by=by, at=at) for kind, number in changed.items()]
    if changed:
        tell_said("settlement.resources_declared", by.organisation_id, on=legal_day(at), by=by, at=at)
    return [row for row in written if row is not None]


def resources_version(organisation_id: int) -> int:
    """The version of what a municipality has said, for the form that says it anew."""
    return version_of(MunicipalityResource.objects.filter(organisation_id=organisation_id))


def _say(
    kind: PlaceKind, number: int | None, before: MunicipalityResource | None, *, by: Viewer, at: datetime
) -> MunicipalityResource | None:
    today = legal_day(at)
    if before is not None:
        cut_short(before, today, by=by, at=at, reason=SAID_ANEW)
    if number is None:
        return None
    return MunicipalityResource(
        organisation_id=by.organisation_id,
        kind=kind,
        number=number,
        source=_SOURCE,
        supersedes=before,
        period=Period(today),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
