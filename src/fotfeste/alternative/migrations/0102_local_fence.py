"""Waiting list and register are the municipality's own rows; what it follows up is behind the need to know.

Somebody registered as living privately somewhere is shown to those who know the person with that number, too: the
match is made on reading, and nothing of it is stored or told to the municipality that typed the number.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, knows, narrowed, opened, own_organisation

_WAITING, _RESIDENT = "alternative_waitingentry", "alternative_privateresident"
_CHECK, _PERSON, _MADE, _REPORT = (
    "alternative_housingcheck",
    "alternative_contactperson",
    "alternative_contactmade",
    "alternative_yearlyreport",
)
_OPENED = f"{opened('housing')} IS NOT NULL"
_MUST_KNOW = ("protection_case", "settlement_case", "lives_here")


def _own(table: str) -> str:
    return f"{table}.organisation_id = {own_organisation()}"


def _kept_by_its_municipality(table: str) -> RunSQL:
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON {table} FOR ALL USING ({_own(table)} AND {_OPENED});
        """,
        f"DROP POLICY own ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


_KNOWN_BY_NUMBER = f"""
CREATE POLICY known_by_number ON {_RESIDENT} FOR SELECT USING ({_RESIDENT}.duf_number <> '' AND EXISTS (
    SELECT 1 FROM registry_identifier i
    WHERE i.value = {_RESIDENT}.duf_number AND i.kind = 'duf' AND i.annulled_at IS NULL
      AND {knows("i", "housing", _MUST_KNOW)}
    OFFSET 0
));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("alternative", "0101_local"),
        ("access", "0010_private_living"),
        ("accommodation", "0007_private_fence"),
        ("registry", "0001_first"),
    ]
    operations = [
        _kept_by_its_municipality(_WAITING),
        _kept_by_its_municipality(_RESIDENT),
        RunSQL(_KNOWN_BY_NUMBER, f"DROP POLICY known_by_number ON {_RESIDENT}"),
        *(fenced(table, "housing") for table in (_CHECK, _PERSON, _MADE, _REPORT)),
        # How the home is and who is their contact, the authorities may know; a municipality sees what is its own.
        *(
            narrowed(table, f"{_own(table)} OR {knows(table, 'housing', _MUST_KNOW)}", _own(table))
            for table in (_CHECK, _PERSON, _REPORT)
        ),
        # The log is between the municipality and them.
        narrowed(_MADE, _own(_MADE)),
    ]
