"""No row holds for a period without days: PostgreSQL gives it no end, and it would pass for one that is open."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from fotfeste.access.models import Need
from fotfeste.platform.acts import refusal_of
from fotfeste.platform.fields import PeriodField
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.models import GroupMembership
from tests.actions.settlement.stage import family
from tests.conftest import Cast
from tests.settlement_steps import placed, registered

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for model in apps.get_models()
    if any(isinstance(field, PeriodField) for field in model._meta.local_concrete_fields)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_every_table_with_a_period_refuses_one_without_days(model: type[models.Model]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s",
            [table, f"{table}_period_check"],
        )
        found = cursor.fetchall()
    assert found == ([] if model is Need else [("CHECK (((NOT isempty(period)) AND (NOT lower_inf(period))))",)])


@pytest.mark.parametrize("period", ["empty", "[2024-02-12,2024-02-12)", "(,2024-02-12)"])
def test_a_period_without_days_or_beginning_is_refused_with_a_sentence(cast: Cast, period: str) -> None:
    placed(cast, registered(cast, family()))
    columns = [str(field.column) for field in GroupMembership._meta.local_concrete_fields if not field.primary_key]
    listed = ", ".join(columns)
    copied = ", ".join("%s::daterange" if column == "period" else column for column in columns)
    sql = f"INSERT INTO registry_groupmembership ({listed}) SELECT {copied} FROM registry_groupmembership LIMIT 1"
    with (
        scope(cast.udi, cast.day),
        connection.cursor() as cursor,
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
    ):
        cursor.execute(sql, [period])
    refusal = refusal_of(refused.value)
    assert sentence_for(refusal).startswith("Perioden har ingen dager.")  # type: ignore[arg-type]
