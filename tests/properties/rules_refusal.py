"""Who does what in a refusal, on which day: the acts of all parties, and what is looked at after each."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from fotfeste.accommodation.public import DepartureReason
from fotfeste.refusal.public import (
    Happening,
    ask_to_hold,
    close_refusal,
    extend_fortnight,
    extend_imdi_deadline,
    register_acceptance,
    register_talk,
    resume_refusal,
    send_eviction_notice,
    send_first_letter,
    send_petition,
    set_eviction_day,
    suspend_refusal,
    take_back_event,
    tell_days,
    tell_of_minors,
    tell_officer,
    tell_udi,
    withdraw_home,
)
from fotfeste.registry.public import NewGroup
from fotfeste.settlement.public import Capability, annul_refusal, register_offer_answer
from tests.actions.refusal.letter_stage import ruled
from tests.actions.settlement.stage import ARRIVED_ON, decided, offered
from tests.properties.machine import deed_of
from tests.properties.refusal_household import household_of
from tests.properties.refusal_looks import RIGHT, SOME, WHO, in_year
from tests.properties.refusal_story import LETTERS, MINORS, Story
from tests.properties.rules_refusal_moves import Moving, new_person
from tests.properties.whole import emptied, fingerprint, rows
from tests.settlement_steps import interviewed

# The no is of a day before Easter, before 1 May and 17 May, before Christmas, at the end of a month, before a leap day.
DAYS_OF_THE_NO = tuple(
    date.fromisoformat(day) for day in ("2024-03-18", "2024-04-16", "2024-12-11", "2025-01-17", "2028-02-15")
)
GROWS_UP = st.sampled_from((-1, 0, 1, 10, 14, 15, 16, 22, 60, 120))  # so many days after the no they are 18
OTHERS = st.lists(st.sampled_from(("adult", "grows", "grows", "child", "boy", "boy_grows")), max_size=4)
ACTS = {"first_letter": send_first_letter, "eviction_notice": send_eviction_notice, "petition": send_petition}


class Refusing(Moving):
    """A household at a centre that says no to its offer, and everybody who has to do with it."""

    @initialize(
        no_on=st.sampled_from(DAYS_OF_THE_NO),
        others=OTHERS,
        alone=st.sampled_from((False, False, False, True)),
        days=GROWS_UP,
        steps=st.sampled_from((0, 2, 4, 6, 8, 9, 10, 12)),
    )
    def they_say_no(self, no_on: date, others: list[str], alone: bool, days: int, steps: int) -> None:
        """Adults, children on both sides of 18, a boy who came alone with an adult of them, or all by himself; and it
        has gone on for some steps.
        """
        emptied()
        decided("5037", 20, 4)
        ruled(self.cast)
        kinds = ["boy"] if alone and not others else ["adult", *others]
        grows = in_year(no_on + timedelta(days=days), -18)
        born = {"adult": date(1985, 5, 2), "child": date(2014, 8, 1), "grows": grows}
        born |= {"boy": date(2011, 6, 30), "boy_grows": grows}
        persons = tuple(new_person(f"P{place}", born[kind], "boy" in kind) for place, kind in enumerate(kinds))
        self.group = interviewed(self.cast, NewGroup(persons=persons, registered_on=ARRIVED_ON, applied_on=ARRIVED_ON))
        offered(self.cast, self.group, set(Capability))
        self.other_centre_opens()
        self.people = household_of(self.group, self.cast.day)
        self.print = fingerprint()
        self.at += no_on - self.cast.day
        self.says_no()
        self.it_goes_on(steps, days % 20)

    def says_no(self) -> None:
        """The centre registers the no."""
        self.does(
            "centre",
            RIGHT,
            deed_of(
                register_offer_answer,
                self.group,
                accepts=False,
                answered_on=self.today,
                answered_by_names="P0",
                answer_language="uk",
                consequences_shown=True,
                guardian_name="Verge Vergesen",
            ),
        )

    # The acts

    @rule(days=st.sampled_from((1, 1, 2, 3, 5, 7, 14, 15, 16, 17, 30)))
    def days_pass(self, days: int) -> None:
        """Over weekends, holidays, birthdays."""
        self.at += timedelta(days=days)

    @rule(steps=st.integers(1, 4), longer=st.integers(0, 20))
    def it_goes_on(self, steps: int, longer: int) -> None:
        """The next that is to be done is done, on its day."""
        for _ in range(steps):
            self.next_step(longer)

    def next_step(self, longer: int) -> None:
        """By whose move it is, as it is counted here."""
        story = self.story
        if story is None or story.is_over:
            return
        moves = story.tasks(self.today)
        if ("refusal_officer", "udi") in moves:
            self.udi_tells_the_officer(RIGHT)
        elif not story.here():
            self.udi_closes(RIGHT)
        elif self.imdi_has_its_part(story, longer):
            self.next_of_udi(story, moves)

    def next_of_udi(self, story: Story, moves: set[tuple[str, str]]) -> None:
        """What is next when IMDi has done its part."""
        if story.is_suspended():
            self.udi_waits_or_goes_on(False, RIGHT)
        elif ("refusal_minors", "udi") in moves and story.children_alone(self.today):
            for kind in MINORS:
                self.udi_tells_of_minors(Happening(kind), 0, RIGHT)
        elif self.sends_what_is_next(story):
            return
        elif ("refusal_eviction_day", "udi") in moves:
            self.udi_sets_the_day(5, RIGHT)
        elif ("refusal_eviction", "centre") in moves:
            self.days_pass(5)
            self.some_leave(0, 0, DepartureReason.EVICTED, RIGHT)
        else:
            self.wait(story)

    def imdi_has_its_part(self, story: Story, longer: int) -> bool:
        """Whether IMDi has done all; what is next is done."""
        if not story.got("hold_asked") and not story.got("withdrawn"):
            self.imdi_asks(longer, RIGHT)
        elif not story.got("imdi_message"):
            self.imdi_tells_udi(10, RIGHT)
        else:
            return True
        return False

    def wait(self, story: Story) -> None:
        """Until a letter may be sent."""
        for _ in range(70):
            self.days_pass(1)
            if any(story.may_get(letter, each, self.today) for letter in LETTERS for each in story.here()):
                return

    def sends_what_is_next(self, story: Story) -> bool:
        """The letter for which it is time; whether there was one."""
        for letter in LETTERS:
            if any(story.may_get(letter, each, self.today) for each in story.here()):
                self.udi_sends(letter, 0, None, RIGHT)
                return True
        return False

    @rule(days=st.integers(-1, 40), who=WHO)
    def imdi_asks(self, days: int, who: str) -> None:
        """The municipality to hold the offer, with the last day to move."""
        self.does("imdi", who, deed_of(ask_to_hold, self.group, deadline_on=self.today + timedelta(days=days)))

    @rule(days=st.one_of(st.none(), st.integers(-1, 40)), who=WHO)
    def imdi_tells_udi(self, days: int | None, who: str) -> None:
        """That they do not move."""
        day = None if days is None else self.today + timedelta(days=days)
        if self.story and self.story.deadline_on:
            day = None
        self.does("imdi", who, deed_of(tell_udi, self.group, deadline_on=day))

    @rule(days=st.integers(0, 40), who=WHO)
    def imdi_gives_longer(self, days: int, who: str) -> None:
        """While its deadline runs."""
        until = self.today + timedelta(days=days)
        self.does("imdi", who, deed_of(extend_imdi_deadline, self.group, until_on=until, text="Påske."))

    @rule(letter=st.sampled_from(LETTERS), bits=SOME, stops=st.sampled_from((None, None, 13, 15, 30)), who=WHO)
    def udi_sends(self, letter: str, bits: int, stops: int | None, who: str) -> None:
        """A letter to some of them, or to all who are due: done exactly where it may be."""
        before, named, today = self.story, self.some(bits), self.today
        extra = {} if letter != "first_letter" or stops is None else {"stops_on": today + timedelta(days=stops)}
        is_done = self.does("udi", who, deed_of(ACTS[letter], self.group, named, **extra))
        if who not in (RIGHT, "udi"):
            return
        whom = named or [
            each for each in (before.born if before else ()) if before and before.may_get(letter, each, today)
        ]
        may = (
            before is not None
            and bool(whom)
            and all(each in before.born and before.may_get(letter, each, today) for each in whom)
        )
        if may and not is_done:
            assert extra, f"{letter} to {whom} was refused: {self.why}"
            assert self.why in ("refusal_stops_too_early", "refusal_stops_too_late")
        assert may or not is_done

    @rule(kind=st.sampled_from([Happening(each) for each in MINORS]), bits=SOME, who=WHO)
    def udi_tells_of_minors(self, kind: Happening, bits: int, who: str) -> None:
        """Guardian, child welfare, a place."""
        self.does("udi", who, deed_of(tell_of_minors, self.group, kind, self.some(bits)))

    @rule(days=st.integers(-1, 20), who=WHO)
    def udi_sets_the_day(self, days: int, who: str) -> None:
        """As the enforcement officer said."""
        self.does("udi", who, deed_of(set_eviction_day, self.group, day=self.today + timedelta(days=days)))

    @rule(who=WHO)
    def the_centre_tells_of_days(self, who: str) -> None:
        """That are others than a letter said: exactly where they are."""
        story, may = self.story, self.who_may("centre")
        there = self.living_at(may[0] if who == RIGHT else who) if who in (RIGHT, *may) else []
        is_untold = story is not None and any(story.is_to_hear_of_days(each) for each in story.here() if each in there)
        is_done = self.does("centre", who, deed_of(tell_days, self.group))
        assert is_untold == is_done, self.why

    @rule(who=WHO)
    def udi_tells_the_officer(self, who: str) -> None:
        """What the petition has come to: exactly where the officer thinks something else."""
        is_untold = any(each.is_officer_to_hear(self.today) for each in (*self.earlier, self.story) if each)
        is_done = self.does("udi", who, deed_of(tell_officer, self.group))
        assert is_done == (is_untold and who in (RIGHT, "udi")), self.why

    @rule(bits=SOME, days=st.integers(0, 30), who=WHO)
    def udi_gives_longer(self, bits: int, days: int, who: str) -> None:
        """Somebody of them, while their 14 days run."""
        until = self.today + timedelta(days=days)
        deed = deed_of(extend_fortnight, self.group, self.some(bits), until_on=until, text="Syk.")
        self.does("udi", who, deed)

    @rule(waits=st.booleans(), who=WHO)
    def udi_waits_or_goes_on(self, waits: bool, who: str) -> None:
        """The case stands still, or no more."""
        self.does("udi", who, deed_of(suspend_refusal if waits else resume_refusal, self.group, text="Sykehus."))

    @rule(who=WHO)
    def udi_closes(self, who: str) -> None:
        """When nobody is left in it."""
        story = self.story
        is_done = self.does("udi", who, deed_of(close_refusal, self.group, text="Ferdig."))
        assert not is_done or (story is not None and not story.here())

    @rule(bits=SOME, ago=st.integers(-1, 5), who=WHO)
    def the_centre_talks(self, bits: int, ago: int, who: str) -> None:
        """Written down today, or later."""
        said = {"language": "uk", "interpreter": "present", "text": "Alt."}
        held_on = self.today - timedelta(days=ago)
        self.does("centre", who, deed_of(register_talk, self.group, self.some(bits), held_on=held_on, **said))

    @rule(bits=SOME, ago=st.sampled_from((-1, 0, 0, 0, 1, 4)), who=WHO)
    def some_say_yes(self, bits: int, ago: int, who: str) -> None:
        """After all; no child for adults who are still there."""
        before, named, on = self.story, self.some(bits), self.today - timedelta(days=ago)
        if self.does("centre", who, deed_of(register_acceptance, self.group, named, accepted_on=on)):
            assert before is not None
            adults = set(before.adults(on))
            assert not adults or adults & set(named) or self.alone & set(named)

    @rule(who=WHO)
    def the_municipality_lets_go(self, who: str) -> None:
        """Of the home that it holds."""
        self.does("municipality", who, deed_of(withdraw_home, self.group, text="Utleid."))

    @rule(who=WHO, again=st.booleans())
    def they_never_refused(self, who: str, again: bool) -> None:
        """The no was registered by mistake; perhaps they say no again."""
        if self.does("imdi", who, deed_of(annul_refusal, self.group, reason="wrong_choice")) and again:
            self.says_no()

    @rule(which=st.integers(0, 3), who=st.sampled_from(("centre", "udi", "centre", "udi", "imdi")))
    def it_was_a_mistake(self, which: int, who: str) -> None:
        """One of the last things that were registered is taken back, by whoever may."""
        found = rows("SELECT id FROM refusal_refusalevent WHERE annulled_at IS NULL ORDER BY id DESC LIMIT 4")
        if found:
            [event] = found[which % len(found)]
            self.does(who, RIGHT, deed_of(take_back_event, self.group, event, reason="wrong_choice"))
