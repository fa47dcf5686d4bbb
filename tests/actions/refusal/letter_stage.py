"""What there is before a letter of a refusal: a ruling, and a refusal that has come as far as it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from fotfeste.platform.scope import scope
from fotfeste.refusal.actions.happening import happened
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal, Ruling
from fotfeste.refusal.public import give_ruling, refusal_of
from fotfeste.settlement.domain.types import Capability, Training
from fotfeste.settlement.public import register_offer_answer
from tests.actions.settlement.stage import offered, queued, refused
from tests.conftest import Cast
from tests.settlement_steps import members_by_name


def ruled(cast: Cast, answer: Training = Training.KEPT, *, valid_from: date | None = None, **changes: Any) -> Ruling:
    """UDI has ruled on Norwegian training after a no."""
    said = {
        "ruled_by": "Avdelingsdirektør Kari Nordmann",
        "source": "Integreringsloven kapittel 6",
        "reasoning": "Loven knytter opplæringen til oppholdstillatelsen.",
    } | changes
    with scope(cast.udi, cast.day):
        return give_ruling(answer, valid_from=valid_from or cast.day, by=cast.udi, at=cast.at, **said)


def refusing(cast: Cast, *, is_unaccompanied: bool = False) -> Refusal:
    """A refusal with IMDi's deadline in three weeks, which UDI has been told of."""
    group = queued(cast, is_unaccompanied=is_unaccompanied)
    if is_unaccompanied:
        refused_with_guardian(cast, offered(cast, group, {Capability.UNACCOMPANIED_MINORS}))
    else:
        refused(cast, group)
    with scope(cast.imdi, cast.day):
        Refusal.objects.filter(subject_id=group).update(imdi_deadline_on=cast.day + timedelta(days=21))
    refusal = seen(cast, group)
    come_to(cast, refusal, Happening.IMDI_MESSAGE, ())
    return refusal


def refused_with_guardian(cast: Cast, group: int) -> None:
    """A minor who came alone has said no, with the guardian there."""
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=False,
            answered_on=cast.day,
            answered_by_names="Maksym",
            answer_language="uk",
            consequences_shown=True,
            guardian_name="Verge Vergesen",
            by=cast.centre,
            at=cast.at,
        )


def seen(cast: Cast, group: int) -> Refusal:
    """As UDI sees it."""
    with scope(cast.udi, cast.day):
        found = refusal_of(group)
    assert found is not None
    return found


def come_to(cast: Cast, refusal: Refusal, kind: Happening, residents: Collection[int], days: int = 0) -> None:
    """Something has happened in it, so many days after the no."""
    on, at = cast.day + timedelta(days=days), cast.at + timedelta(days=days)
    with scope(cast.udi, on):
        happened(refusal, kind, residents, on=on, by=cast.udi, at=at)


def adults_of(cast: Cast, refusal: Refusal) -> list[int]:
    """The adults of the family, Olena first."""
    with scope(cast.udi, cast.day):
        members = members_by_name(refusal.subject_id, cast.day)
    found = sorted((each for each in members.values() if each.age >= 18), key=lambda each: each.given_name != "Olena")
    return [each.subject_id for each in found]
