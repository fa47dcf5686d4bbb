"""The centre talks with those who refuse, so that they choose knowing what it costs, and registers who says yes."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import Said, lock_refusal, register
from fotfeste.refusal.domain.types import Happening, TalkInterpreter
from fotfeste.refusal.models import Refusal
from fotfeste.settlement.public import take_up_offer

COUNSELS = "refusal.counsel"


@act
def register_talk(
    group_id: int,
    residents: Collection[int],
    *,
    held_on: date,
    language: str,
    interpreter: TalkInterpreter | str,
    text: str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Refusal:
    """The centre writes down a preventive talk (forebyggende samtale): with whom, in what language, and what was
    explained.

    It may be written down later. Raises Refused (`talk_needs_words`, `refusal_names_nobody`, `not_in_refusal`,
    `refusal_event_in_future`), Stale, NotFound. Source: GUIDE 1.9.
    """
    require(by, COUNSELS)
    if not text.strip() or not language.strip() or interpreter not in set(TalkInterpreter):
        raise Refused("talk_needs_words", "text")
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    said = Said(text, language.strip(), str(interpreter))
    register(refusal, Happening.TALK, residents, on=held_on, said=said, field="held_on", by=by, at=at)
    return refusal


@act
def register_acceptance(
    group_id: int,
    residents: Collection[int],
    *,
    accepted_on: date,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Refusal:
    """Residents say yes after all, as they may until they have moved (REF-05).

    They are in the refusal no more, and their benefit is due again from the day. The offer stands, since the
    municipality held it: the centre is asked to agree the journey. Where it has withdrawn, they are in the queue again.
    The refusal goes on for the others. It may be written down later. Raises Refused (`refusal_names_nobody`,
    `refusal_child_accepts_alone`, `not_in_refusal`, `nobody_may_move`), Stale, NotFound, NoRule.
    """
    require(by, COUNSELS)
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    kind = Happening.ACCEPTED
    register(refusal, kind, residents, on=accepted_on, said=Said(text), field="residents", by=by, at=at)
    take_up_offer(group_id, residents, on=accepted_on, by=by, at=at)
    return refusal
