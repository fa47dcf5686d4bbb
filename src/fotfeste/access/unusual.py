"""Looks of one's own organisation that stand out, and every emergency access, for those who see to them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import connection

from fotfeste.access.domain.book import book
from fotfeste.access.domain.permissions import SEE_UNUSUAL
from fotfeste.access.domain.types import LookRule, NeedReason
from fotfeste.access.domain.unusual import Finding, Occasion, name_tokens, of_each_household, unusual
from fotfeste.access.emergencies import emergencies_at_protected, emergencies_listed
from fotfeste.access.models import EmergencyAccess, Look, LookReview, Subject
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.acts import require
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Unusual:
    """A finding as the administrator sees it: the user, the household's reference, and what was said of it."""

    finding: Finding
    user_name: str
    household_reference: str  # empty where it is about many, or about a protected household
    review: LookReview | None  # None as long as nobody has said what it was
    asked: Sequence[EmergencyAccess] = ()  # the emergency accesses that it is about


def unusual_looks(viewer: Viewer, at: datetime) -> list[Unusual]:
    """Looks of the viewer's own staff that stand out, and every emergency access, the newest first.

    Emergency access stays until somebody has looked at it. Raises NotAllowed for others than those who see to them.
    """
    require(viewer, SEE_UNUSUAL)
    on = legal_day(at)
    since = at - timedelta(days=book().get("looks_listed_days", on).integer)
    users = dict(User.objects.filter(organisation_id=viewer.organisation_id).values_list("pk", "name"))
    asked = list(emergencies_listed(viewer, since))
    found = [
        *_looks_found(users, since, on),
        *of_each_household(LookRule.EMERGENCY, map(_occasion, asked)),
        *of_each_household(LookRule.PROTECTED_EMERGENCY, emergencies_at_protected(since)),
    ]
    found.sort(key=attrgetter("last_at"), reverse=True)
    return _in_full(users, found, asked)


def _looks_found(users: Mapping[int, str], since: datetime, on: date) -> Iterator[Finding]:
    """What stands out among looks: without work, of somebody called alike, and at protected households without work."""
    rules = book()
    days = rules.get("look_days_around_work", on).integer
    without_work = {key for (key,) in _rows("SELECT look_id FROM looks_without_work(%s, %s)", since, days)}
    protected = [
        Occasion(key, user_id, None, looked_at, number)
        for key, user_id, looked_at, number in _rows("SELECT * FROM looks_at_protected(%s, %s)", since, days)
    ]
    without_work -= {each.record_id for each in protected}
    same_name, same_family_name = _alike_in_name(users, since)
    # So many families are called the same that work with one is reason enough.
    same_family_name = same_family_name & without_work - same_name
    looks = _looks(without_work | same_name)
    many = rules.get("look_many_households", on).integer
    within = timedelta(minutes=rules.get("look_many_minutes", on).integer)
    yield from unusual((looks[key] for key in without_work & looks.keys()), many=many, within=within)
    for rule, keys in ((LookRule.SAME_NAME, same_name), (LookRule.SAME_FAMILY_NAME, same_family_name)):
        yield from of_each_household(rule, (looks[key] for key in keys & looks.keys()))
    yield from of_each_household(LookRule.PROTECTED, protected)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _occasion(asked: EmergencyAccess) -> Occasion:
    return Occasion(asked.pk, asked.user_id, asked.household_id, asked.opened_at, asked.reference)


def _looks(keys: Collection[int]) -> dict[int, Occasion]:
    """Looks at a household by their keys; those that the session reads.

    Without what was seen in emergency access: it is gone into with that.
    """
    return {
        look.pk: Occasion(look.pk, look.user_id, look.household_id, look.looked_at, look.request_number)
        for look in Look.objects.filter(pk__in=keys).exclude(reasons=[NeedReason.EMERGENCY])
        if look.user_id is not None and look.household_id is not None
    }


def _alike_in_name(users: Mapping[int, str], since: datetime) -> tuple[set[int], set[int]]:
    """Looks at somebody with the full name of one of these users, and at somebody with the family name of who looked.

    The database compares, and says of which looks; not who it was. One query.
    """
    named = [(user, token) for user, name in users.items() for token in sorted(name_tokens(name))]
    rows = _rows(
        "SELECT look_id, is_full FROM looks_alike_in_name(%s, %s::bigint[], %s::text[])",
        since,
        [user for user, _ in named],
        [token for _, token in named],
    )
    return {key for key, is_full in rows if is_full}, {key for key, is_full in rows if not is_full}


def _in_full(users: Mapping[int, str], findings: Sequence[Finding], asked: Sequence[EmergencyAccess]) -> list[Unusual]:
    """With the users' names, the households' references, and what was said of each."""
    households = {finding.household_id for finding in findings if finding.household_id}
    references = dict(Subject.objects.filter(pk__in=households).values_list("pk", "reference"))
    said = _last_said({finding.looked_on for finding in findings})
    found = []
    for finding in findings:
        last = said.get((finding.user_id, finding.rule, finding.looked_on, finding.household_id))
        found.append(
            Unusual(
                finding,
                user_name=users.get(finding.user_id, ""),
                household_reference=references.get(finding.household_id or 0, ""),
                review=last if last is not None and finding.last_at <= last.reviewed_at else None,
                asked=[each for each in asked if _is_about(finding, each)],
            )
        )
    return found


def _last_said(days: Collection[date]) -> dict[tuple[int, LookRule, date, int | None], LookReview]:
    """What was said last of the looks of these days, by user, rule, day and household. One query."""
    reviews = LookReview.objects.filter(looked_on__in=days).select_related("reviewed_by").order_by("reviewed_at")
    return {
        (review.looked_by_id, LookRule(review.rule), review.looked_on, review.household_id): review
        for review in reviews
    }


def _is_about(finding: Finding, asked: EmergencyAccess) -> bool:
    """Whether an emergency access is one of those that a finding is about."""
    about = (LookRule.EMERGENCY, asked.user_id, asked.household_id, legal_day(asked.opened_at))
    return about == (finding.rule, finding.user_id, finding.household_id, finding.looked_on)
