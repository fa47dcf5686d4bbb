"""What is ruled, and from when. Everybody reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.refusal.domain.types import Question
from fotfeste.refusal.models import Ruling


@dataclass(frozen=True, slots=True)
class Held:
    """A ruling with the first day on which another holds; `ends_on` is None for the last."""

    ruling: Ruling
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force."""
        return self.ruling.valid_from <= day and (self.ends_on is None or day < self.ends_on)


def ruling_on(day: date, question: Question = Question.TRAINING) -> Ruling | None:
    """The ruling in force on a day; None where there is none. One query."""
    begun = Ruling.objects.filter(question=question, valid_from__lte=day)
    return begun.order_by("-valid_from", "-pk").select_related("organisation").first()


def training_ruled(day: date) -> str:
    """`kept` or `lost` by the ruling in force on a day; empty without one. For the offer, which is told of below."""
    found = ruling_on(day)
    return found.answer if found else ""


def rulings(question: Question = Question.TRAINING) -> Sequence[Held]:
    """Every ruling with how long it held, the latest first. One query.

    One that another replaced on the day on which it was to begin never held: it ends as it begins.
    """
    rows = Ruling.objects.filter(question=question).select_related("organisation", "given_by")
    in_order = list(rows.order_by("valid_from", "pk"))
    ends: list[date | None] = [each.valid_from for each in in_order[1:]]
    return [Held(each, end) for each, end in zip(in_order, [*ends, None], strict=False)][::-1]
