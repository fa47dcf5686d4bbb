"""Two name somebody for one protected household at once: one wins, the other is told. REG-08."""

from collections.abc import Iterator

import pytest
from django.db import connection

from fotfeste.access.public import ProtectionLevel, Role
from fotfeste.directory.loading import load_reference
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import name_follower
from tests.actions.access.stage import employment_of
from tests.actions.registry.test_protection import colleague, protected, reference_of, sees
from tests.actions.test_concurrency import DONE, one_after_the_other
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.req("REG-08")]
NAMING = "SELECT pg_advisory_xact_lock(hashtextextended('naming', %s))"


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> Iterator[None]:
    """The reference data for every connection to see, before the cast is made."""
    load_reference(using="owner")
    yield
    connection.close()


def named(cast: Cast, group: int, who: Viewer, by: Viewer) -> None:
    """Somebody in UDI names somebody."""
    with scope(by, cast.day):
        name_follower(reference_of(group), employment_of(who).reference, by=by, at=cast.at)


def test_of_two_who_name_the_last_that_may_be_one_is_told_that_there_are_enough(cast: Cast) -> None:
    group = protected(cast, ProtectionLevel.STRICTLY_CONFIDENTIAL)
    other = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    keepers = [colleague(cast.centre, Role.CENTRE_STAFF, f"voss-{place}") for place in range(3)]
    for who in (other, cast.centre, keepers[0]):
        named(cast, group, who, cast.udi)
    last = zip(keepers[1:], (cast.udi, other), strict=True)
    acts = [lambda who=who, by=by: named(cast, group, who, by) for who, by in last]
    assert one_after_the_other(NAMING, group, acts) == [DONE, "enough_are_named"]
    assert [sees(each, group, cast.day) for each in keepers] == [True, True, False]


def test_of_two_who_name_the_same_one_the_second_is_told(cast: Cast) -> None:
    group = protected(cast, ProtectionLevel.STRICTLY_CONFIDENTIAL)
    other = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    named(cast, group, other, cast.udi)
    acts = [lambda by=by: named(cast, group, cast.centre, by) for by in (cast.udi, other)]
    assert one_after_the_other(NAMING, group, acts) == [DONE, "named_already"]
