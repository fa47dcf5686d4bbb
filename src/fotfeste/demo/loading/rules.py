"""The dated rules of the other packages, as the generator takes them. Each answer is worked out once for a day."""

from collections.abc import Callable
from datetime import date
from functools import cache

from fotfeste.accommodation.loading import (
    absence_due,
    beds_due,
    housed_afterwards_until,
    registrar_sees_until,
    seen_afterwards_until,
)
from fotfeste.alternative.loading import acceptance_due, application_due, link_ends_on
from fotfeste.demo.domain.rules import Due, Rules
from fotfeste.grants.loading import case_until
from fotfeste.settlement.loading import (
    asked_again_from,
    book_journey_due,
    due_after_working_days,
    find_municipality_due,
    imdi_sees_until,
    interview_due,
    of_age_on,
    offer_answer_due,
    whole_number,
)


def rules() -> Rules:
    """The rules in force, by the parameters that the program ships with."""
    return Rules(
        place_group=lambda day: Due(day, "placed_on_the_day"),
        assign_beds=cache(lambda day: Due(*beds_due(day))),
        follow_absence=cache(lambda kind, start, back: Due(*absence_due(kind, start, back))),
        hold_interview=cache(lambda permit, placed: Due(*interview_due(permit, placed))),
        find_municipality=cache(lambda day: Due(*find_municipality_due(day))),
        answer_request=_working_days("settlement.answer_working_days"),
        asked_again_from=cache(asked_again_from),
        make_offer=_working_days("settlement.offer_working_days"),
        answer_offer=cache(lambda day: Due(*offer_answer_due(day))),
        arrange_journey=_working_days("settlement.journey_working_days"),
        book_journey=cache(lambda travels_on, agreed_on: Due(*book_journey_due(travels_on, agreed_on))),
        approve_travel=_working_days("settlement.travel_question_working_days"),
        lived_here_until=cache(seen_afterwards_until),
        registered_here_until=cache(registrar_sees_until),
        decide_application=cache(lambda day: Due(*application_due(day))),
        answer_acceptance=cache(lambda day: Due(*acceptance_due(day))),
        link_expires_on=cache(link_ends_on),
        housed_until=cache(housed_afterwards_until),
        grant_case_until=cache(case_until),
        imdi_until=cache(imdi_sees_until),
        of_age_on=cache(of_age_on),
        adult_age=_number("settlement.interview_adult_age"),
        own_talk_age=_number("settlement.own_talk_age"),
        food_from_minutes=_number("settlement.food_from_minutes"),
        luggage_pieces=_number("settlement.luggage_pieces"),
    )


def _working_days(code: str) -> Callable[[date], Due]:
    return cache(lambda day: Due(*due_after_working_days(code, day)))


def _number(code: str) -> Callable[[date], int]:
    return cache(lambda day: whole_number(code, day))
