"""The municipality's register of people who live there privately before anybody has applied (ALT-10; MAMOT 7.2.8)."""

from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.alternative.domain.local import ResidentGone, ToldBy
from fotfeste.alternative.models import PrivateResident
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.identifiers import IdentifierKind, check_identifier
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """What the municipality is told: who lives where, with whom, and who told it."""

    name: str
    duf_number: str
    street: str
    postal_code: str
    lives_with: str
    told_by: ToldBy
    told_on: date


@act
def register_resident(resident: Resident, *, by: Viewer, at: datetime) -> PrivateResident:
    """Write somebody into the actor's municipality's register. The answer is the same whether or not the number is of
    somebody registered: those who know that person see that they live here.

    Raises Refused `duf_is_wrong` (field `duf_number`), `heard_in_the_future` (field `told_on`).
    """
    require(by, "alternative.follow_up")
    today = legal_day(at)
    if resident.told_on > today:
        raise Refused("heard_in_the_future", "told_on", {"day": resident.told_on})
    return PrivateResident.objects.create(
        organisation_id=by.organisation_id,
        name=resident.name.strip(),
        duf_number=_duf(resident.duf_number, today),
        street=resident.street.strip(),
        postal_code=resident.postal_code,
        lives_with=resident.lives_with.strip(),
        told_by=resident.told_by,
        told_on=resident.told_on,
        registered_at=at,
        registered_by_id=by.user_id,
    )


def _duf(typed: str, today: date) -> str:
    """The number without separators; empty where none is known yet."""
    if not typed.strip():
        return ""
    found = check_identifier(IdentifierKind.DUF, typed, today)
    if found.errors or "check_digits" in found.warnings:
        raise Refused("duf_is_wrong", "duf_number")
    return found.value


@act
def end_resident(reference: str, *, reason: ResidentGone, by: Viewer, at: datetime) -> None:
    """Take somebody out of the register: there is no purpose of keeping them any more, and the row is deleted.

    That somebody was taken out, and why, stays as an event without a name. NotFound where a colleague was quicker.
    """
    require(by, "alternative.follow_up")
    row = (
        PrivateResident.objects.select_for_update()
        .filter(reference=reference, organisation_id=by.organisation_id)
        .first()
    )
    if row is None:
        raise NotFound("not_found")
    key = row.pk
    row.delete()
    publish(
        Happening(
            type="alternative.resident_taken_out",
            subject_id=None,
            object_kind="private_resident",
            object_id=key,
            transition=reason,
            holds_on=legal_day(at),
        ),
        by=by,
        at=at,
    )
