"""A municipality publishes and reviews its terms of agreed self-settlement: everybody reads, nobody else writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.periods import Period
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.terms import terms_version
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, Stand, TargetGroup, Terms
from fotfeste.self_settlement.models import PublishedTerms, TermsReview
from fotfeste.self_settlement.public import publish_terms, review_terms, terms_of
from fotfeste.self_settlement.queries.terms import (
    Asked,
    all_terms,
    earlier_terms,
    many_of,
    narrowed,
    own_terms,
    terms_of_number,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]
YES = Terms(
    allows=True,
    targets=(TargetGroup.SINGLE_ADULTS, TargetGroup.WORK),
    target_words="Helst under 35 år.",
    deposit=Deposit.GUARANTEE,
    empty_rent=EmptyRent.NO,
    finds_next_home=True,
    other_words="Leien må ligge innenfor kommunens satser.",
    office="Flyktningtjenesten i Levanger",
    phone="74 05 25 00",
    email="flyktning@levanger.example",
)


def published(viewer: Viewer, at: datetime, said: Terms = YES) -> PublishedTerms:
    """What a municipality says, published."""
    with scope(viewer, legal_day(at)):
        return publish_terms(said, by=viewer, at=at)


def reviewed(viewer: Viewer, at: datetime) -> TermsReview:
    """What a municipality says, looked at again."""
    with scope(viewer, legal_day(at)):
        return review_terms(by=viewer, at=at)


def days_later(cast: Cast, days: int) -> datetime:
    """The same time of day, later."""
    return cast.at + timedelta(days=days)


def test_what_is_published_is_read_by_everybody_from_that_day(cast: Cast) -> None:
    mine = cast.municipality.organisation_id
    published(cast.municipality, cast.at)
    for viewer in (cast.centre, cast.udi, cast.imdi, cast.other_municipality):
        with scope(viewer, cast.day):
            found = terms_of(mine, cast.day)
        assert found is not None
        assert (found.terms, found.period, found.review.last_on) == (YES, Period(cast.day), cast.day)
    assert terms_of(mine, cast.day) == found  # without a login
    assert terms_of(mine, cast.day - timedelta(days=1)) is None
    assert terms_of(cast.other_municipality.organisation_id, cast.day) is None
    told = Event.objects.using("default").filter(type="self_settlement.terms_published")
    with scope(cast.municipality, cast.day):
        assert [(each.subject_id, each.object_id) for each in told] == [(None, mine)]


def test_new_terms_end_the_old_which_stay_on_record(cast: Cast) -> None:
    mine, later = cast.municipality.organisation_id, days_later(cast, 30)
    published(cast.municipality, cast.at)
    reviewed(cast.municipality, days_later(cast, 10))
    published(cast.municipality, later, replace(YES, deposit=Deposit.NO))
    before, after = terms_of(mine, cast.day + timedelta(days=29)), terms_of(mine, legal_day(later))
    assert before is not None
    assert after is not None
    assert (before.terms.deposit, after.terms.deposit) == (Deposit.GUARANTEE, Deposit.NO)
    assert before.review.last_on == cast.day + timedelta(days=10)
    assert after.review.last_on == legal_day(later)  # a review of the old ones says nothing of the new
    history = [(each.terms.deposit, each.period, list(days)) for each, days in earlier_terms(mine, legal_day(later))]
    assert history == [
        (Deposit.NO, Period(legal_day(later)), []),
        (Deposit.GUARANTEE, Period(cast.day, legal_day(later)), [cast.day + timedelta(days=10)]),
    ]


def test_terms_published_twice_in_a_day_leave_the_last(cast: Cast) -> None:
    mine = cast.municipality.organisation_id
    published(cast.municipality, cast.at)
    published(cast.municipality, cast.at, Terms(allows=False))
    found = terms_of(mine, cast.day)
    assert found is not None
    assert found.terms == Terms(allows=False)
    assert len(earlier_terms(mine, cast.day)) == 1
    assert PublishedTerms.objects.count() == 2


def test_a_review_moves_the_day_on_which_they_are_too_old(cast: Cast) -> None:
    mine, year_later = cast.municipality.organisation_id, days_later(cast, 365)
    published(cast.municipality, cast.at)
    late = terms_of(mine, legal_day(year_later))
    assert late is not None
    assert late.is_late
    reviewed(cast.municipality, year_later)
    fresh = terms_of(mine, legal_day(year_later))
    assert fresh is not None
    assert not fresh.is_late
    assert (fresh.terms, fresh.period, fresh.review.last_on) == (YES, Period(cast.day), legal_day(year_later))
    still = terms_of(mine, legal_day(year_later) - timedelta(days=1))
    assert still is not None
    assert still.review.last_on == cast.day


def test_what_is_not_published_or_is_of_today_is_not_reviewed(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        reviewed(cast.municipality, cast.at)
    assert refused.value.code == "no_terms_to_review"
    published(cast.municipality, cast.at)
    with pytest.raises(Refused) as refused:
        reviewed(cast.municipality, cast.at)
    assert refused.value.code == "terms_reviewed_today"
    reviewed(cast.municipality, days_later(cast, 1))
    with pytest.raises(Refused) as refused:
        reviewed(cast.municipality, days_later(cast, 1))
    assert refused.value.code == "terms_reviewed_today"


def test_the_same_again_is_a_review_and_no_publishing(cast: Cast) -> None:
    published(cast.municipality, cast.at)
    with pytest.raises(Refused) as refused:
        published(cast.municipality, days_later(cast, 1), replace(YES, phone=f" {YES.phone} "))
    assert refused.value.code == "terms_as_before"


def test_a_colleague_who_was_quicker_is_not_written_over(cast: Cast) -> None:
    mine = cast.municipality
    with scope(mine, cast.day):
        version = terms_version(mine.organisation_id)
        publish_terms(YES, by=mine, at=cast.at, version=version)
        with pytest.raises(Stale):
            publish_terms(Terms(allows=False), by=mine, at=cast.at, version=version)
    with scope(mine, cast.day + timedelta(days=1)):
        version = terms_version(mine.organisation_id)
        review_terms(by=mine, at=days_later(cast, 1), version=version)
        with pytest.raises(Stale):
            publish_terms(Terms(allows=False), by=mine, at=days_later(cast, 1), version=version)


def test_only_whoever_works_with_refugees_in_a_municipality_publishes(cast: Cast) -> None:
    for viewer in (cast.udi, cast.imdi, cast.centre, cast.registrar):
        with pytest.raises(NotAllowed):
            published(viewer, cast.at)
        with pytest.raises(NotAllowed):
            reviewed(viewer, cast.at)


def test_the_contact_is_never_one_of_the_staff(cast: Cast) -> None:
    User.objects.filter(pk=cast.municipality.user_id or 0).update(name="Kari Nordmann")
    with pytest.raises(Refused) as refused:
        published(cast.municipality, cast.at, replace(YES, email="kari.nordmann@levanger.example"))
    assert (refused.value.code, refused.value.field) == ("terms_of_a_person", "email")


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The database refuses by a constraint, and goes on."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def row_of(cast: Cast, organisation_id: int, **changes: object) -> PublishedTerms:
    """Terms as they are stored."""
    known = {"recorded_at": cast.at, "reported_by_id": organisation_id, "organisation_id": organisation_id}
    columns = PublishedTerms.columns_of(YES) | {"period": Period(cast.day)} | known | changes
    return PublishedTerms(**columns)


def test_the_database_lets_a_municipality_write_its_own_alone(cast: Cast) -> None:
    published(cast.municipality, cast.at)
    mine, others = cast.municipality.organisation_id, cast.other_municipality.organisation_id
    known = {"recorded_at": cast.at, "reported_by_id": mine, "reviewed_on": cast.day}
    with scope(cast.municipality, cast.day):
        with refused_by("terms_of_others"):
            row_of(cast, others).stored()
        with refused_by("terms_of_others"):
            TermsReview(organisation_id=others, **known).stored()
    with scope(cast.imdi, cast.day), refused_by("terms_of_others"):
        row_of(cast, mine).stored()
    with scope(cast.other_municipality, cast.day), refused_by("terms_of_others"), connection.cursor() as cursor:
        cursor.execute("UPDATE self_settlement_publishedterms SET annulled_at = now()")
    with refused_by("terms_of_others"):
        row_of(cast, mine).stored()  # nobody logged in


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "one_set_of_terms_at_a_time"),
        ({"allows": False}, "terms_go_with_the_answer"),
        ({"deposit": ""}, "terms_go_with_the_answer"),
        ({"finds_next_home": None}, "terms_go_with_the_answer"),
        ({"office": ""}, "terms_say_whom_to_ask"),
        ({"phone": "", "email": ""}, "terms_say_whom_to_ask"),
        ({"deposit": "a_lot"}, "deposit_known"),
        ({"empty_rent": "a_lot"}, "rent_known"),
        ({"office": "Kont\u200boret"}, "terms_contact_seen"),
    ],
)
def test_the_database_takes_no_half_terms(cast: Cast, changes: dict[str, object], constraint: str) -> None:
    published(cast.municipality, cast.at)
    mine = cast.municipality.organisation_id
    before = Period(cast.day - timedelta(days=9), cast.day)
    apart = {} if constraint == "one_set_of_terms_at_a_time" else {"period": before}
    with scope(cast.municipality, cast.day), refused_by(constraint):
        row_of(cast, mine, **(apart | changes)).stored()


def test_the_overview_has_every_municipality_and_unknown_is_not_no(cast: Cast) -> None:
    published(cast.municipality, cast.at)
    published(cast.other_municipality, cast.at, Terms(allows=False))
    lines = all_terms(cast.day)
    assert len(lines) == 357
    assert many_of(lines) == {Stand.ALLOWED: 1, Stand.NOT_ALLOWED: 1, Stand.UNKNOWN: 355}
    assert [line.name for line in narrowed(lines, Asked())[:2]] == ["Levanger", "Verdal"]
    assert [line.number for line in narrowed(lines, Asked(stand=Stand.NOT_ALLOWED))] == ["5038"]
    assert len(narrowed(lines, Asked(stand=Stand.UNKNOWN, county="50"))) == 36
    assert [line.name for line in narrowed(lines, Asked(text=" levan "))] == ["Levanger"]
    assert len(narrowed(lines, Asked(text="5037"))) == 1
    assert len(narrowed(lines, Asked(text="Trøndelag"))) == 38
    for asked, is_there in (
        (Asked(target=TargetGroup.WORK), True),
        (Asked(target=TargetGroup.FAMILIES), False),
        (Asked(deposit=True), True),
        (Asked(deposit=True, stand=Stand.UNKNOWN), False),
    ):
        assert bool(narrowed(lines, asked)) is is_there, asked


def test_a_municipality_is_found_by_its_number_and_as_ones_own(cast: Cast) -> None:
    published(cast.municipality, cast.at)
    assert terms_of_number("5037", cast.day) == own_terms(cast.municipality.organisation_id, cast.day)
    assert terms_of_number("5038", cast.day).stand is Stand.UNKNOWN
    with pytest.raises(NotFound):
        terms_of_number("9999", cast.day)
    with pytest.raises(NotFound):
        own_terms(cast.udi.organisation_id, cast.day)
