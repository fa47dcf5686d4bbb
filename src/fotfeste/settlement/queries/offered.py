"""Who in a household has had their one offer already, in whatever household they were in then (SET-08)."""

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, F, Func

from fotfeste.kernel.errors import Refused
from fotfeste.registry.public import members_of
from fotfeste.settlement.domain.requests import may_offer


class OfferedBefore(Func):
    """The members of a row's group who have had an offer that they could answer: their subjects, in SQL."""

    function = "settlement_offered_before"
    output_field = ArrayField(BigIntegerField())

    def __init__(self, group: str = "subject_id") -> None:
        super().__init__(F(group))


def offered_before(group_id: int) -> Sequence[int]:
    """The members of a group who have had an offer that they could answer. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT settlement_offered_before(%s)", [group_id])
        [subjects] = cursor.fetchone() or [[]]
        return list(subjects)


def refuse_second_offer(group_id: int, day: date) -> None:
    """Refuse `one_offer_only`, with their names, where somebody in the household has had their offer."""
    had = set(offered_before(group_id))
    if not had:
        return
    decision = may_offer([member.name for member in members_of(group_id, day) if member.subject_id in had])
    if decision.is_no:
        reason = decision.reasons[0]
        raise Refused(reason.code, params=dict(reason.fields))
