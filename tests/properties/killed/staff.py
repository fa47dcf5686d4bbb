"""What administrators do: users of their own organisation, their roles, and their unusual looks."""

from datetime import datetime, timedelta

from fotfeste.access.domain.unusual import Occasion, unusual
from fotfeste.access.public import NewUser, Role, add_user, end_employment, end_role, give_role, review_look
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.conftest import Cast
from tests.properties.killed.scene import Scene

KARI = NewUser(name="Kari Holm", username="kari.holm")


def colleague(cast: Cast) -> str:
    """Somebody new at Voss, without a role."""
    with scope(cast.centre_administrator, cast.day):
        return str(add_user(KARI, cast.day, by=cast.centre_administrator, at=cast.at).reference)


def with_role(cast: Cast) -> tuple[str, str]:
    """The same, who has a role: the references of the employment and of the role."""
    reference = colleague(cast)
    with scope(cast.centre_administrator, cast.day):
        given = give_role(reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    return reference, str(given.reference)


def add_kari(*, by: Viewer, at: datetime) -> object:
    return add_user(KARI, legal_day(at), by=by, at=at)


def let_work(reference: str, *, by: Viewer, at: datetime) -> object:
    return give_role(reference, Role.CENTRE_STAFF, legal_day(at), by=by, at=at)


def say_what_it_was(user: int, *, by: Viewer, at: datetime) -> object:
    [found] = unusual([Occasion(1, user, 4711, at, "r")], many=2, within=timedelta(hours=1))
    return review_look(found, words="Kari har vært på vakt.", by=by, at=at)


A_DAY = timedelta(days=1)
STAFF = {
    "add_user": Scene(lambda cast: (), "centre_administrator", add_kari),
    "give_role": Scene(colleague, "centre_administrator", let_work),
    "end_role": Scene(
        lambda cast: with_role(cast)[1],
        "centre_administrator",
        lambda role, *, by, at: end_role(role, legal_day(at), by=by, at=at),
        A_DAY,
    ),
    "end_employment": Scene(
        lambda cast: with_role(cast)[0],
        "centre_administrator",
        lambda person, *, by, at: end_employment(person, legal_day(at), by=by, at=at),
        A_DAY,
    ),
    "review_look": Scene(lambda cast: cast.centre.user_id or 0, "centre_administrator", say_what_it_was),
}
