"""A municipality says what it can offer, and what it cannot (SET-10)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.said import tell_said
from fotfeste.settlement.domain.types import Offerable, offerable
from fotfeste.settlement.models import MunicipalityCapability


@act
def declare_capabilities(
    said: Mapping[Offerable, bool | None], *, by: Viewer, at: datetime, version: int | None = None
) -> list[MunicipalityCapability]:
    """The actor's municipality says yes, no, or nothing (None) of each capability and service, from today.

    What was said before stays on record with its period; what is the same is left alone. Gives the new rows. Raises
    Stale where a colleague has said something since `version` (see `capabilities_version`).
    """
    require(by, "settlement.declare_capabilities")
    _lock(by)
    refuse_stale(version, MunicipalityCapability.objects.filter(organisation_id=by.organisation_id))
    return _say(said, by=by, at=at)


def lack_capabilities(unmet: Collection[Offerable], *, by: Viewer, at: datetime) -> None:
    """The actor's municipality has none of these from today, as it has said in answer to a request (SET-07).

    Part of the act that it says it in: the same declaration as any other, in the same history.
    """
    if unmet:
        require(by, "settlement.declare_capabilities")
        _lock(by)
        _say(dict.fromkeys(unmet, False), by=by, at=at)


def _lock(by: Viewer) -> None:
    """The organisation's row is the lock: two colleagues saving at once save one after the other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)


def _say(said: Mapping[Offerable, bool | None], *, by: Viewer, at: datetime) -> list[MunicipalityCapability]:
    """Write what is new of what is said, under the lock."""
    today = legal_day(at)
    present = {
        offerable(row.capability): row
        for row in MunicipalityCapability.objects.current().filter(
            organisation_id=by.organisation_id, period__endswith__isnull=True
        )
    }
    written: list[MunicipalityCapability] = []
    has_changed = False
    for capability, is_offered in said.items():
        row = present.get(capability)
        if (row.is_offered if row else None) == is_offered:
            continue
        has_changed = True
        if row is not None:
            cut_short(row, today, by=by, at=at, reason="said_otherwise")
        if is_offered is not None:
            written.append(_write(capability, is_offered, today, by=by, at=at))
    if has_changed:
        tell_said("settlement.capabilities_declared", by.organisation_id, on=today, by=by, at=at)
    return written


def capabilities_version(organisation_id: int) -> int:
    """The version of what a municipality has said, for the form that says it anew."""
    return version_of(MunicipalityCapability.objects.filter(organisation_id=organisation_id))


def _write(capability: Offerable, is_offered: bool, today: date, *, by: Viewer, at: datetime) -> MunicipalityCapability:
    return MunicipalityCapability(
        organisation_id=by.organisation_id,
        capability=capability,
        is_offered=is_offered,
        source="municipality",
        period=Period(today),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
