"""A municipality offers places for larger groups (interessemelding, ALT-05). Each household applies for itself."""

from datetime import datetime

from fotfeste.alternative.domain.schemes import check_scheme
from fotfeste.alternative.domain.types import Procedure, Scheme
from fotfeste.alternative.models import GroupInterest
from fotfeste.alternative.rules import book
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer


@act
def offer_places(scheme: Scheme, places: int, home: str, *, by: Viewer, at: datetime) -> GroupInterest:
    """The actor's municipality has places for larger groups: how many, in what. Applications may refer to it.

    Raises Refused `scheme_is_closed`, `procedure_not_of_scheme`, `interest_has_places`, `interest_needs_words`.
    """
    require(by, "alternative.answer")
    check_scheme(scheme, Procedure.GROUP, legal_day(at), book())
    if places < 1:
        raise Refused("interest_has_places", "places")
    if not home.strip():
        raise Refused("interest_needs_words", "home")
    return GroupInterest.objects.create(
        municipality_id=by.organisation_id,
        scheme=scheme,
        places=places,
        home=home.strip(),
        told_on=legal_day(at),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )


@act
def close_places(interest_id: int, *, by: Viewer, at: datetime) -> GroupInterest:
    """The municipality has no such places any more. Applications that referred to them stand. Raises NotFound."""
    require(by, "alternative.answer")
    found = GroupInterest.objects.select_for_update().filter(
        pk=interest_id, municipality_id=by.organisation_id, closed_on=None
    )
    interest = found.first()
    if interest is None:
        raise NotFound("not_found")
    interest.closed_on = legal_day(at)
    interest.save(update_fields=["closed_on"])
    return interest
