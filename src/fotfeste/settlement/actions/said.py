"""What everybody is told where something is said of a municipality: of no household."""

from datetime import date, datetime

from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


def tell_said(kind: str, organisation_id: int, *, on: date, by: Viewer, at: datetime) -> None:
    """Publish that something was said of a municipality that holds from a day, by itself or by another."""
    publish(
        Happening(
            type=kind,
            subject_id=None,
            object_kind="organisation",
            object_id=organisation_id,
            holds_on=on,
            other_organisation_id=organisation_id if organisation_id != by.organisation_id else None,
        ),
        by=by,
        at=at,
    )
