"""Households who said no weeks ago and have had the first letter: what the walks about refusals begin with.

Every act was done on the day on which it would have been, so that deadlines have passed without a clock being moved.
"""

from datetime import timedelta

from fotfeste.refusal import public as refusal
from fotfeste.refusal.public import TalkInterpreter
from fotfeste.registry.public import NewGuardian, NewPerson, Sex
from fotfeste.settlement import public as settlement
from tests.journeys.people import family, person
from tests.journeys.stages import Stages
from tests.journeys.way import SAID_YES, changed

EARLIER = 30
"""They were offered Levanger so many days before the households of other stages were."""
HELD, TALKED, LETTERED, DEADLINE = 33, 32, 31, 12
"""How many days ago IMDi asked and told, the centre talked, UDI wrote; and IMDi's last day to move.

The 14 days of the letter are over, too: the longest holidays make them a week longer.
"""
GUARDIAN = "Berit Aasen"
TALK = "Forklart hva de mister og hva de beholder, og at de kan si ja til de har flyttet."


class Refusing(Stages):
    """Two families, and an aunt with her nephew who came without his parents; all live at Voss."""

    def make(self) -> dict[str, str]:
        """They said no; IMDi has told UDI, and the adults have had the first letter."""
        households = {
            "evicted": family("Adamenko", "Halyna", "Roman", "Zlata"),
            "regretting": family("Bilous", "Oksana", "Petro", "Artem"),
            "with_nephew": _aunt_and_nephew("Cherniak"),
        }
        self._at -= timedelta(days=EARLIER)
        self._room_for_them()
        groups = {name: self._said_no(name, persons) for name, persons in households.items()}
        self._at += timedelta(days=EARLIER)
        for group in groups.values():
            self._told(group)
            self._talked_with(group)
            self._written_to_adults(group)
        return self.references

    def _said_no(self, name: str, persons: list[NewPerson]) -> int:
        """The first of them says it."""
        group = self.offered(self.registered(name, persons))
        with self._as("demo-voss", SAID_YES) as (by, at):
            settlement.register_offer_answer(
                group, accepts=False, answered_on=self._day(SAID_YES), answered_by_names=persons[0].given_name,
                answer_language=self._language(group), consequences_shown=True, by=by, at=at,
            )  # fmt: skip
        return group

    def _told(self, group: int) -> None:
        with self._as("demo-imdi", HELD) as (by, at):
            refusal.ask_to_hold(group, deadline_on=self._day(DEADLINE), by=by, at=at)
            refusal.tell_udi(group, by=by, at=at)

    def _talked_with(self, group: int) -> None:
        with self._as("demo-voss", TALKED) as (by, at):
            everybody = [member.subject_id for member in self._members(group, TALKED)]
            refusal.register_talk(
                group, everybody, held_on=self._day(TALKED), language="uk", interpreter=TalkInterpreter.PRESENT,
                text=TALK, by=by, at=at,
            )  # fmt: skip

    def _written_to_adults(self, group: int) -> None:
        with self._as("demo-udi", LETTERED) as (by, at):
            refusal.send_first_letter(group, by=by, at=at)


def _aunt_and_nephew(name: str) -> list[NewPerson]:
    nephew = changed(
        person("Taras", name, 14, Sex.MALE), is_unaccompanied_minor=True, guardian=NewGuardian(GUARDIAN, "900 00 000")
    )
    return [person("Iryna", name, 36), nephew]
