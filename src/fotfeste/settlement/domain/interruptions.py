"""What comes between a journey and its day: whether it can be registered so (TRV-01)."""

from datetime import date

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.types import InterruptionKind


def check_interruption(
    kind: InterruptionKind | str,
    text: str,
    *,
    happened_on: date,
    agreed_on: date,
    was_on: date,
    new_on: date | None,
    today: date,
) -> None:
    """Refuse one that has not happened, was before the journey was agreed (`agreed_on`), moves to the day that it was
    or to one that is over, or says nothing.

    The same day is no new day: where they come later on it, the times of the journey are changed instead.
    """
    if kind not in {str(each) for each in InterruptionKind}:
        raise Refused("interruption_kind_missing", "kind")
    if kind == InterruptionKind.OTHER and not text.strip():
        raise Refused("an_interruption_says_what", "text")
    if happened_on > today:
        raise Refused("interruption_in_the_future", "happened_on")
    if happened_on < agreed_on:
        raise Refused("interruption_before_agreement", "happened_on", {"day": agreed_on})
    if new_on is not None and new_on == was_on:
        raise Refused("moved_to_the_same_day", "new_on")
    if new_on is not None and new_on < happened_on:
        raise Refused("moved_to_a_later_day", "new_on", {"day": happened_on})
