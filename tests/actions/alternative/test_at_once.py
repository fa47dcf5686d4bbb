"""Two act at once on applications for the same people: one wins, the other is told."""

from functools import partial

import pytest

from fotfeste.alternative.public import Application, grant, match_people, refuse
from fotfeste.alternative.public import RefusalGround as Ground
from fotfeste.platform.scope import scope
from tests.actions.alternative.applied import AT, DAY, answered, application, applied, registered
from tests.actions.at_once import DONE, HOUSEHOLD, committed, one_after_the_other
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def matched(cast: Cast, key: int) -> object:
    """UDI says who they are."""
    with scope(cast.udi, DAY):
        return match_people(key, by=cast.udi, at=AT)


def test_of_two_applications_for_the_same_people_one_is_matched_when_both_are_at_once(cast: Cast) -> None:
    group, members = registered(cast)
    keys = [applied(application(cast, members)).application.pk for _ in range(2)]
    outcomes = one_after_the_other(HOUSEHOLD, group, [partial(matched, cast, key) for key in keys])
    assert outcomes == [DONE, "one_living_application"]
    with scope(cast.udi, DAY):
        assert Application.objects.filter(subject_id=group).count() == 1


def test_an_application_is_decided_once(cast: Cast) -> None:
    made, group = answered(cast)

    def says_yes() -> object:
        with scope(cast.udi, DAY):
            return grant(made.pk, by=cast.udi, at=AT, version=made.version)

    def says_no() -> object:
        with scope(cast.udi, DAY):
            return refuse(made.pk, Ground.INCOMPLETE, by=cast.udi, at=AT, version=made.version)

    outcomes = one_after_the_other(HOUSEHOLD, group, [says_yes, says_no])
    assert outcomes == [DONE, "stale"]
    with scope(cast.udi, DAY):
        assert Application.objects.get(pk=made.pk).state == "granted"
