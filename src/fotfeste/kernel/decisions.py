"""Decisions: a rule's answer that explains itself with reasons, rule, version and inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What a rule answers; UNKNOWN when a fact it needs is missing."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a code with fields: the sentence in the reader's language is looked up by the code."""

    code: str
    fields: Mapping[str, str | int | date | bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", dict(self.fields))

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.fields.items())))


@dataclass(frozen=True, slots=True)
class RuleRef:
    """Which rule answered: its code and version, and where it is written.

    `status` tells how sure we are: verified, secondary or demo.
    """

    code: str
    version: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule's answer. A NO and an UNKNOWN always give a reason.

    `inputs` are the facts the rule looked at. `parts` are the decisions that a composed one rests on, each
    with its own rule. A decision has no truth value of its own (`if decision` raises TypeError): ask
    `is_yes`, since UNKNOWN is neither.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    rule: RuleRef
    inputs: Mapping[str, object] = field(default_factory=dict)
    parts: tuple["Decision", ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "reasons", tuple(self.reasons))
        object.__setattr__(self, "inputs", dict(self.inputs))
        if self.outcome is not Outcome.YES and not self.reasons:
            raise ValueError(f"rule {self.rule.code} answers {self.outcome} without a reason")

    def __hash__(self) -> int:
        return hash((self.outcome, self.reasons, self.rule, self.parts))

    def __bool__(self) -> bool:
        raise TypeError("a decision is not a bool: ask is_yes, is_no or outcome")

    @property
    def is_yes(self) -> bool:
        """The rule answers yes."""
        return self.outcome is Outcome.YES

    @property
    def is_no(self) -> bool:
        """The rule answers no (UNKNOWN is not no)."""
        return self.outcome is Outcome.NO

    @classmethod
    def yes(cls, rule: RuleRef, *reasons: Reason, inputs: Mapping[str, object] | None = None) -> "Decision":
        """A yes, with the reasons worth telling."""
        return cls(Outcome.YES, reasons, rule, inputs or {})

    @classmethod
    def no(cls, rule: RuleRef, *reasons: Reason, inputs: Mapping[str, object] | None = None) -> "Decision":
        """A no, with its reasons (at least one)."""
        return cls(Outcome.NO, reasons, rule, inputs or {})

    @classmethod
    def unknown(cls, rule: RuleRef, *reasons: Reason, inputs: Mapping[str, object] | None = None) -> "Decision":
        """The rule cannot answer: the reasons (at least one) say which fact is missing."""
        return cls(Outcome.UNKNOWN, reasons, rule, inputs or {})

    @classmethod
    def all_of(cls, rule: RuleRef, *parts: "Decision", inputs: Mapping[str, object] | None = None) -> "Decision":
        """YES when every part is; NO when one is no; else UNKNOWN. The reasons are those of the parts that
        decide.

        Raises ValueError without parts: yes by default would be a guess.
        """
        if not parts:
            raise ValueError(f"rule {rule.code} rests on no decision")
        outcomes = {part.outcome for part in parts}
        outcome = next(each for each in (Outcome.NO, Outcome.UNKNOWN, Outcome.YES) if each in outcomes)
        deciding = (reason for part in parts if part.outcome is outcome for reason in part.reasons)
        return cls(outcome, tuple(dict.fromkeys(deciding)), rule, inputs or {}, parts)
