"""A municipality says how many it receives in a week, and places are kept for people of an integration centre."""

from datetime import date, datetime

from fotfeste.accommodation.public import CentreOperation, CentreType
from fotfeste.directory.public import Neighbour, Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul, cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.figures import SAID_ANEW, lock_municipality
from fotfeste.settlement.actions.said import tell_said
from fotfeste.settlement.domain.places import check_persons, check_year
from fotfeste.settlement.models import PlaceReservation, WeekLimit


@act
def declare_week_limit(
    persons: int | None, *, by: Viewer, at: datetime, version: int | None = None
) -> WeekLimit | None:
    """The actor's municipality says how many persons it receives in one week at the most, from today; None: no limit.

    What was said before stays on record with its period. Offers that are made already stand. Raises Refused
    (`not_a_number_of_persons`), Stale.
    """
    require(by, "settlement.declare_capabilities")
    if persons is not None:
        check_persons(persons, "persons", least=1)
    lock_municipality(by.organisation_id)
    said = WeekLimit.objects.filter(organisation_id=by.organisation_id)
    refuse_stale(version, said)
    today = legal_day(at)
    present: WeekLimit | None = said.filter(annulled_at__isnull=True, period__endswith__isnull=True).first()
    if (present.persons if present else None) == persons:
        return present
    if present is not None:
        cut_short(present, today, by=by, at=at, reason=SAID_ANEW)
    tell_said("settlement.week_limit_declared", by.organisation_id, on=today, by=by, at=at)
    if persons is None:
        return None
    return WeekLimit(
        organisation_id=by.organisation_id,
        persons=persons,
        period=Period(today),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()


def week_limit_version(organisation_id: int) -> int:
    """The version of a municipality's limit, for the form that says it anew."""
    return version_of(WeekLimit.objects.filter(organisation_id=organisation_id))


@act
def reserve_places(
    organisation_id: int,
    centre_id: int,
    persons: int,
    *,
    year: int,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> PlaceReservation:
    """Keep places of a year for those who live at an integration centre, in its municipality or next to it; 0 lets them
    go. By the municipality itself or by IMDi.

    Those who are asked for from the centre take them, nobody else can; the database refuses what the decision does not
    cover. Raises Refused (`reservation_beyond_decision`, `not_an_integration_centre`, `not_near_the_centre`,
    `figure_of_another_time`, `not_a_number_of_persons`), NotAllowed, NotFound, Stale. Source: SET-11; IM 4.1, 6.2.1.
    """
    if not (by.may("settlement.declare_capabilities") and by.organisation_id == organisation_id):
        require(by, "settlement.find_municipality")
    today = legal_day(at)
    check_year(year, today)
    check_persons(persons, "persons")
    number = lock_municipality(organisation_id)
    _check_near(centre_id, number, today)
    kept = PlaceReservation.objects.filter(organisation_id=organisation_id)
    refuse_stale(version, kept)
    before: PlaceReservation | None = kept.filter(centre_id=centre_id, year=year, annulled_at__isnull=True).first()
    if before is not None:
        annul(before, by=by, at=at, reason=SAID_ANEW)
    reservation = PlaceReservation(
        organisation_id=organisation_id,
        centre_id=centre_id,
        year=year,
        persons=persons,
        supersedes=before,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    tell_said("settlement.places_reserved", organisation_id, on=today, by=by, at=at)
    return reservation


def _check_near(centre_id: int, number: str, day: date) -> None:
    """Only an integration centre in operation, in the municipality or in one that borders on it."""
    operation = CentreOperation.objects.current().filter(centre_id=centre_id, period__contains=day).first()
    if operation is None or operation.type != CentreType.INTEGRATION:
        raise Refused("not_an_integration_centre", "centre")
    host = Organisation.objects.get(pk=centre_id).municipality_id
    is_near = host == number or Neighbour.objects.filter(municipality_id=host, neighbour_id=number).exists()
    if not is_near:
        raise Refused("not_near_the_centre", "centre")


def reservation_version(organisation_id: int) -> int:
    """The version of what a municipality keeps places for, for the form that says it anew."""
    return version_of(PlaceReservation.objects.filter(organisation_id=organisation_id))
