"""What has happened to a household, in words, as far as the viewer may know."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.platform.happened import Happened
from fotfeste.platform.models import Event
from fotfeste.platform.viewer import Viewer
from fotfeste.web.words import event_words

# What goes on between centre, IMDi and UDI: a municipality gets what IMDi passes on, and is not told of the rest.
NOT_FOR_MUNICIPALITIES = frozenset({"settlement.note_added", "settlement.notes_read"})


def events_for(viewer: Viewer, subject_id: int) -> QuerySet[Event]:
    """What the viewer may know has happened. A municipality is told nothing of what another was asked or answered."""
    events = Event.objects.filter(subject_id=subject_id)
    if viewer.organisation_kind != OrganisationKind.MUNICIPALITY:
        return events
    others = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(pk=viewer.organisation_id)
    return (
        events.exclude(type__in=NOT_FOR_MUNICIPALITIES)
        .exclude(organisation_id__in=others.values("pk"))
        .exclude(other_organisation_id__in=others.values("pk"))
    )


def events_since(viewer: Viewer, subject_id: int, event_id: int) -> Sequence[Happened]:
    """What has happened after an event, the oldest first. Fills the slot of `platform.happened`."""
    return in_words(events_for(viewer, subject_id).filter(pk__gt=event_id).order_by("pk"))


def in_words(events: QuerySet[Event]) -> list[Happened]:
    """The events in their order, each with the name of the organisation that acted."""
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    return [
        Happened(event.recorded_at, event_words(event.type, event.transition), event.organisation_name)
        for event in events.annotate(organisation_name=Subquery(name))
    ]
