"""Who refuses still, and who said yes after all, of a household that refused: answered by `refusal` through slots."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string


def said_yes(group_id: int) -> frozenset[int]:
    """The subjects of those who said yes after all in the household's last refusal of settlement."""
    answer: Callable[[int], frozenset[int]] = import_string(settings.FOTFESTE_SAID_YES)
    return answer(group_id)


def still_refusing(group_id: int) -> frozenset[int]:
    """The subjects of those with whom an open refusal of settlement goes on."""
    answer: Callable[[int], frozenset[int]] = import_string(settings.FOTFESTE_STILL_REFUSING)
    return answer(group_id)
