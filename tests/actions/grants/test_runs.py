"""Runs of grants: what they rest on, computed again, refused, and checked by anyone."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from fotfeste.access.public import ProtectionLevel
from fotfeste.accommodation.public import DepartureReason, StayKind
from fotfeste.directory.public import Municipality
from fotfeste.grants.domain.replay import facts_in, replay
from fotfeste.grants.domain.written import written
from fotfeste.grants.models import RunOrder
from fotfeste.grants.public import Scheme, compute_run, computed, facts_of, order_run
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.ledger.public import Line, Refusal, claims_to_propose, stop_run
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import protect_household
from tests.actions.grants.stage import (
    RATE_2022,
    Payers,
    computed_run,
    housed,
    left,
    noon,
    paid_run,
    payers,
    people,
    registered,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-04")]

CAME, SECOND_QUARTER, THIRD_QUARTER = date(2022, 3, 20), date(2022, 7, 1), date(2022, 10, 1)
JULY, OCTOBER = date(2022, 7, 5), date(2022, 10, 5)


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def test_running_again_what_was_stopped_gives_the_same(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    first = computed_run(by, SECOND_QUARTER, JULY)
    with scope(by.udi, JULY):
        stop_run(first.subject.reference, "prøvd", by=by.udi, at=noon(JULY))
    # What has become known since is no part of it.
    housed(by, registered(by, CAME, "Iryna"), by.there, CAME, known_on=date(2022, 7, 6))
    with scope(by.udi, date(2022, 7, 8)):
        again = compute_run(Scheme.MAMOT, SECOND_QUARTER, noon(JULY), by=by.udi, at=noon(date(2022, 7, 8)))
        assert again.input_sha256 == first.input_sha256
        said = [
            list(run.lines.order_by("pk").values_list("subject_id", "municipality_id", "month", "amount_ore", "kind"))
            for run in (first, again)
        ]
    assert said[0] == said[1]
    assert len(said[0]) == 8


def test_a_run_again_after_it_is_paid_gives_nothing_new(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    again = paid_run(by, SECOND_QUARTER, JULY)
    assert (again.line_count, again.net_ore) == (0, 0)


def test_a_run_while_another_is_open_is_refused(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    computed_run(by, SECOND_QUARTER, JULY)
    with pytest.raises(Refused, match="run_is_open"):
        computed_run(by, SECOND_QUARTER, JULY)
    assert computed_run(by, date(2022, 5, 1), JULY, Scheme.AMOT).line_count == 0  # the other scheme is another matter


def test_a_run_rests_on_no_less_than_the_one_before(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    with scope(by.udi, OCTOBER), pytest.raises(Refused, match="known_before_last_run"):
        compute_run(Scheme.MAMOT, THIRD_QUARTER, noon(date(2022, 7, 4)), by=by.udi, at=noon(OCTOBER))
    with scope(by.udi, JULY), pytest.raises(Refused, match="known_in_future"):
        compute_run(Scheme.MAMOT, SECOND_QUARTER, noon(OCTOBER), by=by.udi, at=noon(JULY))


def test_a_run_goes_no_less_far_than_the_one_before(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, THIRD_QUARTER, OCTOBER)
    with pytest.raises(Refused, match="period_before_last_run"):
        computed_run(by, SECOND_QUARTER, OCTOBER)


def test_a_run_that_was_asked_for_and_left_does_not_lock_the_scheme(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    soon, late = noon(JULY) + timedelta(hours=2), noon(JULY) + timedelta(hours=2, minutes=1)
    with scope(by.udi, JULY):
        left_one = order_run(Scheme.MAMOT, SECOND_QUARTER, by=by.udi, at=noon(JULY))
        with pytest.raises(Refused, match="one_run_is_asked_for"):
            order_run(Scheme.MAMOT, SECOND_QUARTER, by=by.udi, at=soon)
        order_run(Scheme.MAMOT, SECOND_QUARTER, by=by.udi, at=late)
        found = RunOrder.objects.order_by("pk").values_list("state", "refusal", "finished_at")
        assert list(found) == [("refused", "order_was_left", late), ("waiting", "", None)]
        left_one.refresh_from_db()
        assert left_one.run is None


@pytest.mark.req("MON-02")
def test_a_municipality_where_people_are_left_for_whom_there_is_no_rate_is_asked_for_what_it_owes(by: Payers) -> None:
    gone = housed(by, registered(by, CAME), by.here, CAME)
    housed(by, registered(by, CAME, "Iryna"), by.here, CAME)
    paid_run(by, date(2025, 1, 1), date(2025, 1, 3))
    left(by, gone, date(2024, 11, 20), DepartureReason.LEFT_COUNTRY, known_on=date(2025, 1, 4))
    paid_run(by, date(2025, 1, 1), date(2025, 1, 5))
    with scope(by.udi, date(2025, 1, 5)):
        assert claims_to_propose("mamot") == []
    paid_run(by, date(2025, 4, 1), date(2025, 4, 3))
    with scope(by.udi, date(2025, 4, 3)):
        assert claims_to_propose("mamot") == [(by.here.organisation_id, 2 * 1768700)]


@pytest.mark.parametrize("who", ["approver", "here", "registrar"])
def test_only_who_prepares_computes(by: Payers, who: str) -> None:
    viewer: Viewer = getattr(by, who)
    with scope(viewer, JULY), pytest.raises(NotAllowed):
        compute_run(Scheme.MAMOT, SECOND_QUARTER, noon(JULY), by=viewer, at=noon(JULY))


def test_the_stays_of_the_country_are_told_to_udi_alone(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    told = {}
    for who in ("udi", "approver", "here", "registrar"):
        with scope(getattr(by, who), JULY), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM grant_stays('mamot', %s)", [noon(JULY)])
            told[who] = cursor.fetchone()[0]
    assert told == {"udi": 2, "approver": 2, "here": 0, "registrar": 0}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM grant_stays('mamot', %s)", [noon(JULY)])
        assert cursor.fetchone()[0] == 0


@pytest.mark.req("REG-08")
def test_whoever_is_protected_is_paid_for_and_not_seen(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    with scope(by.registrar, CAME):  # who registered them knows of them some days more (registered_here_days)
        protect_household(group, ProtectionLevel.CONFIDENTIAL, CAME, by=by.registrar, at=noon(CAME))
    run = computed_run(by, SECOND_QUARTER, JULY)
    assert (run.line_count, run.net_ore) == (8, 8 * RATE_2022)
    with scope(by.udi, JULY):
        assert not Line.objects.filter(run=run).exists()


def test_a_month_without_a_rate_is_refused_and_the_rest_goes_on(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    on = date(2025, 4, 3)
    run = computed_run(by, date(2025, 4, 1), on)
    with scope(by.udi, on):
        refused = set(Refusal.objects.filter(run=run).values_list("month", "reason"))
    assert refused == {(date(2025, month, 1), "no_rate") for month in (1, 2, 3)}
    assert (run.line_count, run.refused_count) == (2 * 34, 2 * 3)


def test_amot_is_paid_four_months_in_advance_at_the_start(by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME, kind=StayKind.AMOT)
    run = computed_run(by, date(2022, 5, 1), date(2022, 5, 3), Scheme.AMOT)
    with scope(by.udi, date(2022, 5, 3)):
        months = set(Refusal.objects.filter(run=run).values_list("month", flat=True))
    # No source has a rate of AMOT after 2018: the months it covers are seen by what it refuses.
    assert months == {date(2022, month, 1) for month in (3, 4, 5, 6)}


def test_the_documents_of_replay_say_what_the_database_says(by: Payers) -> None:
    first = housed(by, registered(by, CAME), by.here, CAME)
    second = housed(by, registered(by, CAME, "Iryna"), by.there, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    left(by, first, date(2022, 5, 10), DepartureReason.LEFT_COUNTRY, known_on=date(2022, 9, 12))
    housed(by, second, by.here, date(2022, 6, 12), known_on=date(2022, 9, 13))
    with scope(by.udi, OCTOBER):
        facts, _ = facts_of(Scheme.MAMOT, THIRD_QUARTER, noon(OCTOBER))
        found = computed(Scheme.MAMOT, THIRD_QUARTER, noon(OCTOBER))
    document = written(facts)
    numbers = frozenset(Municipality.objects.values_list("number", flat=True))
    assert facts_in(document, numbers) == facts
    answer = json.loads(replay(json.dumps(document).encode(), numbers))
    assert answer["input_sha256"] == found.input_sha256
    assert [
        (int(line["person"]), line["month"], line["amount_ore"], line["kind"], [int(each) for each in line["corrects"]])
        for line in answer["lines"]
    ] == [
        (line.subject_id, line.month.isoformat()[:7], line.amount_ore, line.kind, list(line.corrects))
        for line in sorted(
            found.lines,
            key=lambda each: (each.municipality_id != by.here.organisation_id, str(each.subject_id), each.month),
        )
    ]
    assert {line.subject_id for line in found.lines} >= set(people(by, first, CAME))
