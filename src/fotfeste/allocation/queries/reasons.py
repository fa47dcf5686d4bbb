"""Why a household was proposed for a municipality, as the letter of its offer tells it."""

from fotfeste.allocation.domain.explanation import ANYWHERE, Explanation, told_to_resident
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.models import Proposal


def offer_reasons(request_id: int) -> tuple[str, ...]:
    """What the letter tells of why this municipality, as codes; of a request that no plan proposed only that refugees
    are settled everywhere. One query.
    """
    kept = Proposal.objects.filter(request_id=request_id).values_list("explanation", flat=True).first()
    return told_to_resident(from_json(Explanation, kept)) if kept else (ANYWHERE,)
