"""What-ifs of a generated year of the country, computed beside every plan and touching none. Those of what stands today
are asked on a page (year.py).

A what-if is a scenario (how many come, how many places there are) under a policy with some values changed. It is
computed from its own words alone, so that many can be asked at once, anywhere, and each gives the same answer.
"""

import hashlib
import json
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from fotfeste.allocation.domain.nation import ON, Scenario, country_of, groups_of
from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.policy import Policy, policy_on
from fotfeste.allocation.domain.question import Outcome
from fotfeste.allocation.domain.question import changed as with_values
from fotfeste.allocation.domain.solver.plan import Plan, facts_of
from fotfeste.allocation.domain.year import Year, outcome_of, solved_year
from fotfeste.kernel.errors import Refused

type Answer = dict[str, Any]
KEY, AS_IT_IS = "key", "as it is"


class UnusableWhatIf(ValueError):
    """What is asked cannot be computed; says what and why."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One question: a scenario under a policy by a name, with some of its values changed."""

    scenario: Scenario
    policy: str = AS_IT_IS
    values: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it from every other: the same words have the same key."""
        words = json.dumps([asdict(self.scenario), self.policy, dict(self.values)], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def asked_by(text: str) -> tuple[WhatIf, ...]:
    """Every policy in every scenario of a TOML text with `[[scenario]]` and `[[policy]]` tables; without any, the
    country of 2024 under the policy as it is.

    Raises UnusableWhatIf for a name or a value that has no meaning, and where two are called the same.
    """
    try:
        said = tomllib.loads(text)
        scenarios = [Scenario(**each) for each in said.pop("scenario", [{"name": "2024"}])]
        named = said.pop("policy", [{"name": AS_IT_IS}])
        policies = [(str(each["name"]), dict(each.get("values", {}))) for each in named]
    except (tomllib.TOMLDecodeError, TypeError, KeyError, AttributeError) as fault:
        raise UnusableWhatIf(str(fault)) from fault
    if said:
        raise UnusableWhatIf(f"{next(iter(said))}: only [[scenario]] and [[policy]]")
    for each in scenarios:
        _check(each)
    for _, values in policies:
        changed(values)
    found = tuple(WhatIf(scenario, name, values) for scenario in scenarios for name, values in policies)
    if len({(each.scenario.name, each.policy) for each in found}) < len(found):
        raise UnusableWhatIf("two scenarios or two policies have the same name")
    return found


def _check(scenario: Scenario) -> None:
    for name, least in (("groups", 1), ("places_percent", 0), ("seed", 0)):
        number = getattr(scenario, name)
        if type(number) is not int or number < least:
            raise UnusableWhatIf(f"scenario {scenario.name}: {name} is {number!r}; a whole number, at least {least}")


def changed(values: Mapping[str, int | str]) -> Policy:
    """The policy that ships with the program, with these values. Raises UnusableWhatIf."""
    try:
        return with_values(policy_on(ON, book()), values)
    except Refused as refusal:
        raise UnusableWhatIf(f"policy: {refusal} ({refusal.field})") from refusal


def answered(what_if: WhatIf) -> Answer:
    """The answer: what the best plan found is worth, its certificate, who is placed and how evenly.

    All but `seconds` is the same wherever and whenever it is computed. Raises UnusableWhatIf.
    """
    began = time.perf_counter()
    groups, country = groups_of(what_if.scenario), country_of(what_if.scenario)
    year = Year(groups, country, changed(what_if.values), ON)
    problem, plan = solved_year(year)
    outcome = outcome_of(year, problem, plan)
    said = {KEY: what_if.key, "scenario": what_if.scenario.name, "policy": what_if.policy}
    counted = {"groups": outcome.groups, "persons": outcome.persons}
    facts = facts_of(problem.instance, plan)
    return said | counted | facts | _shown(outcome, plan) | {"seconds": round(time.perf_counter() - began, 3)}


def _shown(outcome: Outcome, plan: Plan) -> Answer:
    """What can be held against other what-ifs, whatever their weights: who is placed where."""
    share = [each.persons / each.room for each in outcome.received if each.room]
    return {
        "municipalities_used": outcome.used,
        "full_municipalities": len(outcome.full),
        "share_filled_lowest_tenth": round(float(np.quantile(share, 0.1)), 4) if share else 0.0,
        "places_sha256": hashlib.sha256(np.ascontiguousarray(plan.municipality)).hexdigest()[:16],
    }


def left_of(asked: Sequence[WhatIf], lines: Sequence[str]) -> tuple[WhatIf, ...]:
    """Those that no line answers yet. A line that was cut short when its writer was killed answers nothing."""
    known = set()
    for line in lines:
        try:
            known.add(json.loads(line)[KEY])
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(each for each in asked if each.key not in known)
