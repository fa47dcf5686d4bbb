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
    """The curve as it is drawn."""
    return CurvePicture(
        dots=tuple(
            Dot(round(each.room / _IN_A_PERCENT, 2), round(each.accuracy, 2), words.number(each.weight), each.is_chosen)
            for each in curve
        ),
        spread=_("Ledig av anmodningen der de bosettes, i prosent"),
        accuracy=_("Poeng per person uten spredningen"),
        language=words.language(),
    )
