"""What a municipality was told when its part in a household ended: by number and day, never by name."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.models import Withdrawal


def withdrawals_for(viewer: Viewer, reference: str) -> list[Withdrawal]:
    """What the viewer's organisation was told about the household behind a reference, the newest first.

    Empty where it was told nothing, also where there is no such household. One query.
    """
    own = Withdrawal.objects.filter(subject__reference=reference, organisation_id=viewer.organisation_id)
    return list(own.select_related("withdrawn_by").order_by("-pk"))


def request_names(withdrawal_ids: Collection[int]) -> Mapping[int, str]:
    """What the request of each notice is called where the household may not be: `Forespørsel 7k2m...`. One query."""
    numbers = Withdrawal.objects.filter(pk__in=withdrawal_ids).values_list("pk", "request_number")
    return {key: request_name(number) for key, number in numbers}


def request_name(number: str) -> str:
    """A request by its number."""
    return _("Forespørsel %(number)s") % {"number": number}
