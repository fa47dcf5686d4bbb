"""Every column that can hold something of somebody has a say in what becomes of it: a new one fails here first."""

from collections import Counter
from collections.abc import Hashable, Iterable

import pytest
from django.apps import apps
from django.db import models

from fotfeste.platform.fields import PeriodField
from fotfeste.retention import words
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.types import Outcome, Purpose
from fotfeste.retention.erasing import forgotten, kept, swept
from fotfeste.retention.letting_go import EVENTS
from fotfeste.retention.words import EVENT_WORDS

pytestmark = pytest.mark.req("ACS-04")
ABOUT_SOMEBODY = ("subject", "subject_id", "also_about", "application", "household_id", "person_ids")
# Of every fact: codes of why it was annulled, and when it was known.
OF_FACTS = {"annul_reason"}
OWN = {"retention_notice", "retention_gone"}  # a key, a part, a rule, a day
APART = {"platform_event": "ids, types, days and states, no personal content", "access_look": "goes by its own age"}
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
SAYS_SOMETHING = (*WORDS, models.DateField, PeriodField)


def of_somebody() -> dict[str, type[models.Model]]:
    """The tables that are about somebody, by name."""
    found = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields} | {f.attname for f in model._meta.concrete_fields}
        if names & set(ABOUT_SOMEBODY) and model._meta.app_label != "procrastinate":
            found[model._meta.db_table] = model
    return found


def undecided(table: str, model: type[models.Model]) -> set[str]:
    """Columns of a table that nobody has said anything of."""
    fates = [each for each in forgotten() if each.table == table]
    if any(each.sets is None and "annulled_at" not in each.whose for each in fates):
        return set()
    said = {column for each in fates for column in (*(each.sets or ()), *each.renewed)}
    said |= {column for each in kept() if each.table == table for column in each.columns}
    return {
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, SAYS_SOMETHING)
        and not isinstance(field, models.DateTimeField)
        and not field.choices
        and field.column
        and field.column not in said | OF_FACTS
    }


def test_every_column_of_every_table_about_somebody_has_been_thought_of() -> None:
    tables = of_somebody()
    assert len(tables) > 25
    found = {name: undecided(name, model) for name, model in tables.items() if name not in OWN | APART.keys()}
    assert {name: columns for name, columns in found.items() if columns} == {}


def test_what_is_said_is_of_columns_that_there_are() -> None:
    known = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in apps.get_models()
    }
    for each in forgotten():
        assert {*(each.sets or ()), *each.renewed} <= known[each.table], each.table
    for stays in kept():
        assert set(stays.columns) <= known[stays.table], stays.table
        assert stays.why
    for goes in swept():
        assert {goes.counts_from, *(goes.sets or ())} <= known[goes.table], goes.table


def twice(said: Iterable[Hashable]) -> set[Hashable]:
    """What stands there more than once."""
    return {each for each, number in Counter(said).items() if number > 1}


def test_no_table_is_swept_whole_by_two_rules_or_told_of_twice_alike() -> None:
    assert twice(each.table for each in swept() if each.sets is None and each.only == "true") == set()
    assert twice((each.table, each.only, each.sets is None) for each in swept()) == set()
    fates = [
        (each.table, each.part, None if each.sets is None else frozenset((*each.sets, *each.renewed)))
        for each in forgotten()
    ]
    assert twice(fates) == set()
    assert twice((stays.table, column) for stays in kept() for column in stays.columns) == set()


def test_nothing_is_said_to_stay_that_is_deleted_or_changed() -> None:
    stay = {(stays.table, column) for stays in kept() for column in stays.columns}
    assert {table for table, _ in stay} & {each.table for each in forgotten() if each.sets is None} == set()
    assert (
        stay & {(each.table, column) for each in forgotten() for column in (*(each.sets or ()), *each.renewed)} == set()
    )


def test_every_rule_outcome_and_reason_has_words() -> None:
    assert set(words.RULES) == set(rules.PERIODS)
    assert {each.rule for each in swept()} <= set(rules.PERIODS)
    assert set(words.OUTCOMES) == set(Outcome)
    assert set(rules.OF_PURPOSE) == set(Purpose)
    assert set(EVENT_WORDS) == set(EVENTS.values())
