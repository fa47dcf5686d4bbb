"""What a municipality does for those who live there privately: notice, check of the home, contact, yearly report.

Source: MAMOT evaluation 4.2.5, 4.2.7, 7.1.1, 7.2.4, 7.2.5, 7.2.8, 7.2.9; UDI 2020-005 point 8.4; UDI 2022-003.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import ParameterBook
from fotfeste.kernel.periods import Period


class LocalConditionKind(StrEnum):
    """What a municipality asks for before it accepts somebody who wants to live there privately (ALT-10)."""

    FAMILY = "family"  # familie i kommunen
    NETWORK = "network"  # nettverk i kommunen
    WORK = "work"  # arbeid, eller mulighet for det
    OTHER = "other"  # in its own words alone


class WaitingOutcome(StrEnum):
    """What became of somebody on the waiting list."""

    PLACE = "place"  # there is room
    NO_PLACE = "no_place"
    WITHDRAWN = "withdrawn"  # they do not want to any more


class ToldBy(StrEnum):
    """Who told the municipality that somebody lives there privately."""

    HOST = "host"
    PERSON = "person"
    VOLUNTEER = "volunteer"  # a voluntary organisation
    SERVICE = "service"  # school, health station, another service of the municipality
    OTHER = "other"


class ResidentGone(StrEnum):
    """Why somebody is taken out of the register of those who live privately."""

    APPLIED = "applied"
    MOVED = "moved"
    MISTAKE = "mistake"


class CheckWay(StrEnum):
    """How the home was seen to (MAMOT 7.2.9)."""

    VISIT = "visit"  # befaring
    TALK_WITH_GUEST = "talk_with_guest"
    TALK_WITH_HOST = "talk_with_host"


class CheckOccasion(StrEnum):
    """Why the home was seen to."""

    AGREEMENT = "agreement"  # when they began to live there
    FOLLOW_UP = "follow_up"
    SETTLEMENT = "settlement"  # anew when they are settled there (ALT-16)


class SharedRoom(StrEnum):
    """Rooms that they share with others than their own household."""

    KITCHEN = "kitchen"
    BATHROOM = "bathroom"
    LIVING_ROOM = "living_room"
    BEDROOM = "bedroom"


class CheckResult(StrEnum):
    """What the check came to: simple but acceptable, or not (UDI 2022-003; MAMOT 4.2.5)."""

    ACCEPTABLE = "acceptable"
    MUST_BE_MENDED = "must_be_mended"  # acceptable when something has been done
    NOT_ACCEPTABLE = "not_acceptable"  # they must move


class ContactWay(StrEnum):
    """How the municipality was in touch with them."""

    HOME = "home"
    OFFICE = "office"
    PHONE = "phone"
    MESSAGE = "message"
    GROUP = "group"  # an information meeting for several


class ContactInterpreter(StrEnum):
    """Whether there was an interpreter."""

    NOT_NEEDED = "not_needed"
    PRESENT = "present"
    REMOTE = "remote"
    MISSING = "missing"  # needed, and there was none


class ContactSubject(StrEnum):
    """What it was about, as a code: what is told of health or of others belongs in those services' own journals."""

    HOME = "home"
    HOST = "host"  # how it goes with those they live with
    SCHOOL = "school"  # kindergarten and school
    NORWEGIAN = "norwegian"
    WORK = "work"
    MONEY = "money"
    HEALTH_SERVICES = "health_services"  # that they were shown the way there, not why
    SETTLEMENT = "settlement"
    RIGHTS = "rights"  # what they have a right to; that nobody has to live with strangers
    OTHER = "other"


class FollowedUp(StrEnum):
    """What a municipality did for somebody in a year, as it is reported to UDI (UDI 2020-005 point 8.4)."""

    HOME_SEEN = "home_seen"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    HEALTH_SERVICES = "health_services"
    NORWEGIAN = "norwegian"
    WORK = "work"
    LEISURE = "leisure"


CONTACT_WORDS = 200
"""Signs in the words of a contact: enough for what was agreed, too little for a journal."""


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something should be done, and the rule that says so."""

    on: date
    rule: RuleRef

    def is_late_on(self, day: date) -> bool:
        """The day is after it; its own day is in time."""
        return day > self.on


def notice_for(wanted_from: date, book: ParameterBook) -> tuple[Due, Due]:
    """From which day the municipality sees whether there is room, and by which it answers.

    Both by the rules in force on the wanted day. Raises NoRule. Source: MAMOT 7.2.8.
    """
    most, least = (book.get(f"alternative.notice_{each}_months", wanted_from) for each in ("most", "least"))
    return (
        Due(add_months(wanted_from, -most.integer), most.rule_ref()),
        Due(add_months(wanted_from, -least.integer), least.rule_ref()),
    )


def is_given_in_time(listed_on: date, wanted_from: date, book: ParameterBook) -> bool:
    """Whether they told the municipality as early as it asks. Raises NoRule."""
    return not notice_for(wanted_from, book)[1].is_late_on(listed_on)


def due_after_days(code: str, from_on: date, book: ParameterBook) -> Due:
    """A number of days after `from_on`, by the rule in force that day. Raises NoRule."""
    parameter = book.get(code, from_on)
    return Due(from_on + timedelta(days=parameter.integer), parameter.rule_ref())


def contact_due(last_on: date, book: ParameterBook) -> Due:
    """By when there is to be contact again, after a contact or the first day. Raises NoRule."""
    parameter = book.get("alternative.contact_weeks", last_on)
    return Due(last_on + timedelta(weeks=parameter.integer), parameter.rule_ref())


def must_report(scheme: str, year: int, book: ParameterBook) -> bool:
    """Whether a municipality reports of somebody on a scheme for a year, by the rule of the year's last day.

    Raises NoRule for a scheme that there was no rule for. Source: MAMOT 4.2.7.
    """
    return book.get(f"alternative.{scheme}_yearly_report", date(year, 12, 31)).flag


def report_due(year: int, book: ParameterBook) -> Due:
    """By when UDI has the report for a year: a number of months into the next. Raises NoRule."""
    parameter = book.get("alternative.yearly_report_months", date(year, 12, 31))
    return Due(add_months(date(year + 1, 1, 1), parameter.integer) - timedelta(days=1), parameter.rule_ref())


def years_lived(periods: Iterable[Period], today: date) -> list[int]:
    """The years, until the day, with at least one day in these periods. A period's end is not a day of it."""
    found: set[int] = set()
    for period in periods:
        last = today if period.end is None else min(today, period.end - timedelta(days=1))
        if last >= period.start:
            found.update(range(period.start.year, last.year + 1))
    return sorted(found)


def check_check(
    *, checked_on: date, result: CheckResult, must_be_done: str, follow_up_on: date | None, today: date
) -> None:
    """Refuse a check of a day to come, one that asks for nothing where something must be mended, and a follow-up before
    it. Raises Refused with the field.
    """
    if checked_on > today:
        raise Refused("check_in_the_future", "checked_on")
    if result != CheckResult.ACCEPTABLE and not must_be_done.strip():
        raise Refused("check_without_what_to_do", "must_be_done")
    if follow_up_on is not None and follow_up_on <= checked_on:
        raise Refused("follow_up_before_check", "follow_up_on", {"day": checked_on})
    if result != CheckResult.ACCEPTABLE and follow_up_on is None:
        raise Refused("check_without_follow_up", "follow_up_on")


def check_contact(*, held_on: date, subjects: Collection[str], words: str, today: date) -> None:
    """Refuse a contact to come, one about nothing, and one with more words than were asked for. Raises Refused."""
    if held_on > today:
        raise Refused("contact_in_the_future", "held_on")
    if not subjects:
        raise Refused("contact_about_nothing", "subjects")
    if len(words.strip()) > CONTACT_WORDS:
        raise Refused("contact_with_too_many_words", "words", {"limit": CONTACT_WORDS, "found": len(words.strip())})
