"""What is ruled on Norwegian training after a no to an offer: asked of the package that keeps the rulings."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.settlement.domain.types import Training


def training_on(day: date) -> Training | None:
    """Whether it is kept or lost by the ruling in force on the day; None without one (`FOTFESTE_TRAINING_RULED`)."""
    ruled: Callable[[date], str] = import_string(settings.FOTFESTE_TRAINING_RULED)
    found = ruled(day)
    return Training(found) if found else None
