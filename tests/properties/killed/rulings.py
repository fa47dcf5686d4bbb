"""Acts on rulings of refusal, each with what there is before it."""

from fotfeste.kernel.calendar import legal_day
from fotfeste.refusal.public import give_ruling
from fotfeste.settlement.domain.types import Training
from tests.actions.refusal.letter_stage import ruled
from tests.conftest import Cast
from tests.properties.killed.scene import Scene


def ruling_given(cast: Cast) -> tuple[int, ...]:
    """A ruling that UDI has given."""
    ruled(cast)
    return ()


RULINGS = {
    "give_ruling": Scene(
        ruling_given,
        "udi",
        lambda **by: give_ruling(
            Training.LOST,
            valid_from=legal_day(by["at"]),
            ruled_by="Kari Nordmann",
            source="Vedlegg 5",
            reasoning="Departementet har avklart det.",
            **by,
        ),
    ),
}
