"""The letter to a resident about days that are others than an earlier letter said."""

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
from fotfeste.refusal.models import Refusal
from fotfeste.registry.public import Member


def write_days(
    refusal: Refusal,
    member: Member,
    changed: Mapping[str, tuple[date | None, date | None]],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """Write to an adult which days are changed, as they were told and as they are, in a language of theirs.

    The centre where they live writes it and gives it to them. Raises Refused `no_letter_to_a_child`; as
    `letters.write_letter`.
    """
    if not is_adult(member.birth_date, legal_day(at)):
        raise Refused("no_letter_to_a_child", "residents")
    facts = {
        "names": [member.name],
        "centre": Organisation.objects.get(pk=by.organisation_id).name,
        "municipality": refusal.organisation.name,
        "days": [{"what": which, "was_on": was, "now_on": now} for which, (was, now) in changed.items()],
        "still": "yes" if any(now is None for _, now in changed.values()) else "",
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
