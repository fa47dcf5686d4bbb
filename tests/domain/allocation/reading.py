"""The written households and the country that they are settled in, read from households/."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fotfeste.allocation.domain.explaining import explain
from fotfeste.allocation.domain.explanation import Explanation, Prices
from fotfeste.allocation.domain.needs import Interviewed, needs_of, uses_of
from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.policy import Policy, policy_on
from fotfeste.allocation.domain.types import Group, Municipality, Offer, OfferKind, Resource, SaidNo, Service
from fotfeste.directory.reference import municipalities, neighbours_by_number, settlement_requests
from fotfeste.settlement.domain.answers import from_json
from fotfeste.settlement.domain.contents import Content, Question
from fotfeste.settlement.domain.goals import settle_by
from fotfeste.settlement.domain.interview import capabilities_needed
from fotfeste.settlement.domain.parameters import book as settlement_book
from fotfeste.settlement.domain.types import Capability

HERE = Path(__file__).parent / "households"
ON = date(2024, 11, 14)  # the day after IMDi's own count of those settled in 2024
NAMES = tuple(sorted(path.stem for path in HERE.glob("*.toml") if path.stem != "declared"))


@dataclass(frozen=True, slots=True)
class Household:
    """A written household: what it is called, the group, where the plan has it, and the plan's prices."""

    name: str
    title: str
    group: Group
    place: str
    prices: Prices

    def explanation(self) -> Explanation:
        """Why it is placed there."""
        return explain(self.group, self.place, real_country(), policy(), ON, self.prices)


def household(name: str) -> Household:
    """The household in `households/<name>.toml`."""
    said = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    members = [_member(each) for each in said["member"]]
    needs = needs_of(members, _hard(members))
    has_minors = any(not each.is_adult for each in members)
    group = Group(
        name,
        uses_of(members, needs),
        due_since_on=said["permit"],
        goal_on=settle_by(said["permit"], has_minors=has_minors, book=settlement_book()).due_on,
        needs=needs,
        centre=said.get("centre", ""),
        host=said.get("host", ""),
        lives_in=said.get("lives_in", ""),
        said_no=tuple(SaidNo(number) for number in said.get("said_no", ())),
    )
    prices: Prices = {number: {Resource.PERSONS: price} for number, price in said.get("prices", {}).items()}
    return Household(name, said["title"], group, said["place"], prices)


def _hard(members: Iterable[Interviewed]) -> frozenset[Capability]:
    """What their case needs when nobody has changed it since the interview."""
    members = tuple(members)
    contents = [content for member in members for content in member.answers.values() if content is not None]
    return capabilities_needed(contents, is_unaccompanied=any(member.is_unaccompanied_minor for member in members))


def _member(said: Mapping[str, Any]) -> Interviewed:
    answers: dict[Question, Content | None] = {
        Question(question): from_json(Question(question), content)
        for question, content in said.get("answers", {}).items()
    }
    answers |= {Question(question): None for question in said.get("declined", ())}
    is_minor = said.get("is_unaccompanied_minor", False)
    return Interviewed(said["age"], said["age"] >= 18, is_minor, answers, turns=said["age"])


@cache
def policy() -> Policy:
    """The policy in force on the day."""
    return policy_on(ON, book())


@cache
def real_country() -> Mapping[str, Municipality]:
    """The 357 municipalities with IMDi's figures of 2024, and what some are taken to have declared."""
    declared = {each["number"]: each for each in _declared()}
    return {
        record.number: _municipality(record.number, record.name_nb, declared.get(record.number, {}))
        for record in municipalities()
    }


@cache
def real_names() -> Mapping[str, str]:
    """The names of municipalities by number."""
    return {record.number: record.name_nb for record in municipalities()}


def _declared() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / "declared.toml").read_text(encoding="utf-8"))["municipality"]
    return found


def _municipality(number: str, name: str, said: Mapping[str, Any]) -> Municipality:
    asked = {record.municipality_number: record for record in settlement_requests()}[number]
    settled = next((each.total.value or 0 for each in asked.settled if each.year == ON.year), 0)
    left = {}
    if asked.decided_total.value is not None:
        left[Resource.PERSONS] = asked.decided_total.value - settled
    if asked.decided_uam.value is not None:
        left[Resource.MINORS] = asked.decided_uam.value
    return Municipality(
        number,
        name,
        next(record.position for record in municipalities() if record.number == number),
        neighbours=neighbours_by_number()[number],
        left=left,
        kept=said.get("kept", {}),
        requested=asked.requested_total.value,
        taken=settled,
        capabilities={
            Capability(code): is_there
            for key, is_there in (("can", True), ("cannot", False))
            for code in said.get(key, ())
        },
        services={
            Service(code): is_there
            for key, is_there in (("has", True), ("has_not", False))
            for code in said.get(key, ())
        },
        offers=frozenset(_offer(text) for text in said["offers"]) if "offers" in said else None,
    )


def _offer(text: str) -> Offer:
    kind, field, occupation = (*text.split(), "")[:3]
    return Offer(OfferKind(kind), field, occupation)
