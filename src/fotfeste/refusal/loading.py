"""What the synthetic country has of refusal."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.bulk import Loader
from fotfeste.refusal.domain.types import Question
from fotfeste.refusal.models import Refusal, RefusalEvent, Ruling
from fotfeste.settlement.public import Training

DEMO_OWNER = "Eksempel i demoen"
DEMO_SOURCE = "UDIs veileder for akuttinnkvartering 1.9"
DEMO_REASONING = (
    "Laget for demoen. Veilederen 1.9 viser til loven og sier at de fortsatt har rett til gratis norskopplæring med"
    " samfunnskunnskap. Vedlegg 2–5 sier at tilbudet om opplæring faller bort."
)

TABLES = (Refusal, RefusalEvent)


def first_keys(loader: Loader) -> dict[str, int]:
    """The first free key of a refusal."""
    return {"refusal": loader.next_key(Refusal)}


def load_refusals(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Refusals; the offer is there already."""
    return loader.copy(Refusal, rows)


def load_events(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """What happened in refusals."""
    return loader.copy(RefusalEvent, rows)


def load_demo_ruling(loader: Loader, udi_id: int, at: datetime) -> Ruling:
    """A ruling that follows GUIDE 1.9, from the first day on, marked as one of the demo (ADR 0053)."""
    row = Ruling(
        organisation_id=udi_id,
        question=Question.TRAINING,
        answer=Training.KEPT,
        valid_from=legal_day(at),
        ruled_by=DEMO_OWNER,
        source=DEMO_SOURCE,
        reasoning=DEMO_REASONING,
        is_demo=True,
        given_on=legal_day(at),
        given_at=at,
    )
    row.save(using=loader.using, force_insert=True)
    return row
