"""A municipality says in which fields and occupations it offers education, and wants people for work (SET-10)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from fotfeste.directory.reference.work import known_work
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.figures import SAID_ANEW, lock_municipality
from fotfeste.settlement.actions.said import tell_said
from fotfeste.settlement.domain.types import LocalOfferKind, Offering, WorkField
from fotfeste.settlement.models import LocalOffer

_SOURCE = "municipality"


@act
def declare_local_offers(
    said: Mapping[LocalOfferKind, Collection[Offering]], *, by: Viewer, at: datetime, version: int | None = None
) -> list[LocalOffer]:
    """The actor's municipality says in which fields and occupations it offers education and wants people for work, from
    today.

    What was said before stays on record with its period; what is the same is left alone. Gives the new rows. Raises
    Refused (`occupation_not_in_list`), Stale. Source: SET-10.
    """
    require(by, "settlement.declare_capabilities")
    wanted = {(kind, each) for kind, offerings in said.items() for each in offerings}
    if not all(_is_in_list(each) for _kind, each in wanted):
        raise Refused("occupation_not_in_list")
    lock_municipality(by.organisation_id)
    rows = LocalOffer.objects.filter(organisation_id=by.organisation_id)
    refuse_stale(version, rows)
    standing = {
        (LocalOfferKind(row.kind), Offering(WorkField(row.field), row.occupation)): row
        for row in rows.filter(annulled_at__isnull=True, period__endswith__isnull=True)
    }
    gone = [row for key, row in standing.items() if key not in wanted]
    today = legal_day(at)
    for row in gone:
        cut_short(row, today, by=by, at=at, reason=SAID_ANEW)
    written = [
        LocalOffer(
            organisation_id=by.organisation_id,
            kind=kind,
            field=offering.field,
            occupation=offering.occupation,
            source=_SOURCE,
            period=Period(today),
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        ).stored()
        for kind, offering in sorted(wanted - set(standing))
    ]
    if gone or written:
        tell_said("settlement.local_offers_declared", by.organisation_id, on=today, by=by, at=at)
    return written


def _is_in_list(offering: Offering) -> bool:
    entry = known_work().occupations.get(offering.occupation)
    return not offering.occupation or (entry is not None and entry.field == offering.field)


def local_offers_version(organisation_id: int) -> int:
    """The version of what a municipality has said, for the form that says it anew."""
    return version_of(LocalOffer.objects.filter(organisation_id=organisation_id))
