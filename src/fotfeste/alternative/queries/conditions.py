"""What municipalities ask for before they accept somebody: published, for UDI and applicants (ALT-10)."""

from datetime import date

from fotfeste.alternative.domain.local import LocalConditionKind
from fotfeste.alternative.models import LocalCondition


def local_conditions(municipality_id: int, day: date) -> list[LocalCondition]:
    """What one municipality asks for on a day, in the order in which it is shown. Needs no need to know."""
    order = list(LocalConditionKind)
    rows = LocalCondition.objects.current().filter(organisation_id=municipality_id, period__contains=day)
    return sorted(rows, key=lambda row: order.index(LocalConditionKind(row.kind)))
