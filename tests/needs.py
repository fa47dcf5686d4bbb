"""Why an organisation knows of somebody, for tests that put together what a page is given."""

from datetime import date

from fotfeste.access.public import Need
from fotfeste.platform.viewer import Viewer


def reasons_of(viewer: Viewer, subject_id: int, day: date) -> frozenset[str]:
    """Why the viewer's organisation needs to know of a subject on a day; empty where it does not."""
    mine = Need.objects.filter(subject_id=subject_id, organisation_id=viewer.organisation_id, period__contains=day)
    return frozenset(mine.order_by("reason").values_list("reason", flat=True))
