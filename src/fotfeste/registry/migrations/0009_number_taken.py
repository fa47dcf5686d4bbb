"""Whether a number is somebody's: the answer tells that, and nothing of whose it is or who registered them."""

from importlib import import_module

from django.db import migrations
from django.db.migrations.operations import RunSQL

_BEFORE = import_module("fotfeste.registry.migrations.0003_protected")
_ELSEWHERE = "DROP FUNCTION registered_elsewhere(text, text, bigint);"
_TAKEN = """
-- Registration's check of a number sees everyone. Whom to ask is the same for all: else it would tell who is protected.
CREATE FUNCTION number_is_taken(number_kind text, number_value text, but_of bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM registry_identifier i
        WHERE i.kind = number_kind AND i.value = number_value AND i.annulled_at IS NULL
          AND i.subject_id IS DISTINCT FROM but_of
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_protected_tasks")]
    operations = [
        RunSQL(
            _ELSEWHERE + _TAKEN,
            "DROP FUNCTION number_is_taken(text, text, bigint);" + _BEFORE._number_taken(_BEFORE._UDI_FOR_PROTECTED),
        )
    ]
