"""UDI rules on what the sources contradict each other on, so that the letters can say it (REF-04)."""

from datetime import date, datetime

from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused, Stale
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.types import Question
from fotfeste.refusal.models import Ruling
from fotfeste.settlement.public import Training

RULE = "refusal.rule"


@act
def give_ruling(
    answer: Training,
    *,
    valid_from: date,
    ruled_by: str,
    source: str,
    reasoning: str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Ruling:
    """UDI says from a day on, today at the earliest, whether Norwegian training is kept or lost after a no.

    What held before ends there, and stays on record with the letters that rest on it. `ruled_by`: who answers for it.
    Raises NotAllowed; Refused `ruling_backwards`, `ruling_needs_words` with the field; Stale where a colleague has
    given one since `version` (how many there were).
    """
    require(by, RULE)
    # The organisation's row is the lock: two colleagues who rule at once do it one after the other.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    today, given = legal_day(at), Ruling.objects.filter(question=Question.TRAINING).count()
    if version is not None and version != given:
        raise Stale(version, given)
    if valid_from < today:
        raise Refused("ruling_backwards", "valid_from")
    said = {"ruled_by": ruled_by.strip(), "source": source.strip(), "reasoning": reasoning.strip()}
    for field, words in said.items():
        if not words:
            raise Refused("ruling_needs_words", field)
    row = Ruling(
        organisation_id=by.organisation_id,
        question=Question.TRAINING,
        answer=Training(answer),
        valid_from=valid_from,
        given_on=today,
        given_at=at,
        given_by_id=by.user_id,
        **said,
    )
    row.save(force_insert=True)
    told = Happening(
        type="refusal.ruled",
        subject_id=None,
        object_kind="organisation",
        object_id=by.organisation_id,
        holds_on=valid_from,
    )
    publish(told, by=by, at=at)
    return row
