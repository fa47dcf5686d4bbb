"""Lets some households of the country ask a municipality for agreed self-settlement, each as far as its story goes.

By the acts themselves, unlike everything else of the country: they are few, and whatever follows from an act is there.
Who asks and how it went is the same for the same country; public references of requests and tasks are not.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction

from fotfeste.access.public import viewer_for
from fotfeste.demo.domain.world import Seat, World
from fotfeste.demo.loading.terms import allowing
from fotfeste.kernel.calendar import is_working_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.public import (
    Asking,
    Contract,
    DepositBy,
    EmptyDays,
    EndCause,
    Found,
    NoReason,
    PaidBy,
    WhyThere,
    agree_self_settlement,
    approve_home,
    ask_for_change,
    ask_for_self_settlement,
    checks_of,
    decline_household,
    leave_unagreed,
    lose_home,
    move_in,
    register_no_told,
    send_home,
    welcome_household,
    withdraw_self_settlement,
)
from fotfeste.settlement.public import SettlementCase

ONE_IN, MOST = 4, 120  # of those who wait, and of them at most
_TRIES = 3  # municipalities, where one has no room


class Story(NamedTuple):
    """How a request goes: each step so many days ago; `comes_to` is the state that it is in at last."""

    comes_to: str
    steps: tuple[tuple[str, int], ...]

    @property
    def begins(self) -> int:
        """How many days ago they ask."""
        return self.steps[0][1]

    @property
    def needs_interview(self) -> bool:
        """IMDi agrees only when it knows what they need."""
        return any(step == "agree" for step, _ in self.steps)


_YES, _HOME = (("ask", 48), ("welcome", 41)), (("send", 24), ("approve", 19))
STORIES = (
    Story("asked", (("ask", 3),)),
    Story("finding_home", (("ask", 21), ("welcome", 15))),
    Story("home_sent", (("ask", 26), ("welcome", 20), ("send", 2))),
    Story("approved", (("ask", 30), ("welcome", 23), ("send", 7), ("approve", 2))),
    Story("agreed", (*_YES, *_HOME, ("agree", 9))),
    Story("settled", (*_YES, *_HOME, ("agree", 15), ("move_in", 5))),
    Story("declined", (("ask", 27), ("no_capacity", 18), ("told", 16))),
    Story("withdrawn", (("ask", 33), ("welcome", 26), ("withdraw", 8))),
    Story("lapsed", (*_YES, *_HOME, ("not_agree", 11))),
    Story("finding_home", (("ask", 34), ("welcome", 29), ("send", 12), ("change", 8))),
    Story("declined", (("ask", 12), ("not_in_target_group", 1))),
    Story("asked", (("ask", 20),)),  # the municipality is late
    Story("finding_home", (*_YES, *_HOME, ("lose", 4))),
    Story("settled", (*_YES, *_HOME, ("agree", 16), ("move_in", 9))),
)


class Household(NamedTuple):
    """Who asks: the group, how many they are, and where they find a home."""

    group_id: int
    size: int
    postal_code: str
    since_on: date  # the last day before they can ask


class Parties(NamedTuple):
    """Who acts for a household: its centre, the municipality that it asks, IMDi."""

    centre: Viewer
    municipality: Viewer
    imdi: Viewer


def let_some_ask(world: World) -> list[str]:
    """Play the stories with households that have no municipality, all or none; gives what each came to. As the
    application's role.

    Each story is played once where there is somebody for it; more of them in a large country.
    """
    imdi = _viewer(world.imdi, world.today, "self_settlement.agree")
    with scope(imdi, world.today):
        without = SettlementCase.objects.filter(state__in=("interview_due", "queued"), centre__isnull=False)
        waiting = list(without.order_by("state", "state_since_on", "pk"))  # the queue is IMDi's, and stays long
    wanted = max(len(STORIES), min(MOST, len(waiting) // ONE_IN))
    with transaction.atomic():
        return [found for number in range(wanted) if (found := _played(world, imdi, waiting, number))]


def _played(world: World, imdi: Viewer, waiting: list[SettlementCase], number: int) -> str:
    """Play one story with whoever can have it; every other one asks whom a visitor of the demo can be."""
    centres = {each.seat.organisation_id: each.seat for each in world.centres}
    story, asked = STORIES[number % len(STORIES)], allowing(world)
    first = number // 2 % len(asked) if number % 2 else 0
    for case, municipality in product(waiting, (asked * 2)[first : first + _TRIES]):
        if case.centre_id is None or (story.needs_interview and case.state != "queued"):
            continue
        household = Household(case.subject_id, case.size, municipality.postal_codes[0][0], case.state_since_on)
        asks = _viewer(centres[case.centre_id], world.today, "self_settlement.ask")
        answers = _viewer(municipality.seat, world.today, "self_settlement.answer")
        try:
            with transaction.atomic():
                play(story, household, Parties(asks, answers, imdi), today=world.today)
        except (Refused, NotFound):  # came to the centre later, is alone, or there is no room: another one
            continue
        waiting.remove(case)
        return story.comes_to
    return ""


def _viewer(seat: Seat, today: date, permission: str) -> Viewer:
    """Whoever of a seat may do it."""
    users = get_user_model().objects.select_related("organisation").filter(pk__in=[each.user_id for each in seat.staff])
    viewers = [viewer_for(user, today) for user in users.order_by("pk")]
    return next(viewer for viewer in viewers if viewer.may(permission))


def play(story: Story, household: Household, parties: Parties, *, today: date) -> None:
    """Take a household through a story, faster where it has waited for less, on working days if it can be.

    Raises Refused, NotFound where one of its acts does.
    """
    days = max(1, min(story.begins, (today - household.since_on).days - 1))
    for number, (step, days_ago) in enumerate(story.steps):
        on = day = today - timedelta(days=max(1, days_ago * days // story.begins))
        while not is_working_day(on):
            on -= timedelta(days=1)
        on = on if on > household.since_on else day
        by = _who(step, parties)
        with scope(by, on):
            at = datetime.combine(on, time(11, 5 * number), tzinfo=UTC)
            _act(step, household, parties, by=by, at=at, day=on)


def _who(step: str, parties: Parties) -> Viewer:
    if step in ("agree", "not_agree"):
        return parties.imdi
    asks = ("ask", "send", "move_in", "told", "withdraw", "lose")
    return parties.centre if step in asks else parties.municipality


def _act(step: str, household: Household, parties: Parties, *, by: Viewer, at: datetime, day: date) -> None:
    group_id = household.group_id
    if step == "agree":
        agree_self_settlement(group_id, agreed_with="Flyktningtjenesten", by=by, at=at)
    elif step == "not_agree":
        leave_unagreed(group_id, text="Plassene i vedtaket er gitt til andre.", by=by, at=at)
    elif by is parties.municipality:
        _answer(step, group_id, by=by, at=at, day=day)
    elif step == "ask":
        asking = Asking(
            organisation_id=parties.municipality.organisation_id,
            why_there=[WhyThere.WORK, WhyThere.NETWORK],
            message="De kjenner noen i kommunen, og en av dem har fått tilbud om arbeid.",
            was_allowed=True,
        )
        ask_for_self_settlement(group_id, asking, by=by, at=at)
    elif step == "send":
        send_home(group_id, _found(household, day), by=by, at=at)
    else:
        _go_on(step, group_id, by=by, at=at, day=day)


def _go_on(step: str, group_id: int, *, by: Viewer, at: datetime, day: date) -> None:
    """What the household does with an answer, or with a home that was approved."""
    if step == "move_in":
        move_in(group_id, day, is_meant=True, by=by, at=at)  # whatever its contract says
    elif step == "withdraw":
        withdraw_self_settlement(group_id, cause=EndCause.NO_HOME_FOUND, by=by, at=at)
    elif step == "told":
        register_no_told(group_id, by=by, at=at)
    else:
        lose_home(group_id, by=by, at=at)


def _answer(step: str, group_id: int, *, by: Viewer, at: datetime, day: date) -> None:
    """What the municipality says: of them, or of the home that they have sent."""
    home, contract = checks_of(day)
    if step == "welcome":
        welcome_household(group_id, text="Velkommen. Ring oss før dere ser på bolig.", by=by, at=at)
    elif step == "approve":
        approve_home(group_id, seen=[*home, *contract], by=by, at=at)
    elif step == "change":
        ask_for_change(group_id, seen=home, must_change="Depositumet må ned.", by=by, at=at)
    else:
        decline_household(group_id, reason=NoReason(step), by=by, at=at)


def _found(household: Household, day: date) -> Found:
    """A home for so many. Every third stands empty for a time; every fifth is small for them."""
    group_id, size, postal_code, _ = household
    rent = 900_000 + 150_000 * size
    starts_on = day + timedelta(days=10)
    empty = EmptyDays(
        paid_by=PaidBy.MUNICIPALITY if group_id % 2 else PaidBy.HOUSEHOLD,
        from_on=starts_on,
        until_on=starts_on + timedelta(days=10),
        amount_ore=rent * 3 // 10,
    )
    return Found(
        street=f"Storgata {group_id % 90 + 1}",
        postal_code=postal_code,
        landlord_name="Utleier i demoen",
        landlord_contact="00 00 00 00",
        contract=Contract(
            rent_ore=rent,
            deposit_ore=3 * rent,
            deposit_by=DepositBy.GUARANTEE,
            notice_months=3,
            length_months=36,
            starts_on=starts_on,
            rooms=max(1, size // 2) if group_id % 5 == 0 else size + 1,
            square_metres=18 * size if group_id % 5 == 0 else 30 + 20 * size,
            persons=size,
            others=0,
            empty_days=empty if group_id % 3 == 0 else None,
        ),
    )
