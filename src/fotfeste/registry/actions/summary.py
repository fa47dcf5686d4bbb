"""What lists of households are filtered by: caches on the group, made anew by every act that changes a fact beneath."""

from collections.abc import Iterable

from django.db import connection


def sum_up_groups_of(subject_ids: Iterable[int]) -> None:
    """Work out stage, youngest member and unaccompanied minor anew, of groups and of the groups that persons are in.

    In the transaction of the act, by a function that sees all members: whoever acts may not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum_up_groups_of(%s)", [list(subject_ids)])
