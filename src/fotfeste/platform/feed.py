"""Feed positions: given after commit, since sequences commit out of order and a reader would miss what came late."""

from django.db import connection

from fotfeste.platform.jobs import job


@job
def give_feed_positions() -> None:
    """Number every committed event that has no position yet: a function of the owner's, since it tells nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT give_feed_positions()")
