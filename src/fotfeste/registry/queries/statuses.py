"""The dated statuses of persons."""

from collections.abc import Iterable, Mapping

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from fotfeste.kernel.calendar import legal_day
from fotfeste.registry.domain.types import Status, StatusKind, TakenBack
from fotfeste.registry.models import Correction, StatusEvent


def statuses_of(subject_ids: Iterable[int]) -> Mapping[int, tuple[Status, ...]]:
    """The statuses of persons as held true now, the first first; every person asked for is a key. One query."""
    wanted = list(subject_ids)
    found: dict[int, list[Status]] = {subject_id: [] for subject_id in wanted}
    rows = (
        StatusEvent.objects.current()
        .filter(subject_id__in=wanted)
        .order_by("holds_on", "pk")
        .values_list("subject_id", "kind", "holds_on", "reported_by__name", "recorded_at")
    )
    for subject_id, kind, holds_on, reported_by, recorded_at in rows:
        found[subject_id].append(Status(StatusKind(kind), holds_on, reported_by, legal_day(recorded_at)))
    return {subject_id: tuple(statuses) for subject_id, statuses in found.items()}


def corrections_of(group_id: int, taken_back: TakenBack) -> list[Correction]:
    """What was taken back of a kind of fact of a household, and why, the last first; where the viewer corrects."""
    return list(Correction.objects.current().filter(subject_id=group_id, taken_back=taken_back).order_by("-pk"))


def corrections_as_rows(subject: OuterRef) -> ArraySubquery:
    """What was taken back of a household, when, by whom and why, the first first; part of another query. Empty for whom
    the fence shows none.
    """
    rows = Correction.objects.current().filter(subject_id=subject).order_by("pk")
    names = ("recorded_at", "taken_back", "reason", "text")
    return ArraySubquery(rows.values(row=JSONObject(organisation="reported_by_id", **{name: name for name in names})))
