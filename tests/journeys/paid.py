"""Households on MAMOT whose municipalities have been paid for them: what the walks about money begin with."""

from datetime import date, timedelta

from fotfeste.access.public import Employment, Role, give_role
from fotfeste.grants.public import Scheme, compute_run
from fotfeste.ledger.public import approve_run, check_run, pay_run
from fotfeste.registry.public import Sex
from tests.journeys.applicants import Applicants
from tests.journeys.people import family, person
from tests.journeys.reopening import quarter


class Paid(Applicants):
    """The quarter before the last is paid, and nobody has heard yet that two households live there no more."""

    def make(self) -> dict[str, str]:
        """Two in Levanger, of whom one came later, one in Verdal; the run; and UDI's case worker may approve, too."""
        moved_in = quarter(3) + timedelta(days=19)
        hrynko = [person("Olesia", "Hrynko", 34), person("Vadym", "Hrynko", 36, Sex.MALE)]
        self.granted("late", hrynko, "demo-levanger", moved_in)
        chornous = [person("Ruslana", "Chornous", 41), person("Danylo", "Chornous", 44, Sex.MALE)]
        self.granted("gone", chornous, "demo-verdal", moved_in)
        self.paid_through(quarter(1))
        dudnyk = family("Dudnyk", "Iryna", "Pavlo", "Sofiia")
        self.granted("newcomers", dudnyk, "demo-levanger", quarter(1) + timedelta(days=40))
        self.may_approve_too("demo-udi")
        return self.references

    def paid_through(self, through: date) -> None:
        """A run of MAMOT, two weeks after its last month: computed and checked by one, approved and paid by another."""
        ago = self.ago(through + timedelta(days=14))
        with self._as("demo-udi", ago) as (by, at):
            run = compute_run(Scheme.MAMOT, through, at, by=by, at=at)
            reference = run.subject.reference
            check_run(reference, by=by, at=at)
        with self._as("demo-udi-tilskudd", ago) as (by, at):
            approve_run(reference, by=by, at=at)
            pay_run(reference, by=by, at=at)

    def may_approve_too(self, username: str) -> None:
        """Somebody who prepares runs has the role of who approves them."""
        employment = Employment.objects.current().get(user__username=username)
        with self._as("demo-udi-leder", 0) as (by, at):
            give_role(employment.reference, Role.GRANT_APPROVER, self._day(0), by=by, at=at)
