"""A municipality says whom it accepts who wants to live there privately (ALT-10; MAMOT 7.1.1)."""

from collections.abc import Mapping
from datetime import date, datetime

from fotfeste.alternative.domain.local import LocalConditionKind
from fotfeste.alternative.models import LocalCondition
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer


@act
def declare_conditions(
    said: Mapping[LocalConditionKind, str | None], *, by: Viewer, at: datetime, version: int | None = None
) -> list[LocalCondition]:
    """The actor's municipality says from today what it asks for: its own words, or None.

    What was said before stays on record with its period; what is the same is left alone. UDI and applicants see it at
    once. Gives the new rows. Raises Stale where a colleague has said something since `version`; Refused
    `own_condition_without_words` (field `other_words`).
    """
    require(by, "alternative.follow_up")
    words = said.get(LocalConditionKind.OTHER)
    if words is not None and not words.strip():
        raise Refused("own_condition_without_words", "other_words")
    today = legal_day(at)
    # The organisation's row is the lock: two colleagues saving at once save one after the other.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    mine = LocalCondition.objects.filter(organisation_id=by.organisation_id)
    refuse_stale(version, mine)
    present = {LocalConditionKind(row.kind): row for row in mine.current().filter(period__endswith__isnull=True)}
    written, has_changed = [], False
    for kind, text in said.items():
        row = present.get(kind)
        new = None if text is None else text.strip()
        if (row.words if row else None) == new:
            continue
        has_changed = True
        if row is not None:
            cut_short(row, today, by=by, at=at, reason="said_otherwise")
        if new is not None:
            written.append(_write(kind, new, today, by=by, at=at))
    if has_changed:
        publish(
            Happening(
                type="alternative.conditions_declared",
                subject_id=None,
                object_kind="organisation",
                object_id=by.organisation_id,
                holds_on=today,
            ),
            by=by,
            at=at,
        )
    return written


def conditions_version(organisation_id: int) -> int:
    """The version of what a municipality has said, for the form that says it anew."""
    return version_of(LocalCondition.objects.filter(organisation_id=organisation_id))


def _write(kind: LocalConditionKind, words: str, today: date, *, by: Viewer, at: datetime) -> LocalCondition:
    return LocalCondition(
        organisation_id=by.organisation_id,
        kind=kind,
        words=words,
        period=Period(today),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
