"""An unaccompanied minor at Voss who is away, and who is told of it."""

from dataclasses import replace
from datetime import date, timedelta

from fotfeste.accommodation.public import ToldParty, register_absence, report_missing
from fotfeste.kernel.ages import ADULT_AT
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.registry import families
from tests.conftest import Cast
from tests.settlement_steps import placed, registered


def minor_at_voss(cast: Cast, of_age_on: date | None = None) -> tuple[int, int]:
    """The household and the minor, who has a place at Voss since two weeks; of age on the day, where one is given."""
    new = families.minor_alone()
    if of_age_on:
        born = of_age_on.replace(year=of_age_on.year - ADULT_AT)
        new = replace(new, persons=(replace(new.persons[0], birth_date=born),))
    group = placed(cast, registered(cast, new))
    with scope(cast.centre, cast.day):
        [minor] = members_of(group, cast.day)
    return group, minor.subject_id


def minor_missing(cast: Cast, days: int = 0) -> tuple[int, int]:
    """The minor is away without leave since so many days."""
    group, minor = minor_at_voss(cast)
    since = cast.day - timedelta(days=days)
    with scope(cast.centre, cast.day):
        register_absence(group, [minor], since, is_abroad=False, by=cast.centre, at=cast.at)
    return group, minor


def tell(cast: Cast, group: int, minor: int, *parties: ToldParty) -> tuple[ToldParty, ...]:
    """The centre tells these today; gives who is left to tell."""
    left = tuple(ToldParty)
    with scope(cast.centre, cast.day):
        for party in parties or ToldParty:
            left = report_missing(group, [minor], party, cast.day, "Vakta", "2024/17", by=cast.centre, at=cast.at)
    return left
