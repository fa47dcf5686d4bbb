"""What a plan weighed in words: the trade-off between spread and accuracy, and how sets of people fare."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fotfeste.allocation.domain.tradeoff import Weighed, chosen_of, given_up
from fotfeste.allocation.drawing import CurvePicture, Dot
from fotfeste.allocation.words import TENTHS, bare_points, points
from fotfeste.platform import words

_IN_A_PERCENT = 10


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point of the curve as the table shows it."""

    weight: str
    accuracy: str
    room: str
    unevenness: str
    is_chosen: bool


def tenths_of(amount: float) -> int:
    """Points in tenths, as they are told."""
    return round(amount * TENTHS)


def percent_of(thousandths: float) -> str:
    """`12,5`, from thousandths."""
    return words.number(round(thousandths / _IN_A_PERCENT, 1))


def shown_points(curve: Sequence[Weighed]) -> tuple[ShownPoint, ...]:
    """The curve as a table."""
    return tuple(
        ShownPoint(
            points(each.weight * TENTHS),
            bare_points(tenths_of(each.accuracy)),
            percent_of(each.room),
            percent_of(each.unevenness),
            each.is_chosen,
        )
        for each in curve
    )


def curve_in_words(curve: Sequence[Weighed]) -> str:
    """What the policy's own point is, and what it gave up."""
    chosen, lost = chosen_of(curve), tenths_of(given_up(curve))
    said = _(
        "Prioriteringen gir spredning {weight}. Da er planen verdt {accuracy} per person uten spredningen."
    ).format(weight=points(chosen.weight * TENTHS), accuracy=points(tenths_of(chosen.accuracy)))
    if not lost:
        return said + " " + _("Ingen annen vekt ville gjort den mer treffsikker.")
    return (
        said
        + " "
        + _("Den mest treffsikre planen er verdt {lost} mer per person. Det er prisen for spredningen.").format(
            lost=points(lost)
        )
    )


def picture_of(curve: Sequence[Weighed]) -> CurvePicture:
    """The curve as it is drawn: weights that come to the same are one dot."""
    found: dict[tuple[float, float], list[Weighed]] = {}
    for each in curve:
        at = round(each.room / _IN_A_PERCENT, 1), round(each.accuracy, 1)
        found.setdefault(at, []).append(each)
    return CurvePicture(
        dots=tuple(
            Dot(room, accuracy, ", ".join(words.number(each.weight) for each in some), any(e.is_chosen for e in some))
            for (room, accuracy), some in found.items()
        ),
        spread=_("Ledig av anmodningen der de bosettes, i prosent"),
        accuracy=_("Poeng per person uten spredningen"),
        language=words.language(),
    )


def other_weight_in_words(curve: Sequence[Weighed], weight: int) -> str:
    """What another weight of spread would have made of a plan; "" where that was not computed."""
    for each in curve:
        if each.weight == weight:
            return _(
                "Planen som gjelder, ville vært verdt {after} per person uten spredningen med denne vekten (nå: {now})."
            ).format(after=points(tenths_of(each.accuracy)), now=points(tenths_of(chosen_of(curve).accuracy)))
    return ""
