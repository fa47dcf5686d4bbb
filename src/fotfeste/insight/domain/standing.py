"""Who waits for a municipality now, on which step, and how many of them are over their goal (INS-02): counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fotfeste.insight.domain.figures import Both, Count
from fotfeste.insight.domain.waiting import Family, Step
from fotfeste.kernel.hiding import SMALLEST_SHOWN, Part, left_out, left_out_parts


@dataclass(frozen=True, slots=True)
class Waiting:
    """People who wait on a step now; those who wait for UDI's decision have no goal yet."""

    step: Step
    family: Family
    has_permit: bool
    is_over: bool
    people: Both


@dataclass(frozen=True, slots=True)
class Standing:
    """How many wait, and how many of them are over their goal."""

    people: Count
    over: Count
    own: int = 0  # of those, the asker's own municipality's


def waiting_by_step(rows: Iterable[Waiting]) -> tuple[list[tuple[Step, Standing]], Standing]:
    """Those with a permit who wait, by step, and all together. Nobody waits before the centre is told."""
    steps = [step for step in Step if step is not Step.PERMIT]
    found = [row for row in rows if row.has_permit]
    standing, everybody = _standing([[row for row in found if row.step == step] for step in steps])
    return list(zip(steps, standing, strict=True)), everybody


def waiting_by_family(rows: Iterable[Waiting]) -> tuple[list[tuple[Family, Standing]], Standing]:
    """Those with a permit who wait, by family, and all together."""
    found = [row for row in rows if row.has_permit]
    standing, everybody = _standing([[row for row in found if row.family == family] for family in Family])
    return list(zip(Family, standing, strict=True)), everybody


def waiting_for_decision(rows: Iterable[Waiting]) -> Count:
    """Those who are on their way before UDI has decided."""
    return Count(sum(row.people.country for row in rows if not row.has_permit))


def _standing(sets: Sequence[Sequence[Waiting]]) -> tuple[list[Standing], Standing]:
    """Each set of those who wait, and their sum, with what is left out so that no small count is told: neither of those
    who are over their goal nor of those who are not.
    """
    people = [sum(row.people.country for row in rows) for rows in sets]
    over = [sum(row.people.country for row in rows if row.is_over) for rows in sets]
    of_people = left_out(people, total=sum(people))
    counts = [Count(many, is_left_out=place in of_people.places) for place, many in enumerate(people)]
    of_over = left_out_parts(
        [Part(many, late, count.shown is not None) for many, late, count in zip(people, over, counts, strict=True)]
    )
    standing = [
        Standing(
            count,
            Count(late, is_left_out=place in of_over.places and not (count.shown and 0 < late < SMALLEST_SHOWN)),
            sum(row.people.own for row in sets[place]),
        )
        for place, (count, late) in enumerate(zip(counts, over, strict=True))
    ]
    everybody = Standing(
        Count(sum(people), is_left_out=of_people.is_sum),
        Count(sum(over), is_left_out=sum(over) > 0 and (of_people.is_sum or of_over.is_sum)),
        sum(row.people.own for rows in sets for row in rows),
    )
    return standing, everybody
