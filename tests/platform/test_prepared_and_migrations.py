"""What a migration beside the running program does to statements that the server has planned."""

import pytest
from django.db import NotSupportedError, connection, connections
from django.db.models import CharField
from pytest_django import DjangoDbBlocker

from fotfeste.directory.models import County
from fotfeste.platform.prepared import Given, Prepared


def test_a_session_whose_plans_are_of_a_table_before_a_migration_is_ended(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    prepared = Prepared(lambda: County.objects.filter(pk=Given("number", CharField())).values_list("pk", "name"))
    wider, as_it_was = (f"ALTER TABLE directory_county ALTER COLUMN name TYPE varchar({length})" for length in (61, 60))
    with django_db_blocker.unblock(), connections["owner"].cursor() as owner:
        before = prepared(number="46")
        owner.execute(wider)
        try:
            with pytest.raises(NotSupportedError):
                prepared(number="46")
            connection.close_if_unusable_or_obsolete()  # as at the end of each request
            assert prepared(number="46") == before
        finally:
            owner.execute(as_it_was)
            connection.close()
