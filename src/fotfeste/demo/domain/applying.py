"""Writes down an application to live privately, step by step, as the acts of alternative do."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from fotfeste.demo.domain.application_records import (
    AgreementRecord,
    ApplicantRecord,
    ApplicationRecord,
    ConfirmationRecord,
)
from fotfeste.demo.domain.chronicle import Chronicle
from fotfeste.demo.domain.diary import By, reference
from fotfeste.demo.domain.people import ADULT
from fotfeste.demo.domain.private import AMOT, FAST, PrivateLiving
from fotfeste.demo.domain.rules import Due
from fotfeste.kernel.periods import Period

WORKFLOW = "alternative_application"
_HOSTS = (
    "Kari Berg",
    "Ola Lund",
    "Ingrid Haugen",
    "Per Bakken",
    "Anne Moen",
    "Nils Dahl",
    "Olena Bondar",
    "Ihor Melnyk",
)
_HELPERS = (("Marit Solli", "nabo"), ("Jon Vik", "frivillig"), ("Turid Aas", "venn av familien"), ("Arne Lie", "vert"))
_HOST_RELATIONS = ("family", "family", "friend", "friend", "acquaintance", "stranger")
_HOME_OF = {"family": "family", "friend": "private", "acquaintance": "private", "stranger": "voluntary"}
_ADAPTATIONS = ("Trenger ro og et eget rom etter sykdom", "Må bo nær familien som hjelper i hverdagen")
_CAUSES = {
    "agreed_settlement": "settled",
    "withdrawn_from": "municipality_withdrew",
    "no_address": "left_unknown",
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where they live."""

    street: str
    postal_code: str


class ApplicationChronicle:
    """One application of a household, beside its chronicle."""

    def __init__(self, chronicle: Chronicle, living: PrivateLiving, home: Home) -> None:
        self.c, self.living, self.home = chronicle, living, home
        self.diary, self.rng = chronicle.diary, chronicle.rng
        self.row: ApplicationRecord | None = None
        self.confirmations: list[ConfirmationRecord] = []
        self.agreement: AgreementRecord | None = None

    def receive(self, by: By) -> None:
        """The application comes, filled in by themselves, a helper or staff; its people are found at once.

        Whoever fills it in for themselves signs in it; the other parties are asked by links.
        """
        living, rng, c = self.living, self.rng, self.c
        filled_in_by = rng.choices(("applicant", "helper", "staff"), (5, 3, 2))[0]
        if living.state in ("waiting_for_parties", "withdrawn"):  # they themselves have not answered
            filled_in_by = "helper"
        helper = rng.choice(_HELPERS) if filled_in_by == "helper" else ("", "")
        relation = rng.choice(_HOST_RELATIONS)
        self.row = ApplicationRecord(
            id=c.keys.next("application"),
            reference=reference(rng),
            subject_id=c.group_id,
            scheme=living.scheme,
            procedure=living.procedure,
            municipality_id=living.municipality.seat.organisation_id,
            state="waiting_for_parties",
            version=2,
            filled_in_by=filled_in_by,
            helper_name=helper[0],
            helper_relation=helper[1],
            user_id=by.user_id if filled_in_by == "staff" else None,
            language="uk" if living.household.persons[0].languages[0] == "uk" else "en",
            contact=f"{c.group_id}@soker.example.no",
            living_there_since=living.starts_on,
            wanted_from=None,
            street=self.home.street,
            postal_code=self.home.postal_code,
            home_kind=_HOME_OF[relation],
            is_centre_housing=False,
            host_name=rng.choice(_HOSTS),
            host_relation=relation,
            host_is_tenant=rng.random() < 0.3,
            host_contact=f"{c.group_id}@vert.example.no",
            received_on=living.applied_on,
            submitted_on=None,
            matched_on=living.applied_on,
            asked_on=None,
            answered_on=None,
            answer="",
            answer_text="",
            decided_on=None,
            decided_by_id=None,
            starts_on=None,
            ground="",
            withdrawn_on=None,
            withdrawal_cause="",
            recorded_at=by.at,
            recorded_by_organisation_id=by.organisation_id,
        )
        self.diary.open_needs(c.subjects, self.row.municipality_id, "applied_here", living.applied_on, by)
        self._step_told("apply", "draft", by if filled_in_by == "staff" else by._replace(user_id=None))
        self._applicants()
        parties = ("applicant", "host", "municipality") if living.procedure == FAST else ("applicant",)
        self.confirmations = [self._sent(party) for party in parties]
        if filled_in_by == "applicant":
            self._say_yes("applicant", "form", by)

    def ask_udi(self, due: Due, by: By) -> None:
        """UDI has it to decide, and to say so where it takes long. Of what is past nobody has anything left to do."""
        for kind in ("decide_application", "send_preliminary_answer"):
            self.diary.open_task(
                kind,
                self.c.world.udi.organisation_id,
                "alternative.apply",
                self.living.applied_on,
                due,
                by,
                self.of().id,
            )

    def _applicants(self) -> None:
        living, is_amot = self.living, self.living.scheme == AMOT
        for position, (subject, person) in enumerate(zip(self.c.persons, living.household.persons, strict=True)):
            is_grown = person.part == ADULT
            self.c.batch[ApplicantRecord].append(
                ApplicantRecord(
                    application_id=self.of().id,
                    subject_id=subject,
                    position=position,
                    name=person.name,
                    duf=person.duf,
                    birth_date=person.birth_date,
                    citizenship=person.citizenship,
                    has_d_number=None if is_amot else True,
                    lived_in_ukraine=None if is_amot else True,
                    had_protection=None,
                    family_tie="" if is_amot else ("none" if position == 0 else "household"),
                    has_near_family=is_amot,
                    has_carer=True if living.household.is_unaccompanied else None,
                    needs_adaptation=is_amot and is_grown and position == 0,
                    adaptation=self.rng.choice(_ADAPTATIONS) if is_amot and is_grown and position == 0 else "",
                    recorded_at=self.of().recorded_at,
                )
            )

    def _sent(self, party: str) -> ConfirmationRecord:
        row = self.of()
        token = sha256(f"{row.reference}-{party}".encode()).hexdigest()
        expires_on = self.c.rules.link_expires_on(row.received_on)
        return ConfirmationRecord(
            row.id, row.subject_id, party, token, row.received_on, expires_on, "", "", "", "", None, row.recorded_at
        )

    def _say_yes(self, party: str, way: str, by: By) -> None:
        names = {"host": self.of().host_name, "applicant": self.living.household.persons[0].name}
        names["municipality"] = self.living.municipality.contact
        self.confirmations = [
            each._replace(way=way, signer_name=names[party], answer="yes", answered_at=by.at)
            if each.party == party and not each.answer
            else each
            for each in self.confirmations
        ]

    def of(self) -> ApplicationRecord:
        """The application. Raises ValueError before there is one."""
        if self.row is None:
            message = "nothing has been applied for"
            raise ValueError(message)
        return self.row

    def answer_parties(self, on: date, by: By) -> None:
        """Everyone who has a part says yes, each by a link; then it is submitted."""
        for party in ("applicant", "host", "municipality"):
            self._say_yes(party, "link", by)
        self._step("submit", "submitted", by._replace(user_id=None), submitted_on=on)

    def ask_municipality(self, on: date, by: By) -> None:
        """UDI asks the municipality whether it takes them on (akseptbrev)."""
        self._step("ask_municipality", "at_municipality", by, asked_on=on)
        row = self.of()
        self.diary.open_task(
            "answer_acceptance",
            row.municipality_id,
            "alternative.ask_municipality",
            on,
            self.c.rules.answer_acceptance(on),
            by,
            row.id,
        )

    def answer_municipality(self, on: date, by: By, *, answer: str = "yes", text: str = "") -> None:
        """The municipality says yes or no."""
        self._step("answer_municipality", "submitted", by, answered_on=on, answer=answer, answer_text=text)
        self.diary.close_tasks(["answer_acceptance"], by)

    def grant(self, on: date, by: By) -> None:
        """UDI grants it: an agreement since the day from which they have lived there."""
        self._step("grant", "granted", by, decided_on=on, decided_by_id=by.user_id, starts_on=self.living.starts_on)
        self._nothing_left(on, by)
        row = self.of()
        self.agreement = AgreementRecord(
            self.c.keys.next("agreement"),
            self.c.group_id,
            row.municipality_id,
            row.scheme,
            row.id,
            "",
            Period(self.living.starts_on),
            *by,
        )

    def refuse(self, on: date, ground: str, by: By) -> None:
        """UDI refuses it, with a ground."""
        self._step("refuse", "refused", by, decided_on=on, decided_by_id=by.user_id, ground=ground)
        self._nothing_left(on, by)

    def withdraw(self, on: date, cause: str, by: By) -> None:
        """They take it back."""
        self._step("withdraw", "withdrawn", by, withdrawn_on=on, withdrawal_cause=cause)
        self._nothing_left(on, by, outcome="void")

    def _nothing_left(self, on: date, by: By, outcome: str = "done") -> None:
        self.diary.close_tasks(("decide_application", "send_preliminary_answer", "answer_acceptance"), by, outcome)
        self.diary.end_needs("applied_here", on, by)

    def end(self, on: date, reason: str, by: By) -> None:
        """The agreement ends with the stay."""
        earlier = self.agreement
        if earlier is None:
            return
        self.c.batch[AgreementRecord].append(
            earlier._replace(annulled_at=by.at, annulled_by_id=by.user_id, annul_reason="stays_changed")
        )
        self.agreement = earlier._replace(
            id=self.c.keys.next("agreement"),
            end_cause=_CAUSES.get(reason, reason),
            period=earlier.period.with_end(on),
            recorded_at=by.at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
            supersedes_id=earlier.id,
        )

    def finish(self) -> None:
        """Write down the application as it stands, and the agreement."""
        if self.row is not None:
            self.c.batch[ApplicationRecord].append(self.row)
        self.c.batch[ConfirmationRecord].extend(self.confirmations)
        if self.agreement is not None:
            self.c.batch[AgreementRecord].append(self.agreement)

    def _step(self, step: str, to: str, by: By, **changes: Any) -> None:
        before = self.of()
        self.row = before._replace(state=to, version=before.version + 1, **changes)
        self._step_told(step, before.state, by)

    def _step_told(self, step: str, before: str, by: By) -> None:
        row = self.of()
        self.diary.tell(
            f"alternative.{step}",
            by,
            object_kind=WORKFLOW,
            object_id=row.id,
            holds_on=by.at.date(),
            transition=step,
            workflow=WORKFLOW,
            from_state=before,
            to_state=row.state,
            other=row.municipality_id,
        )
