"""What was missing in an application is filled in when it has been asked for, and nothing else is changed."""

from collections.abc import Mapping
from datetime import date, datetime

from fotfeste.alternative.actions.application import lock_application, tell
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.types import FamilyTie, HomeKind
from fotfeste.alternative.models import Application
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer

# What may be filled in of a person, and of the home.
OF_PERSON = frozenset(
    {
        "has_d_number",
        "lived_in_ukraine",
        "had_protection",
        "family_tie",
        "has_near_family",
        "has_carer",
        "needs_adaptation",
    }
)


@act
def complete_application(
    application_id: int,
    people: Mapping[int, Mapping[str, bool | FamilyTie]],
    *,
    home_kind: HomeKind | None = None,
    is_centre_housing: bool | None = None,
    living_there_since: date | None = None,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Application:
    """UDI fills in what it has asked for: answers for rows of the application, and of the home. What is None stays.

    Raises Refused `application_is_answered`, `answer_not_asked_for`; Stale, NotFound.
    """
    require(by, "alternative.decide")
    application = lock_application(application_id, version=version)
    if application.state not in LIVING:
        raise Refused("application_is_answered")
    for row, answers in people.items():
        if set(answers) - OF_PERSON:
            raise Refused("answer_not_asked_for")
        if not application.persons.filter(pk=row).update(**answers):
            raise NotFound("not_found")
    if home_kind is not None:
        application.home_kind = home_kind
    if is_centre_housing is not None:
        application.is_centre_housing = is_centre_housing
    if living_there_since is not None:
        application.living_there_since = living_there_since
    application.save()
    tell(application, "alternative.completed", by=by, at=at)
    return application
