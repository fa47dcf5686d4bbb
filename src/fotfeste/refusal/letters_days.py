"""The letter to a resident about what is otherwise than an earlier letter said: days, that the case stands still, that
no place is held any more.
"""

from collections.abc import Mapping
from datetime import date, datetime

from fotfeste.access.public import Compartment
from fotfeste.directory.public import Organisation
from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.letters import public as letters
from fotfeste.letters.public import LetterKind, language_to_people
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.told_days import OFFER_WITHDRAWN, SUSPENDED_FROM
from fotfeste.refusal.domain.types import LETTERS, Happening
from fotfeste.refusal.models import Refusal
from fotfeste.registry.public import Member


def write_days(
    refusal: Refusal,
    member: Member,
    changed: Mapping[str, tuple[date | None, date | None]],
    *,
    course: Course,
    by: Viewer,
    at: datetime,
) -> None:
    """Write to an adult which days are changed, as they were told and as they are, whether the case stands still or
    goes on again (`course`), and that the offer is withdrawn where that is new to them, in a language of theirs.

    The centre where they live writes it and gives it to them. Raises Refused `no_letter_to_a_child`; as
    `letters.write_letter`.
    """
    if not is_adult(member.birth_date, legal_day(at)):
        raise Refused("no_letter_to_a_child", "residents")
    facts = {
        "names": [member.name],
        "centre": Organisation.objects.get(pk=by.organisation_id).name,
        "municipality": refusal.organisation.name,
        "days": [
            {"what": which, "was_on": was, "now_on": now}
            for which, (was, now) in changed.items()
            if which not in (SUSPENDED_FROM, OFFER_WITHDRAWN)
        ],
        "withdrawn_on": changed.get(OFFER_WITHDRAWN, (None, None))[1],
        **_stands(course, str(member.subject_id), changed, legal_day(at)),
    }
    letter = letters.write_letter(
        LetterKind.DAYS_CHANGED,
        subject_id=refusal.subject_id,
        to_organisation_id=None,
        language=language_to_people(member.languages),
        facts=facts,
        compartment=Compartment.REFUSAL,
        receiver=[member.name],
        also_about=[member.subject_id],
        by=by,
        at=at,
    )
    letters.send_letter(letter.reference, by=by, at=at)


def _stands(
    course: Course, name: str, changed: Mapping[str, tuple[date | None, date | None]], today: date
) -> dict[str, date | str | None]:
    """From when the case stands still or, where they were told that it did, goes on; what that means by how far it has
    come for them.
    """
    was_told_still = changed.get(SUSPENDED_FROM, (None, None))[0] is not None
    resumed = [each.on for each in course.all(Happening.RESUMED)]
    stop = course.benefit_stop(name)
    return {
        "still_on": course.suspended_from(),
        "resumed_on": resumed[-1] if was_told_still and not course.is_suspended() else None,
        "step": next((str(letter) for letter in reversed(LETTERS) if course.first(letter, name)), "deadline_to_move"),
        "stopped": "yes" if stop and stop.start <= today else "",
    }
