"""The rules of the other packages that generated records must agree with, handed to the generator by its caller."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Due(NamedTuple):
    """By when, and by which rule."""

    on: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Deadlines, periods and ages by the dated rules of registry, accommodation and settlement."""

    place_group: Callable[[date], Due]
    assign_beds: Callable[[date], Due]
    follow_absence: Callable[[str, date, date | None], Due]  # the kind, the first day, the agreed return
    hold_interview: Callable[[date, date], Due]  # permit, placed
    find_municipality: Callable[[date], Due]
    answer_request: Callable[[date], Due]
    asked_again_from: Callable[[str, date], str]  # the week, after a no for the wanted week, answered on the day
    make_offer: Callable[[date], Due]
    answer_offer: Callable[[date], Due]
    arrange_journey: Callable[[date], Due]
    book_journey: Callable[[date, date], Due]  # the day of the journey, the day that it was agreed
    approve_travel: Callable[[date], Due]
    lived_here_until: Callable[[date], date]  # a centre's need to know after a departure on the day
    registered_here_until: Callable[[date], date]  # a registrar's, after a placement on the day
    decide_application: Callable[[date], Due]
    answer_acceptance: Callable[[date], Due]
    link_expires_on: Callable[[date], date]
    housed_until: Callable[[date, date], date]  # a municipality's, after an end on the day, registered on another
    grant_case_until: Callable[[date, date], date]  # UDI's and the municipality's, likewise
    imdi_until: Callable[[date], date]  # IMDi's, after settlement or a closed case
    adult_age: Callable[[date], int]
    of_age_on: Callable[[date, date], date]  # born, by the rule of the day
    own_talk_age: Callable[[date], int]
    food_from_minutes: Callable[[date], int]
    luggage_pieces: Callable[[date], int]
