"""Feed positions: given after commit, since sequences commit out of order and a reader would miss what came late."""

from django.db import connection, transaction

from fotfeste.platform.jobs import job
from fotfeste.platform.models import Event, FeedCounter

_GIVE = """
    WITH waiting AS (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM platform_event WHERE feed_position IS NULL
    )
    UPDATE platform_event e SET feed_position = %s + w.n FROM waiting w WHERE e.id = w.id
"""


@job
def give_feed_positions() -> None:
    """Number every committed event that has no position yet. One at a time: the counter's row is locked."""
    with transaction.atomic():
        FeedCounter.objects.get_or_create(pk=1)
        counter = FeedCounter.objects.select_for_update().get(pk=1)
        if not Event.objects.filter(feed_position__isnull=True).exists():
            return
        with connection.cursor() as cursor:
            cursor.execute(_GIVE, [counter.position])
            counter.position += cursor.rowcount
        counter.save(update_fields=["position"])
