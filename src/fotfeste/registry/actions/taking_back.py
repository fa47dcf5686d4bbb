"""What was registered by mistake is taken back: annulled with a reason, and what followed from it follows anew."""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.persons import refuse_unless
from fotfeste.registry.actions.status import refuse_strangers
from fotfeste.registry.actions.summary import sum_up_groups_of
from fotfeste.registry.domain.rules import check_mistake, may_take_back, needs_udi
from fotfeste.registry.domain.types import Mistake, StatusKind, TakenBack
from fotfeste.registry.models import Correction, PlacementGroup, StatusEvent
from fotfeste.registry.queries.statuses import statuses_of


@act
def annul_status(
    group_id: int,
    person_ids: Sequence[int],
    kind: StatusKind,
    holds_on: date,
    *,
    reason: Mistake | str,
    text: str = "",
    right_on: date | None = None,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> PlacementGroup:
    """Take back a status of chosen members that was registered by mistake; `right_on`: it holds from another day.

    By UDI, or by whoever registered it; permits and refusals are UDI's. One event, `registry.status_annulled`, with the
    kind as its transition: whoever reckoned with the status reckons anew.
    Raises Refused: `mistake_missing`, `mistake_needs_words`, `nobody_chosen`, `not_a_member`, `status_not_registered`,
    `annulled_by_whoever_registered`, and those of `may_take_back`; Stale, NotFound.
    """
    require(by, "registry.register_permit" if needs_udi(kind) else "registry.register_status")
    check_mistake(reason, text)
    today = legal_day(at)
    group = lock_group(group_id, version=version)
    chosen = list(dict.fromkeys(person_ids))
    if not chosen:
        raise Refused("nobody_chosen", "person_ids")
    refuse_strangers(group_id, chosen, today)
    require_part([group_id, *chosen], by=by, at=at)
    statuses = statuses_of(chosen)
    for person_id in chosen:
        decision = may_take_back(kind, holds_on, right_on, statuses[person_id], today)
        refuse_unless(decision, _field_of(decision.reasons[0].code) if decision.reasons else None)
    rows = list(StatusEvent.objects.current().filter(subject_id__in=chosen, kind=kind, holds_on=holds_on))
    if not by.may("registry.register_permit") and {row.reported_by_id for row in rows} != {by.organisation_id}:
        raise Refused("annulled_by_whoever_registered", "status")
    for row in sorted(rows, key=lambda each: each.pk):
        if right_on is None:
            annul(row, by=by, at=at, reason=str(reason))
        else:
            supersede(row, by=by, at=at, reason=str(reason), holds_on=right_on)
    record_correction(group_id, TakenBack.STATUS, holds_on, reason, text, by=by, at=at)
    sum_up_groups_of(chosen)
    publish(
        Happening(
            type="registry.status_annulled",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            transition=kind,
            holds_on=holds_on,
        ),
        by=by,
        at=at,
    )
    return group


def unsettle(person_ids: Sequence[int], reason: Mistake | str, *, by: Viewer, at: datetime) -> None:
    """They never moved: take back that they are settled. For the act that takes their departure back."""
    rows = StatusEvent.objects.current().filter(subject_id__in=person_ids, kind=StatusKind.SETTLED).order_by("pk")
    for row in rows:
        annul(row, by=by, at=at, reason=str(reason))
    sum_up_groups_of(person_ids)


def record_correction(
    group_id: int, taken_back: TakenBack, holds_on: date, reason: Mistake | str, text: str, *, by: Viewer, at: datetime
) -> None:
    """Keep why a fact of a household was taken back. For acts that hold the lock and have checked the reason."""
    Correction(
        subject_id=group_id,
        taken_back=taken_back,
        holds_on=holds_on,
        reason=str(reason),
        text=text.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()


def _field_of(code: str) -> str:
    """Where on the form a refusal belongs: what was chosen to be taken back, or the day that is to be right."""
    of_the_choice = {"status_not_registered", "status_is_kept", "settled_by_departure", "settlement_rests_on_it"}
    return "status" if code in of_the_choice else "right_on"
