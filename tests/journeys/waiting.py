"""Households in the queue: what the walk about plans begins with. The country itself has hardly anybody there."""

from tests.journeys.people import family
from tests.journeys.stages import Stages


class Waiting(Stages):
    """Four families who wait for a municipality."""

    def make(self) -> dict[str, str]:
        """They live at Voss and have been interviewed."""
        self._room_for_them()
        for name in ("Adamenko", "Bilous", "Cherniak", "Dovhal"):
            self.queued(self.registered(name.lower(), family(name, "Halyna", "Roman", "Zlata")))
        return self.references
