"""Writes down a household's time in a municipality, act by act, as the acts of alternative and accommodation do."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from fotfeste.demo.domain.applying import ApplicationChronicle, Home
from fotfeste.demo.domain.chronicle import Chronicle
from fotfeste.demo.domain.diary import Batch, By
from fotfeste.demo.domain.private import ALONE, SETTLED, PrivateLiving
from fotfeste.demo.domain.records import StayRecord
from fotfeste.demo.domain.rules import Rules
from fotfeste.demo.domain.world import Keys, Seat, World
from fotfeste.kernel.periods import Period

_PERMIT = "temporary_collective_protection"
_BY_UDI = ("conditions_failed", "offer_declined")
_LATE_DAYS = 20  # what UDI hears of so long after, it has found out itself
_STREETS = ("Storgata", "Skolevegen", "Kirkegata", "Fjordveien", "Granlia", "Elvegata", "Bakkevegen", "Solsida")


type Step = tuple[date, int, Callable[[], object]]


class PrivateChronicle:
    """The records of one household that lives, or has lived, privately with public support."""

    def __init__(
        self, living: PrivateLiving, world: World, rules: Rules, keys: Keys, rng: Random, batch: Batch
    ) -> None:
        self.living, self.rules = living, rules
        self.c = Chronicle(living.household, world, rules, keys, rng, batch)
        self.diary = self.c.diary
        self.stays: list[StayRecord] = []
        code, self.place = rng.choice(living.municipality.postal_codes)
        self.home = Home(f"{rng.choice(_STREETS)} {rng.randint(1, 90)}", code)
        self.application = ApplicationChronicle(self.c, living, self.home)

    def write(self) -> None:
        """Every act up to the last day, in order."""
        living, course = self.living, self.living.household.course
        steps = [
            (course.arrived_on, 0, self.c.register),
            (living.applied_on, 1, self.apply),
            *self._handling(),
        ]
        if course.permit_on is not None:
            steps.append((course.permit_on, 2, self.permit))
        if living.ends_on is not None and living.end_known_on is not None:
            steps.append((living.end_known_on, 9, self.end))
        for day, _, step in sorted(steps, key=lambda step: step[:2]):
            if day <= self.c.world.last_day:
                step()
        self.c.batch[StayRecord].extend(self.stays)
        self.application.finish()
        self.c.finish()

    def _handling(self) -> Iterator[Step]:
        """From the application to where it stands: what comes between is spread over the days."""
        living, application = self.living, self.application
        until = living.granted_on or self.c.world.last_day
        days = (until - living.applied_on).days
        first, second, third = (living.applied_on + timedelta(days=days * part // 10) for part in (2, 4, 8))
        if living.state == "withdrawn":
            yield third, 7, lambda: application.withdraw(third, "not_needed", self.diary.act(self._udi, third))
        if living.state in ("waiting_for_parties", "withdrawn"):
            return
        yield first, 4, lambda: application.answer_parties(first, self.diary.act(self._udi, first))
        is_asked = living.procedure == ALONE and (living.state in ("granted", "at_municipality") or living.answer)
        if is_asked:
            yield second, 5, lambda: application.ask_municipality(second, self.diary.act(self._udi, second))
        if is_asked and living.state != "at_municipality":
            yield third, 6, lambda: self._answer(third)
        if living.granted_on is not None:
            yield living.granted_on, 7, self.grant
        elif living.state == "refused":
            yield until, 7, lambda: application.refuse(until, living.ground, self.diary.act(self._udi, until))

    def _answer(self, on: date) -> None:
        answer = self.living.answer or "yes"
        text = "Vi har ikke plass på skolen før jul." if answer == "no" else ""
        self.application.answer_municipality(on, self.diary.act(self.municipality, on), answer=answer, text=text)

    @property
    def _udi(self) -> Seat:
        return self.c.world.udi

    @property
    def municipality(self) -> Seat:
        """The seat of the municipality."""
        return self.living.municipality.seat

    def apply(self) -> None:
        """They apply, and the municipality is to know of it; UDI has it to decide where it is not history."""
        living = self.living
        by = self.diary.act(self._udi, living.applied_on)
        self.application.receive(by)
        if living.granted_on is None:
            self.application.ask_udi(self.rules.decide_application(living.applied_on), by)
            self.diary.close_tasks(["place_group"], by, outcome="void")

    def permit(self) -> None:
        """UDI grants collective protection to all."""
        on = self.living.household.course.permit_on
        if on is not None:
            self.c.register_status(self.c.persons, _PERMIT, on, self.diary.act(self.c.world.udi, on))

    def grant(self) -> None:
        """UDI grants the application: they live there with support, since a day that has often passed."""
        c, living, on = self.c, self.living, self.living.granted_on
        if on is None:
            return
        by = self.diary.act(c.world.udi, on)
        there = self.municipality.organisation_id
        self.stays = [
            StayRecord(
                id=c.keys.next("stay"),
                subject_id=subject,
                centre_id=None,
                period=Period(living.starts_on),
                departure_reason="",
                street=self.home.street,
                postal_code=self.home.postal_code,
                place=self.place,
                county=living.municipality.place.county,
                recorded_at=by.at,
                recorded_by_id=by.user_id,
                reported_by_id=by.organisation_id,
                kind=living.scheme,
                municipality_id=there,
            )
            for subject in c.persons
        ]
        self.application.grant(on, by)
        self.diary.end_needs("registered_here", self.rules.registered_here_until(on), by)
        self.diary.open_needs(c.subjects, there, "housed_here", living.starts_on, by)
        for organisation_id in (c.world.udi.organisation_id, there):
            self.diary.open_needs(c.subjects, organisation_id, "grant_case", living.starts_on, by)
        self.diary.close_tasks(["place_group"], by)
        self._tell("started", by, living.starts_on, living.scheme)

    def end(self) -> None:
        """The end is registered, on the day or long after; what was paid in between was too much."""
        living, ends_on, on = self.living, self.living.ends_on, self.living.end_known_on
        if ends_on is None or on is None:
            return
        is_found_out = (on - ends_on).days > _LATE_DAYS or living.reason in _BY_UDI
        by = self.diary.act(self.c.world.udi if is_found_out else self.municipality, on)
        rows = self.c.batch[StayRecord]
        for row in self.stays:
            rows.append(row._replace(annulled_at=by.at, annulled_by_id=by.user_id, annul_reason="departed"))
            rows.append(
                row._replace(
                    id=self.c.keys.next("stay"),
                    period=row.period.with_end(ends_on),
                    departure_reason=living.reason,
                    recorded_at=by.at,
                    recorded_by_id=by.user_id,
                    reported_by_id=by.organisation_id,
                    supersedes_id=row.id,
                )
            )
        self.stays = []
        self.application.end(ends_on, living.reason, by)
        self.diary.end_needs("housed_here", self.rules.housed_until(ends_on, on), by)
        self.diary.end_needs("grant_case", self.rules.grant_case_until(ends_on, on), by)
        self._tell("ended", by, ends_on, living.reason)
        if living.reason == SETTLED:
            self.c.register_status(self.c.persons, "settled", ends_on, by)
            there = self.municipality.organisation_id
            self.diary.open_needs(self.c.subjects, there, "settled_here", ends_on, by)

    def _tell(self, what: str, by: By, on: date, transition: str) -> None:
        there = self.municipality.organisation_id
        self.diary.tell(
            f"accommodation.private_stay_{what}",
            by,
            object_kind="municipality",
            object_id=there,
            holds_on=on,
            transition=transition,
            other=there,
        )
