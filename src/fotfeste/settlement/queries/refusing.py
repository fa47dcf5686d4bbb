"""Who refuses still, of a household in which others have said yes: answered by `refusal` through config's slot."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string


def still_refusing(group_id: int) -> frozenset[int]:
    """The subjects of those with whom an open refusal of settlement goes on."""
    answer: Callable[[int], frozenset[int]] = import_string(settings.FOTFESTE_STILL_REFUSING)
    return answer(group_id)
