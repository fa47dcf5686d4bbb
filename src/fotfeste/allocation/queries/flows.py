"""Who moves from where to where in a plan, of those whom the viewer sees."""

from collections.abc import Sequence

from django.db.models import Count, F, Q, Sum, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf

from fotfeste.allocation.domain.flows import UNKNOWN, Flow
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.board import Narrowed

_LIVES_IN = NullIf(KT("explanation__group__lives_in"), Value(""))


def flows_of(plan: Plan, asked: Narrowed) -> Sequence[Flow]:
    """From the municipality where they live, privately or at a centre, to the one that is proposed, by number. One
    query.
    """
    counted = (
        Proposal.objects.filter(asked.of(plan), Q(municipality__isnull=False))
        .annotate(
            origin=Coalesce(_LIVES_IN, F("case__centre__municipality_id"), Value(UNKNOWN), output_field=TextField()),
            target=F("municipality__municipality_id"),
        )
        .order_by("origin", "target")
        .values_list("origin", "target")
        .annotate(groups=Count("pk"), persons=Sum("size"))
    )
    return [Flow(origin, target, groups, persons) for origin, target, groups, persons in counted]
