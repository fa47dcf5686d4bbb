"""Who of a household lives privately where, by the facts of `accommodation`."""

from datetime import date

from fotfeste.accommodation.public import Stay, StayKind
from fotfeste.registry.public import GroupMembership

PRIVATE = (StayKind.AMOT, StayKind.MAMOT)


def ever_in(group_id: int) -> list[int]:
    """The persons who belong or belonged to a household, as far as the session sees them."""
    rows = GroupMembership.objects.current().filter(group_id=group_id)
    return sorted(set(rows.values_list("subject_id", flat=True)))


def private_stays(group_id: int, municipality_id: int | None = None) -> list[Stay]:
    """The private stays of everybody who belongs or belonged to a household, oldest first (in one municipality)."""
    stays = Stay.objects.current().filter(subject_id__in=ever_in(group_id), kind__in=PRIVATE)
    if municipality_id is not None:
        stays = stays.filter(municipality_id=municipality_id)
    return sorted(stays, key=lambda stay: (stay.period.start, stay.pk))


def staying(stays: list[Stay], day: date) -> list[Stay]:
    """Those that have not ended on the day, also those that begin later."""
    return [stay for stay in stays if stay.period.end is None or stay.period.end > day]
