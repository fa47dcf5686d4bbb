"""Likely duplicates (REG-03): proposed when somebody is registered, answered by UDI, never joined silently."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.persons import udi_organisations
from fotfeste.worklist.public import open_task

ANSWER_DUPLICATES = "answer_duplicates"


def propose_duplicates(subject_ids: Iterable[int], *, group_id: int, on: date, by: Viewer, at: datetime) -> int:
    """Compare persons with everyone registered; gives the number of pairs that UDI is asked to look at.

    The comparison sees everyone and tells nobody whom it found: the pairs go to a table that only those who
    have a need to know of the persons can read.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(propose_duplicates(s, %s)), 0) FROM unnest(%s::bigint[]) AS s", [at, list(subject_ids)]
        )
        found = int(cursor.fetchone()[0])
    udi = udi_organisations()
    if found and udi:
        open_task(
            ANSWER_DUPLICATES,
            subject_id=group_id,
            organisation_id=udi[0],
            cause="registry.likely_duplicate",
            basis_on=on,
            at=at,
        )
    return found
