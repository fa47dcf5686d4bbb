"""Households that had agreed to settle by themselves before there was a journey for them (0041): their centre is asked
to arrange it, as for those who agree now. The deadline counts from the day of this: nobody was asked before.

Where the centre lies in the municipality there is no journey; where one is asked for or agreed nothing is asked again.
"""

from typing import Any

from django.db import migrations
from django.db.models import F

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.clock import now
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.parameters import book

_ARRANGE = "arrange_journey"


def ask_for_journeys(apps: Any, schema_editor: Any) -> None:
    """Open the task of each such household, once."""
    alias, at = schema_editor.connection.alias, now()
    requests = apps.get_model("settlement", "SettlementRequest").objects.using(alias)
    journeys = apps.get_model("settlement", "Journey").objects.using(alias)
    tasks = apps.get_model("worklist", "Task").objects.using(alias)
    promised = requests.filter(state="accepted", is_self_found=True, case__state="municipality_found")
    travelling = promised.filter(case__centre__isnull=False).exclude(
        case__centre__municipality_id=F("organisation__municipality_id")
    )
    for case_id, group_id, centre_id in travelling.order_by("pk").values_list(
        "case_id", "subject_id", "case__centre_id"
    ):
        is_agreed = journeys.filter(
            case_id=case_id, request__isnull=False, cancelled_on__isnull=True, postponed_on__isnull=True
        ).exists()
        is_asked = tasks.filter(kind=_ARRANGE, subject_id=group_id, closed_at__isnull=True).exists()
        if is_agreed or is_asked:
            continue
        deadline = after_working_days("settlement.journey_working_days", legal_day(at), book())
        tasks.create(
            kind=_ARRANGE,
            subject_id=group_id,
            organisation_id=centre_id,
            object_id=case_id,
            basis_on=legal_day(at),
            due_on=deadline.due_on,
            due_rule=deadline.rule.code,
            cause="settlement.agree_found_home",
            opened_at=at,
        )


class Migration(migrations.Migration):
    dependencies = [("settlement", "0041_own_journey"), ("worklist", "0004_protected")]
    operations = [migrations.RunPython(ask_for_journeys, migrations.RunPython.noop)]
