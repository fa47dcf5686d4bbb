"""Households in the queue and a plan of them, asked for and computed as the worker does it."""

from dataclasses import replace
from datetime import date, timedelta

import time_machine

from fotfeste.allocation.models import ClosedMunicipality, Plan, Proposal, SteeredGroup
from fotfeste.allocation.public import (
    WhatIf,
    WhatIfQuestion,
    Wished,
    ask_what_if,
    close_municipality,
    forbid_municipality,
    pin_group,
    plan_week,
)
from fotfeste.allocation.tasks import answer_what_if, compute_asked_for
from fotfeste.kernel.parameters import ParameterStatus
from fotfeste.platform.scope import scope
from tests.conftest import Cast

WAITED = timedelta(days=100)  # past the goal of a family: at first, waiting for a better place is worth more


def waited(cast: Cast) -> Cast:
    """The cast when those who were interviewed in March have waited past their goal."""
    return replace(cast, at=cast.at + WAITED, day=cast.day + WAITED)


def asked_for(cast: Cast) -> Plan:
    """IMDi asks for a plan."""
    with scope(cast.imdi, cast.day):
        return plan_week(by=cast.imdi, at=cast.at)


def computed_by_the_job(cast: Cast, plan: Plan) -> Plan:
    """The job, as the worker runs it: in the name of whoever asked. Gives the plan as it is afterwards."""
    with scope(cast.imdi, cast.day), time_machine.travel(cast.at, tick=False):
        compute_asked_for.run(plan_id=plan.pk, user_id=plan.ordered_by_id)
        return Plan.objects.get(pk=plan.pk)


def planned(cast: Cast) -> Plan:
    """A plan of everybody who waits now."""
    return computed_by_the_job(cast, asked_for(cast))


def proposed(cast: Cast, plan: Plan) -> dict[int, str]:
    """Where a plan proposes each household, by subject: the municipality's number, "" for a later week."""
    with scope(cast.imdi, cast.day):
        found = Proposal.objects.filter(plan=plan).order_by("place")
        return {
            subject: number or ""
            for subject, number in found.values_list("subject_id", "municipality__municipality_id")
        }


def more_work(day: date) -> Wished:
    """The wish that work counts for more from a day on, tried out and decided by nobody."""
    return Wished(
        values={"weight_work": 30},
        effective_from=day,
        reason="Flere skal i arbeid.",
        source="Møte 4. mars",
        status=ParameterStatus.DEMO,
    )


def pinned(cast: Cast, group: int, number: str) -> SteeredGroup:
    """IMDi pins a household to a municipality."""
    with scope(cast.imdi, cast.day):
        return pin_group(group, number, reason="Avtalt med kommunen på telefon", by=cast.imdi, at=cast.at)


def steered(cast: Cast, group: int) -> SteeredGroup:
    """IMDi keeps a household out of Verdal."""
    with scope(cast.imdi, cast.day):
        return forbid_municipality(group, "5038", reason="Noen de er redde for, bor der", by=cast.imdi, at=cast.at)


def closed(cast: Cast, number: str) -> ClosedMunicipality:
    """IMDi closes a municipality this week."""
    with scope(cast.imdi, cast.day):
        return close_municipality(number, reason="Flom, ingen kan ta imot", by=cast.imdi, at=cast.at)


def asked_what_if(cast: Cast, question: WhatIfQuestion | None = None) -> WhatIf:
    """IMDi asks what would come of the year; as it stands where nothing is said."""
    with scope(cast.imdi, cast.day):
        return ask_what_if(question or WhatIfQuestion(), by=cast.imdi, at=cast.at)


def answered(cast: Cast, question: WhatIfQuestion | None = None) -> WhatIf:
    """The same, when the job has run. Gives it as it is afterwards."""
    asked = asked_what_if(cast, question)
    with scope(cast.imdi, cast.day), time_machine.travel(cast.at, tick=False):
        answer_what_if.run(what_if_id=asked.pk, user_id=asked.ordered_by_id)
        return WhatIf.objects.get(pk=asked.pk)
