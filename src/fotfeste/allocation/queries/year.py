"""What the rest of the year is asked of: the queue, whom to expect, and every place that is left (ADR 0045)."""

from dataclasses import replace
from datetime import date

from fotfeste.access.public import Protection
from fotfeste.allocation.domain.expected import expected, season
from fotfeste.allocation.domain.year import Standing
from fotfeste.allocation.queries.inputs import candidates_on, recent_groups
from fotfeste.directory.reference.read import monthly_applications
from fotfeste.platform.viewer import Viewer

WEEKS = 53  # the whole of what is left of any year, however far ahead the policy's plans look


def standing_on(viewer: Viewer, day: date) -> Standing:
    """What stands on a day, without those who are protected: numbers are kept of it, which everybody who plans reads.

    Those who are left are numbered anew, and what is steered is what is steered of them: a gap, or a pin of somebody
    who is not there, would show in the fingerprint. Raises NoRule.
    """
    found = candidates_on(viewer, day)
    protected = _protected(day)
    seen = [(group, subject) for group, (_case, subject) in zip(found.groups, found.cases, strict=True)]
    left = [(group, subject) for group, subject in seen if subject not in protected]
    recent = recent_groups(viewer, found.policy, day, protected)
    return Standing(
        waiting=tuple(replace(group, reference=str(place)) for place, (group, _subject) in enumerate(left)),
        expected=expected(recent, found.policy, day, found.year, season(monthly_applications()), WEEKS),
        municipalities=found.municipalities,
        places=found.places,
        policy=found.policy,
        on=day,
        year=found.year,
        steering=found.standing.for_plan({subject: str(place) for place, (_group, subject) in enumerate(left)}),
    )


def _protected(day: date) -> frozenset[int]:
    """The protected households that the viewer is named for; the others are not there."""
    found = Protection.objects.current().filter(period__contains=day)
    return frozenset(found.values_list("subject_id", flat=True))
