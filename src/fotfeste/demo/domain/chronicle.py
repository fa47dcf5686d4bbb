"""Writes down what happened to a household at centres, act by act, as the acts of accommodation do."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from fotfeste.demo.domain.diary import Batch, By
from fotfeste.demo.domain.household import Household, StayPlan
from fotfeste.demo.domain.records import (
    AbsenceRecord,
    BedAssignmentRecord,
    GroupRecord,
    StayRecord,
)
from fotfeste.demo.domain.registering import RegistryChronicle
from fotfeste.demo.domain.rules import Rules
from fotfeste.demo.domain.world import Keys, MunicipalitySeat, Seat, World
from fotfeste.kernel.periods import Period


class Chronicle(RegistryChronicle):
    """The records of one household, from registration to the last day that has anything on it."""

    def __init__(self, household: Household, world: World, rules: Rules, keys: Keys, rng: Random, batch: Batch) -> None:
        super().__init__(household, world, rules, keys, rng, batch)
        self.centre: Seat | None = None
        self._stays: list[StayRecord] = []
        self._beds: dict[int, BedAssignmentRecord] = {}
        self._absences: list[AbsenceRecord] = []

    def place(self, stay: StayPlan) -> By:
        """UDI places them; an earlier centre's stay, beds and absences end that day."""
        on, seat = stay.from_on, stay.house.centre.seat
        by = self.diary.act(self.world.udi, on)
        if self.centre is not None:
            self._leave(on, "moved_centre", "moved_centre", by)
            self.diary.close_tasks(["assign_beds"], by, outcome="void", organisation_id=self.centre.organisation_id)
        self.centre = seat
        self._stays = [
            StayRecord(
                self.keys.next("stay"),
                subject,
                seat.organisation_id,
                Period(on),
                "",
                "",
                "",
                "",
                "",
                *by,
            )
            for subject in self.persons
        ]
        self.diary.open_needs(self.subjects, seat.organisation_id, "lives_here", on, by)
        self.diary.end_needs("registered_here", self.rules.registered_here_until(on), by)
        self.diary.close_tasks(["place_group"], by)
        self.diary.open_task(
            "assign_beds", seat.organisation_id, "accommodation.placed", on, self.rules.assign_beds(on), by
        )
        self._tell_of_centre("placed", on, by)
        return by

    def assign_beds(self, stay: StayPlan, on: date) -> None:
        """The centre gives everyone a bed."""
        by = self.diary.act(stay.house.centre.seat, on)
        for subject, bed in zip(self.persons, stay.beds, strict=True):
            self._give_bed(subject, bed.id, on, by)
        self.diary.close_tasks(["assign_beds"], by, organisation_id=by.organisation_id)
        self._tell_of_centre("beds_assigned", on, by)

    def move_bed(self, stay: StayPlan) -> None:
        """One person gets another bed within the centre."""
        if stay.moved_bed is None:
            return
        place, on, bed = stay.moved_bed
        by = self.diary.act(stay.house.centre.seat, on)
        subject = self.persons[place]
        self._end_beds([subject], on, "moved_bed", by)
        self._give_bed(subject, bed.id, on, by)
        self._tell_of_centre("beds_assigned", on, by)

    def _give_bed(self, subject: int, bed_id: int, on: date, by: By) -> None:
        self._beds[subject] = BedAssignmentRecord(
            self.keys.next("bed_assignment"),
            subject,
            bed_id,
            Period(on),
            *by,
        )

    def be_away(self) -> None:
        """Everyone is granted leave, or is away without."""
        away, seat = self.household.course.away, self.centre
        if away is None or seat is None:
            return
        by = self.diary.act(seat, away.from_on)
        self._absences = [
            AbsenceRecord(
                self.keys.next("absence"),
                subject,
                away.kind,
                Period(away.from_on),
                away.is_abroad,
                away.expected_on,
                "",
                *by,
            )
            for subject in self.persons
        ]
        what = "leave_granted" if away.kind == "leave" else "absence_registered"
        due = self.rules.follow_absence(away.kind, away.from_on, away.expected_on)
        self.diary.open_task("follow_absence", seat.organisation_id, f"accommodation.{what}", away.from_on, due, by)
        self._tell_of_centre(what, away.from_on, by)

    def come_back(self, on: date) -> None:
        """Everyone is back."""
        if self.centre is None or not self._absences:
            return
        by = self.diary.act(self.centre, on)
        self._end_absences(on, "returned", by)
        self._tell_of_centre("returned", on, by)

    def depart(self, on: date, reason: str, to: MunicipalitySeat | None = None) -> By:
        """The centre registers that all of them have left, the same day."""
        seat = self.centre
        if seat is None:
            message = "nobody departs who stays nowhere"
            raise ValueError(message)
        by = self.diary.act(seat, on)
        self._leave(on, "departed", reason, by, to)
        self.diary.close_tasks(["assign_beds"], by, outcome="void", organisation_id=seat.organisation_id)
        self._tell_of_centre("departed", on, by, transition=reason)
        self.centre = None
        return by

    def _leave(self, on: date, why: str, reason: str, by: By, to: MunicipalitySeat | None = None) -> None:
        """Absences, beds and stays end; the centre knows of them for a while because they lived there."""
        seat = self.centre
        if seat is None:
            return
        self._end_absences(on, why, by)
        self._end_beds(list(self._beds), on, why, by)
        address = self._address(reason, to)
        rows = self.batch[StayRecord]
        for row in self._stays:
            rows.append(row._replace(annulled_at=by.at, annulled_by_id=by.user_id, annul_reason=why))
            rows.append(
                StayRecord(
                    self.keys.next("stay"),
                    row.subject_id,
                    row.centre_id,
                    row.period.with_end(on),
                    reason,
                    *address,
                    *by,
                    row.id,
                )
            )
        self._stays = []
        self.diary.need_for_a_while(
            self.subjects,
            seat.organisation_id,
            "lived_here",
            Period(on, self.rules.lived_here_until(on)),
            by,
        )
        self.diary.end_needs("lives_here", on, by, seat.organisation_id)

    def _address(self, reason: str, to: MunicipalitySeat | None) -> tuple[str, str, str, str]:
        """Street, postal code, place and county, where the reason asks for them."""
        if reason not in ("agreed_settlement", "private_address"):
            return "", "", "", ""
        home = to or self.rng.choice(self.world.municipalities)
        code, place = self.rng.choice(home.postal_codes)
        street = self.rng.choice(("Storgata", "Skolevegen", "Kirkegata", "Fjordveien", "Granlia", "Elvegata"))
        return f"{street} {self.rng.randint(1, 90)}", code, place, home.place.county

    def _end_beds(self, subjects: Sequence[int], on: date, why: str, by: By) -> None:
        rows = self.batch[BedAssignmentRecord]
        for subject in subjects:
            row = self._beds.pop(subject)
            rows.append(row._replace(annulled_at=by.at, annulled_by_id=by.user_id, annul_reason=why))
            if row.period.start < on:
                rows.append(
                    BedAssignmentRecord(
                        self.keys.next("bed_assignment"),
                        subject,
                        row.bed_id,
                        row.period.with_end(on),
                        *by,
                        row.id,
                    )
                )

    def _end_absences(self, on: date, why: str, by: By) -> None:
        rows = self.batch[AbsenceRecord]
        for row in self._absences:
            rows.append(row._replace(annulled_at=by.at, annulled_by_id=by.user_id, annul_reason=why))
            if row.period.start < on:
                rows.append(
                    row._replace(
                        id=self.keys.next("absence"),
                        period=row.period.with_end(on),
                        recorded_at=by.at,
                        recorded_by_id=by.user_id,
                        reported_by_id=by.organisation_id,
                        supersedes_id=row.id,
                    )
                )
        self._absences = []
        self.diary.close_tasks(["follow_absence"], by)

    def _tell_of_centre(self, what: str, on: date, by: By, transition: str = "") -> None:
        centre = self.centre
        key = centre.organisation_id if centre else None
        self.diary.tell(
            f"accommodation.{what}",
            by,
            object_kind="centre",
            object_id=key,
            holds_on=on,
            transition=transition,
            other=key,
        )

    # All of it

    def finish(self) -> None:
        """Write down what still holds, and the group with the number of acts on it."""
        self.batch[StayRecord].extend(self._stays)
        self.batch[BedAssignmentRecord].extend(self._beds.values())
        self.batch[AbsenceRecord].extend(self._absences)
        self.batch[GroupRecord].append(
            GroupRecord(self.group_id, self.household.number, self.household.course.arrived_on, self.diary.acts)
        )
        self.diary.finish()


type Step = tuple[date, int, Callable[[], object]]


def accommodation_steps(chronicle: Chronicle, then: Callable[[date, By], None]) -> list[Step]:
    """The days of placing, beds and absence, each with what writes it down. Departures are the case's.

    `then` is told of every placement, after it.
    """
    household = chronicle.household
    steps: list[Step] = []
    for stay in household.stays:
        steps.append((stay.from_on, 1, partial(_place, chronicle, stay, then)))
        beds_on = stay.from_on + timedelta(days=household.course.beds_after_days)
        if stay.until_on is None or beds_on < stay.until_on:
            steps.append((beds_on, 2, partial(chronicle.assign_beds, stay, beds_on)))
        if stay.moved_bed is not None:
            steps.append((stay.moved_bed[1], 3, partial(chronicle.move_bed, stay)))
    away = household.course.away
    if away is not None:
        steps.append((away.from_on, 4, chronicle.be_away))
        steps.append((away.return_on, 5, partial(chronicle.come_back, away.return_on)))
    return steps


def _place(chronicle: Chronicle, stay: StayPlan, then: Callable[[date, By], None]) -> None:
    then(stay.from_on, chronicle.place(stay))
