"""What has happened to a household, in words, as far as the viewer may know."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from fotfeste.access.public import Need, NeedReason
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.platform.happened import Happened
from fotfeste.platform.models import Event
from fotfeste.platform.prepared import Given, Prepared
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal import public as refusal
from fotfeste.registry import public as registry
from fotfeste.settlement import public as settlement
from fotfeste.web.words import event_words

# What goes on between centre, IMDi and UDI: a municipality gets what IMDi passes on, and is not told of the rest.
NOT_FOR_MUNICIPALITIES = frozenset(
    {
        *("settlement.note_added", "settlement.notes_read", "settlement.private_move_seen"),
        *settlement.TRAVEL_EVENTS,  # what the centre says to the travel agent, and what UDI pays it
        # Of a refusal it is told what it is asked about its offer: no talks, no letters, no eviction.
        *(f"refusal.{kind}" for kind in refusal.Happening if kind not in refusal.OF_THE_OFFER),
        "refusal.taken_back",  # mostly a talk or a letter, of which it was not told
    }
)
# Why somebody comes no more is not their business: they are told that others come.
_WHY_THEY_LEFT = Q(
    type__in=["accommodation.departed", "accommodation.departure_annulled", "accommodation.address_registered"]
) & ~Q(transition="agreed_settlement")
# The event of each act that takes something back: both are of one instant.
_TAKEN_BACK: Mapping[str, str] = {
    "registry.status_annulled": registry.TakenBack.STATUS,
    "accommodation.departure_annulled": registry.TakenBack.DEPARTURE,
    "accommodation.arrival_corrected": registry.TakenBack.ARRIVAL,
    "refusal.taken_back": registry.TakenBack.REFUSAL,
    "accommodation.private_stay_corrected": registry.TakenBack.PRIVATE_STAY,
    "settlement.annul_refusal": registry.TakenBack.OFFER_ANSWER,
    "settlement.annul_not_moved": registry.TakenBack.OFFER_ANSWER,
    "settlement.reopen_interview": registry.TakenBack.CLOSING,
    "settlement.reopen_case": registry.TakenBack.CLOSING,
}
SEES_NOT_ALL = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.CENTRE, OrganisationKind.POLICE})


type Whys = Mapping[tuple[datetime, str], str]


def happened_to(viewer: Viewer, subject_id: int) -> list[Any]:
    """What the viewer may know has happened, the newest first, each with the name of who acted. One query."""
    return _NEWEST_FIRST[OrganisationKind(viewer.organisation_kind)](subject=subject_id, own=viewer.organisation_id)


def _events_for(kind: OrganisationKind, subject_id: "int | Given", own: "int | Given") -> QuerySet[Event]:
    """What an organisation may know has happened.

    A municipality is told nothing of what another was asked or answered; a centre that they have left, and whoever
    registered them, nothing of any municipality that they did not act on themselves.
    """
    events = Event.objects.filter(subject_id=subject_id)
    if kind not in SEES_NOT_ALL:
        return events
    others = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(pk=own)
    of_others = Q(organisation_id__in=others.values("pk")) | Q(other_organisation_id__in=others.values("pk"))
    if kind == OrganisationKind.MUNICIPALITY:
        return events.exclude(type__in=NOT_FOR_MUNICIPALITIES).exclude(_WHY_THEY_LEFT).exclude(of_others)
    here = Need.objects.filter(
        subject_id=subject_id, organisation_id=own, reason=NeedReason.LIVES_HERE, period__endswith__isnull=True
    )
    return events.filter(Exists(here) | ~of_others | Q(organisation_id=own))


def events_since(viewer: Viewer, subject_id: int, event_id: int) -> Sequence[Happened]:
    """What has happened after an event, the oldest first. Fills the slot of `platform.happened`."""
    return in_words(_with_actors(_events(viewer, subject_id).filter(pk__gt=event_id).order_by("pk")))


def last_known(viewer: Viewer, subject_id: int) -> int:
    """The newest event that the viewer may know of, 0 where there is none. Fills the slot of `platform.happened`."""
    return _events(viewer, subject_id).order_by("-pk").values_list("pk", flat=True).first() or 0


def _events(viewer: Viewer, subject_id: int) -> QuerySet[Event]:
    return _events_for(OrganisationKind(viewer.organisation_kind), subject_id, viewer.organisation_id)


def _with_actors(events: QuerySet[Event]) -> QuerySet[Any]:
    """The events, each with the name of the organisation that acted."""
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    return events.annotate(organisation_name=Subquery(name))


def _newest_first(kind: OrganisationKind) -> Prepared[Any]:
    return Prepared(
        lambda: _with_actors(_events_for(kind, Given.key("subject"), Given.key("own"))).order_by("-recorded_at", "-pk")
    )


_NEWEST_FIRST = {kind: _newest_first(kind) for kind in OrganisationKind}


def whys_of(corrections: Iterable[Mapping[str, Any]]) -> Whys:
    """Why something was taken back, in words, by when and what. `corrections`: as `registry.corrections_as_rows`."""
    found: dict[tuple[datetime, str], str] = {}
    for row in corrections:
        words = str(registry.MISTAKES[registry.Mistake(row["reason"])])
        if row["text"]:
            words = f"{words}: {row['text']}"
        key = (datetime.fromisoformat(row["recorded_at"]), row["taken_back"])
        found[key] = f"{found[key]}\n{words}" if key in found else words
    return found


def in_words(events: Iterable[Any], whys: Whys | None = None) -> list[Happened]:
    """Events that have their actors' names, in words and in their order; with why, where that is given."""
    found = whys or {}
    return [
        Happened(
            event.recorded_at,
            event_words(event.type, event.transition),
            event.organisation_name,
            found.get((event.recorded_at, _TAKEN_BACK.get(event.type, "")), ""),
        )
        for event in events
    ]
