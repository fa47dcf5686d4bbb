"""Feed positions and health."""

import pytest
from django.db import connection
from django.test import Client

from fotfeste.platform.events import Happening, publish
from fotfeste.platform.feed import give_feed_positions
from fotfeste.platform.scope import scope
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_events_get_their_positions_in_one_row_without_gaps(cast: Cast) -> None:
    with scope(cast.centre, cast.day):
        for number in range(3):
            publish(Happening(type=f"tried_{number}", subject_id=None), by=cast.centre, at=cast.at)
    give_feed_positions.run()
    give_feed_positions.run()
    with scope(cast.udi, cast.day):
        publish(Happening(type="tried_last", subject_id=None), by=cast.udi, at=cast.at)
    give_feed_positions.run()
    found = list(every_event().order_by("id").values_list("type", "feed_position"))
    assert found == [("tried_0", 1), ("tried_1", 2), ("tried_2", 3), ("tried_last", 4)]


def test_publishing_asks_for_a_position_in_the_same_transaction(cast: Cast) -> None:
    with scope(cast.centre, cast.day):
        publish(Happening(type="tried", subject_id=None), by=cast.centre, at=cast.at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%give_feed_positions'")
        assert cursor.fetchone() == (1,)


def test_health_answers(client: Client) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "problems": []}
    assert answer.headers["X-Request-Number"]
