"""A query that is put together once gives what a new one would, for other values and under another scope."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import CharField, QuerySet
from django.test.utils import CaptureQueriesContext

from fotfeste.directory.public import Organisation
from fotfeste.platform.prepared import Given, IsAmong, Prepared
from fotfeste.platform.scope import scope
from fotfeste.registry.models import GroupMembership
from tests.actions.settlement.stage import family
from tests.conftest import Cast
from tests.settlement_steps import placed, registered

pytestmark = pytest.mark.django_db


def test_a_prepared_query_is_built_once_and_asked_with_other_values(cast: Cast) -> None:
    built = []

    def of_kind() -> QuerySet[Organisation]:
        built.append("once")
        return (
            Organisation.objects.filter(kind=Given("kind", CharField())).select_related("municipality").order_by("pk")
        )

    prepared = Prepared(of_kind)
    for kind in ("centre", "municipality", "imdi", "centre"):
        expected = list(Organisation.objects.filter(kind=kind).order_by("pk"))
        assert prepared(kind=kind) == expected
        assert prepared.first(kind=kind) == expected[0]
    assert prepared(kind="no such kind") == []
    assert prepared.first(kind="no such kind") is None
    assert built == ["once"]


def test_it_is_one_query_and_what_is_joined_comes_along(cast: Cast) -> None:
    prepared = Prepared(
        lambda: Organisation.objects.filter(kind=Given("kind", CharField())).select_related("municipality")
    )
    prepared(kind="municipality")
    with CaptureQueriesContext(connection) as queries:
        names = {each.municipality.name_nb for each in prepared(kind="municipality") if each.municipality}
    assert names
    assert len(queries) == 1


def test_keys_are_asked_for_together_and_none_gives_nothing(cast: Cast) -> None:
    prepared = Prepared(
        lambda: (
            Organisation.objects.filter(IsAmong("pk", Given.keys("wanted"))).order_by("pk").values_list("pk", "name")
        )
    )
    first, second = Organisation.objects.order_by("pk").values_list("pk", "name")[:2]
    assert prepared(wanted=[second[0], first[0]]) == [first, second]
    assert prepared(wanted=[second[0]]) == [second]
    assert prepared(wanted=[]) == []


def test_a_value_that_is_not_given_is_told_by_its_name(cast: Cast) -> None:
    prepared = Prepared(lambda: Organisation.objects.filter(pk=Given.key("organisation")))
    with pytest.raises(KeyError, match="organisation"):
        prepared(centre=1)


def test_days_are_compared_with_periods_and_the_fence_holds_at_every_use(cast: Cast) -> None:
    group_id = placed(cast, registered(cast, family()))
    prepared = Prepared(
        lambda: GroupMembership.objects.current().filter(group_id=Given.key("group"), period__contains=Given.day("day"))
    )
    for viewer, sees in ((cast.udi, True), (cast.municipality, False), (cast.udi, True)):
        with scope(viewer, cast.day):
            assert bool(prepared(group=group_id, day=cast.day)) is sees
            assert prepared(group=group_id, day=date(2020, 1, 1)) == []


def test_the_server_plans_it_once_for_all_values_and_types_of_numbers(cast: Cast) -> None:
    prepared = Prepared(lambda: Organisation.objects.filter(IsAmong("pk", Given.keys("wanted"))).values_list("pk"))
    for wanted in ([1], [70_000], [1, 5_000_000_000]):
        prepared(wanted=wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements ORDER BY prepare_time DESC LIMIT 1"
        )
        assert cursor.fetchall() == [(3, 0)]


def test_constants_of_a_statement_keep_their_signs(cast: Cast) -> None:
    named = cast.udi.organisation_id
    Organisation.objects.filter(pk=named).update(name="100 %s av 'alt' %% \\")
    prepared = Prepared(
        lambda: Organisation.objects.filter(pk=Given.key("key"), name="100 %s av 'alt' %% \\").values_list("pk")
    )
    assert prepared(key=named) == [(named,)]
    assert prepared(key=0) == []
