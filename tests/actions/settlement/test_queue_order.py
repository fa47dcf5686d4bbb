"""The queue in the order of the domain: page after page, the hardest first, for as many queries as there ever are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.public import NeedReason, SubjectKind, create_subject
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import CaseNeed, SettlementCase
from fotfeste.settlement.queries.queue import PER_PAGE, QueueFilter, QueueRow, queue_page
from tests.as_owner import need_given
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-09")]
MANY = PER_PAGE + 7
DUE = "interview_due"


def waiting(cast: Cast) -> None:
    """Households of one to nine who have waited one day more each; each seventh needs a staffed home."""
    for place in range(MANY):
        group = create_subject(SubjectKind.GROUP).pk
        reason, imdi = NeedReason.SETTLEMENT_CASE, cast.imdi.organisation_id
        need_given([group], organisation_id=imdi, reason=reason, from_on=cast.day, at=cast.at)
        since = cast.day - timedelta(days=place)
        case = SettlementCase.objects.create(
            subject_id=group, due_since_on=since, state_since_on=since, size=1 + place % 9
        )
        if place % 7 == 0:
            CaseNeed.objects.create(
                subject_id=group,
                case=case,
                capability=Capability.STAFFED_HOUSING,
                period=Period(since),
                recorded_at=cast.at,
                recorded_by_id=cast.imdi.user_id,
                reported_by_id=imdi,
            )


def pages(cast: Cast, sort: str) -> list[list[QueueRow]]:
    """Both pages."""
    return [queue_page(cast.imdi, cast.day, QueueFilter(state=DUE, sort=sort), number)[1] for number in (1, 2)]


def test_each_page_goes_on_where_the_one_before_ended(cast: Cast) -> None:
    with scope(cast.imdi, cast.day):
        waiting(cast)
        for sort in ("hardest", "goal"):
            first, second = pages(cast, sort)
            assert (len(first), len(second)) == (PER_PAGE, MANY - PER_PAGE)
            assert len({row.case.pk for row in (*first, *second)}) == MANY
        points = [row.hardness.points for row in (*pages(cast, "hardest")[0], *pages(cast, "hardest")[1])]

    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 20


def test_a_page_takes_six_queries_however_many_there_are(cast: Cast) -> None:
    with scope(cast.imdi, cast.day):
        waiting(cast)
        for sort in ("hardest", "goal"):
            with CaptureQueriesContext(connection) as caught:
                queue_page(cast.imdi, cast.day, QueueFilter(state=DUE, sort=sort), 1)
            assert len(caught) <= 6, [query["sql"][:90] for query in caught]
