"""A home that was sent, as the rules read it, and for how many it is."""

from fotfeste.self_settlement.domain.empty_rent import EmptyDays, PaidBy
from fotfeste.self_settlement.domain.home import Contract
from fotfeste.self_settlement.domain.terms import EmptyRent
from fotfeste.self_settlement.domain.types import DepositBy, HomeOutcome
from fotfeste.self_settlement.models import SelfSettlement, SentHome


def contract_of(home: SentHome) -> Contract:
    """What the contract of a home says."""
    return Contract(
        rent_ore=home.rent_ore,
        deposit_ore=home.deposit_ore,
        deposit_by=DepositBy(home.deposit_by),
        notice_months=home.notice_months,
        length_months=home.length_months,
        starts_on=home.starts_on,
        rooms=home.rooms,
        square_metres=home.square_metres,
        persons=home.persons,
        others=home.others,
        is_single_room=home.is_single_room,
        is_in_landlords_house=home.is_in_landlords_house,
        is_signed=home.is_signed,
        empty_days=empty_days_of(home),
    )


def empty_days_of(home: SentHome) -> EmptyDays | None:
    """The days that are paid for though it stands empty; None where there are none."""
    if home.empty_from_on is None or home.empty_until_on is None:
        return None
    return EmptyDays(
        paid_by=PaidBy(home.empty_rent_by),
        from_on=home.empty_from_on,
        until_on=home.empty_until_on,
        amount_ore=home.empty_rent_ore,
    )


def published_then(home: SentHome) -> EmptyRent | None:
    """What the municipality had published of rent for empty days when the home was sent."""
    return EmptyRent(home.empty_rent_published) if home.empty_rent_published else None


def approved_of(request: SelfSettlement) -> SentHome | None:
    """The home that was approved. Reads no more than is fetched: the homes."""
    return next((home for home in request.homes.all() if home.outcome == HomeOutcome.APPROVED), None)


def persons_of(home: SentHome, request: SelfSettlement) -> int:
    """For how many a home is: as it was seen to, or as many as they are now while it waits."""
    return home.persons if home.outcome else request.case.size


def approved_for_others(request: SelfSettlement) -> SentHome | None:
    """The home that was approved, where the household is another than it was approved for. Reads no more than is
    fetched: the case and the homes.
    """
    if request.state not in ("approved", "agreed"):
        return None
    home = approved_of(request)
    return home if home is not None and home.persons != request.case.size else None
