"""Applications, runs and claims in the states that their pages show: what the visits about support need."""

from datetime import date, timedelta

from fotfeste.accommodation import public as accommodation
from fotfeste.alternative import public as alternative
from fotfeste.alternative.public import Procedure
from fotfeste.directory.public import Organisation, User
from fotfeste.grants.public import Scheme, compute_run, through_of
from fotfeste.ledger.public import (
    Claim,
    Line,
    answer_claim,
    approve_run,
    check_run,
    decide_claim,
    open_claim,
    pay_run,
)
from fotfeste.registry.public import Sex
from tests.journeys.applicants import Applicants
from tests.journeys.people import person
from tests.journeys.reopening import quarter

UDI, APPROVER, LEVANGER = "demo-udi", "demo-udi-tilskudd", "demo-levanger"
REPAYING = {"noticed": ("Verdal", "7650"), "answered": ("Inderøy", "7670"), "decided": ("Frosta", "7633")}
OWING = {"owing": ("Meråker", "7530")}  # nobody has asked it yet


class Support(Applicants):
    """Makes what the pages of support show."""

    def with_support(self) -> None:
        """All of it; the money first, whose days are the earliest."""
        self._paid_and_left()
        self._runs_and_claims()
        self._applications()

    def _applications(self) -> None:
        """One that waits for its parties, one for each thing that UDI and Levanger do, and one that has ended."""
        moved_in = self._day(20)
        self._applied("parties", "Tymchenko", moved_in, Procedure.FAST, is_confirmed=False)
        self._applied("stranger", "Ivanenko", moved_in, Procedure.FAST, is_matched=False)
        self._applied("to_ask", "Havryliuk", moved_in, Procedure.ALONE)
        asked = self._applied("at_levanger", "Kolomiiets", moved_in, Procedure.ALONE)
        with self._as(UDI, 5) as (by, at):
            alternative.send_acceptance_request(asked, by=by, at=at)
        self._applied("to_grant", "Sereda", moved_in, Procedure.FAST)
        self.granted("granted", [person("Alla", "Bezruchko", 40)], LEVANGER, moved_in)
        self.granted("ahead", [person("Raisa", "Lutsenko", 47)], LEVANGER, moved_in, moves_in=self._day(-30))
        ended = self.granted("ended", [person("Nadiia", "Zhuk", 52)], LEVANGER, moved_in)
        levanger = User.objects.get(username=LEVANGER).organisation_id
        with self._as(LEVANGER, 2) as (by, at):
            alternative.end_agreement(ended, levanger, alternative.EndCause.LEFT_UNKNOWN, self._day(2), by=by, at=at)

    def _applied(
        self, name: str, family_name: str, on: date, procedure: Procedure, *,
        is_confirmed: bool = True, is_matched: bool = True,
    ) -> int:  # fmt: skip
        group = self.came(name, [person("Olha", family_name, 33)], on)
        made = self.applies(name, group, LEVANGER, on, procedure)
        if is_confirmed:
            self.confirmed(made, LEVANGER, on)
        if is_confirmed and is_matched:
            with self._as(UDI, self.ago(on)) as (by, at):
                alternative.match_people(made.application.pk, by=by, at=at)
        return made.application.pk

    def _paid_and_left(self) -> None:
        """Somebody in Levanger is paid for; somebody in each of four others, too, and has left the country since."""
        moved_in, ago = quarter(3) + timedelta(days=19), self.ago(quarter(1) + timedelta(days=20))
        gone = [self._housed(f"repaying_{state}", *place, moved_in) for state, place in (REPAYING | OWING).items()]
        self.granted("paid_for", [person("Yana", "Prykhodko", 35, Sex.FEMALE)], LEVANGER, moved_in)
        self._run("paid", Scheme.MAMOT, quarter(1), ago + 5)
        with self._as(UDI, ago) as (by, at):
            for group in gone:
                people = [member.subject_id for member in self._members(group, ago)]
                left_on, reason = quarter(2) + timedelta(days=3), accommodation.DepartureReason.LEFT_COUNTRY
                accommodation.end_private_stay(group, people, left_on, reason, by=by, at=at)

    def _housed(self, name: str, municipality: str, postal_code: str, on: date) -> int:
        group, ago = self.came(name, [person("Mariana", municipality, 45)], on), self.ago(on)
        place = Organisation.objects.get(kind="municipality", name=municipality)
        with self._as(UDI, ago) as (by, at):
            people = [member.subject_id for member in self._members(group, ago)]
            accommodation.start_private_stay(
                group, people, kind=accommodation.StayKind.MAMOT, municipality_id=place.pk, on=on,
                street="Kirkegata 1", postal_code=postal_code, by=by, at=at,
            )  # fmt: skip
        return group

    def _run(self, name: str, scheme: Scheme, through: date, ago: int, last: str = "paid") -> None:
        """A run on a day, taken as far as is asked. `{run_name}` leads to it."""
        with self._as(UDI, ago) as (by, at):
            run = compute_run(scheme, through, at, by=by, at=at)
            reference = self.references[f"run_{name}"] = run.subject.reference
            if last != "computed":
                check_run(reference, by=by, at=at)
        if last in ("approved", "paid"):
            with self._as(APPROVER, ago) as (by, at):
                approve_run(reference, by=by, at=at)
                if last == "paid":
                    pay_run(reference, by=by, at=at)

    def _runs_and_claims(self) -> None:
        """The run that takes back what was paid too much, a claim of each state, and a run that waits at each step."""
        self._run("taking_back", Scheme.MAMOT, quarter(1), 15)
        with self._as(UDI, 14) as (by, at):
            for state, (municipality, _) in REPAYING.items():
                owing = Organisation.objects.get(kind="municipality", name=municipality)
                claim: Claim = open_claim("mamot", owing.pk, by=by, at=at)
                self.references[f"claim_{state}"] = claim.subject.reference
        for state in ("answered", "decided"):
            staff = User.objects.filter(organisation__name=REPAYING[state][0], is_active=True).order_by("pk").first()
            assert staff is not None
            with self._as(staff.username, 10) as (by, at):
                answer_claim(self.references[f"claim_{state}"], "disputes", "De bodde her lenger.", by=by, at=at)
        with self._as(APPROVER, 8) as (by, at):
            decide_claim(self.references["claim_decided"], 1_800_000, "Én måned står.", by=by, at=at)
        self._run("computed", Scheme.MAMOT, quarter(0), 1, last="computed")
        self._run("approved", Scheme.AMOT, through_of(Scheme.AMOT, self._day(1)), 1, last="approved")
        with self._as(UDI, 0):
            line = Line.objects.filter(run__subject__reference=self.references["run_taking_back"]).first()
            assert line is not None
            self.references["through"] = quarter(0).isoformat()
            self.references |= {"line": line.subject.reference, "line_month": f"{line.month:%Y-%m}"}
