"""A household that has a row in every table there is about one, written by the real acts."""

from dataclasses import replace
from datetime import date, timedelta

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.models import Bed, Room
from fotfeste.accommodation.public import DepartureReason, MissingReport, NewRoom, assign_beds, grant_leave
from fotfeste.alternative.models import ApplicationDocument, ContactMade, ContactPerson, YearlyReport
from fotfeste.alternative.public import Agreement, Application, ApplicationPerson, Confirmation, check_housing
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.kernel.periods import Period
from fotfeste.ledger.public import RefusedLine, Scheme, answer_claim, decide_claim, open_claim, settle_claim
from fotfeste.platform.files import store
from fotfeste.platform.scope import scope
from fotfeste.refusal.actions.happening import happened
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of
from fotfeste.refusal.tasks import follow_with_tasks
from fotfeste.registry.domain.types import NewGuardian, RelationKind
from fotfeste.registry.models import DuplicateProposal, OutsideContact
from fotfeste.registry.public import (
    CorrectionReason,
    Mistake,
    TakenBack,
    correct_details,
    record_correction,
    register_identifier,
    register_relation,
)
from fotfeste.self_settlement.public import (
    EndCause,
    agree_self_settlement,
    approve_home,
    send_home,
    welcome_household,
    withdraw_self_settlement,
)
from fotfeste.settlement.actions.told import tell_municipality, tell_of_change
from fotfeste.settlement.models import MappingNote, SettlementCase, SettlementRequest
from fotfeste.settlement.public import (
    Capability,
    add_need,
    add_note,
    agree_journey,
    ask_travel_approval,
    end_need,
    pass_on,
    pay_own_car,
    postpone_journey,
    write_booking,
)
from fotfeste.worklist.public import open_task
from tests.acting import add_rooms
from tests.actions.allocation.stage import planned, steered
from tests.actions.alternative.living import home
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    MARCH,
    RATE_2024,
    books_of,
    due,
    keys_of,
    paid,
    taken_back,
)
from tests.actions.letters.stage import grant_letter, letter_to_people, petition_told, request_to
from tests.actions.self_settlement.stage import FOUND, asks
from tests.actions.self_settlement.stage import everything as all_checks
from tests.actions.settlement.stage import TRAVELS_ON, accepted, depart, driving, family, plan, queued
from tests.as_owner import need_given
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

PDF = b"%PDF-1.7\n%%EOF\n"


def everything(cast: Cast) -> list[int]:
    """A household that has rows in every table, on its way to Levanger. Gives its subjects."""
    group = asked_themselves(cast, queued(cast, has_pets=True))
    steered(cast, group)
    planned(cast)
    room = room_of(cast)
    with scope(cast.udi, cast.day):
        people = {name: member.subject_id for name, member in members_by_name(group, cast.day).items()}
        olena, andrij = people["Olena"], people["Andrij"]
        register_relation(group, olena, RelationKind.SPOUSE, andrij, by=cast.udi, at=cast.at)
        register_identifier(olena, IdentifierKind.DUF, synthetic_duf(4711), by=cast.udi, at=cast.at)
        low, high = sorted((olena, andrij))
        DuplicateProposal.objects.create(subject_id=low, other_id=high, cause="tried", proposed_at=cast.at)
        record_correction(group, TakenBack.STATUS, cast.day, Mistake.WRONG_DAY, "", by=cast.udi, at=cast.at)
        applied_for(cast, group, olena)
    known = {"recorded_at": cast.at, "reported_by_id": cast.centre.organisation_id}
    with scope(cast.centre, cast.day):
        beds = list(Bed.objects.filter(room=room).order_by("pk").values_list("pk", flat=True))
        assign_beds(group, {olena: beds[0]}, cast.day, by=cast.centre, at=cast.at)
        back_on = cast.day + timedelta(days=3)
        grant_leave(group, [andrij], cast.day, back_on, is_abroad=False, by=cast.centre, at=cast.at)
        told_of_one_missing(cast, group, andrij)
        guardian = NewGuardian("Verge Vergesen", "99 99 99 99", "verge@example.no")
        OutsideContact.objects.create(subject_id=olena, kind="guardian", name=guardian.name, **known)
        case = SettlementCase.objects.get(subject_id=group)
        MappingNote.objects.create(subject_id=olena, interview=case.interview, text="Trenger ro.", **known)
        add_note(group, "En hund til.", by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        pass_on(group, "De har to hunder.", by=cast.imdi, at=cast.at)
        told_verdal(cast, case)
    accepted(cast, group, [Capability.PETS])
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.ADAPTED_HOUSING, reason="Rullestol.", by=cast.imdi, at=cast.at)
        add_need(group, Capability.STAFFED_HOUSING, reason="Feil husstand.", by=cast.imdi, at=cast.at)
        end_need(group, Capability.STAFFED_HOUSING, reason="Gjaldt andre.", by=cast.imdi, at=cast.at)
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol.", by=cast.centre, at=cast.at)
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
        travelled(cast, group)
        tell_of_change(case, by=cast.centre, at=cast.at)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, persons=[people["Sofia"]])
    refusal_of_all(cast, case)
    letter_to_people(cast, group, language="nb")
    petition_told(cast, group)
    request_to(cast, group)
    grant_letter(cast, group)
    followed(cast, group, [*people.values()])
    return [group, *people.values(), *owed_for(cast, group, tuple(people.values()))]


def told_of_one_missing(cast: Cast, group: int, person: int) -> None:
    """The police were told of somebody who is away, as if they were a minor alone. At the centre, in scope."""
    known = {"recorded_at": cast.at, "reported_by_id": cast.centre.organisation_id}
    said = {"missing_from": cast.day, "party": "police", "told_on": cast.day, "told_whom": "Vakta"}
    MissingReport.objects.create(subject_id=person, **said, **known)
    udi = cast.udi.organisation_id
    cause = "accommodation.missing_reported"
    open_task("follow_missing", subject_id=group, organisation_id=udi, cause=cause, basis_on=cast.day, at=cast.at)


def refusal_of_all(cast: Cast, case: SettlementCase) -> None:
    """They do not move after all: a refusal with what the municipality is asked, and what it is not told."""
    with scope(cast.udi, cast.day):
        offer = case.offers.get()
        to = {"offer": offer, "organisation_id": offer.organisation_id}
        refusal = Refusal.objects.create(
            subject_id=case.subject_id, case=case, cause="not_moved", opened_on=cast.day, persons=offer.persons, **to
        )
        for kind in (Happening.REPORTED, Happening.HOLD_ASKED):
            happened(refusal, kind, on=cast.day, by=cast.udi, at=cast.at)
        follow_with_tasks(refusal, case_of(refusal), cause="refusal.reported", by=cast.udi, at=cast.at)
        Refusal.objects.filter(pk=refusal.pk).update(closed_on=cast.day)  # they may move with it


def asked_themselves(cast: Cast, group: int) -> int:
    """They have asked Levanger for agreed self-settlement, were to travel to the home that they found, and do not want
    it any more.
    """
    asks(cast, group)
    with scope(cast.municipality, cast.day):
        welcome_household(group, by=cast.municipality, at=cast.at)
    with scope(cast.centre, cast.day):
        send_home(group, FOUND, by=cast.centre, at=cast.at)
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=all_checks(cast), by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
        withdraw_self_settlement(group, cause=EndCause.OWN_WISH, by=cast.centre, at=cast.at)
    return group


def travelled(cast: Cast, group: int) -> None:
    """They were to drive and were paid; then they go by train, which is booked and put off. At the centre, in scope."""
    by, at, moved_to = cast.centre, cast.at, TRAVELS_ON + timedelta(days=7)
    agree_journey(group, driving(), by=by, at=at)
    pay_own_car(group, paid_on=cast.day, by=by, at=at)
    agree_journey(group, plan(), by=by, at=at)
    write_booking(group, by=by, at=at)
    postpone_journey(group, kind="cancelled", happened_on=cast.day, new_on=moved_to, by=by, at=at)


def room_of(cast: Cast) -> Room:
    """The room at Voss, made where it is not there yet."""
    by = cast.centre_administrator
    with scope(by, cast.day):
        found = Room.objects.filter(centre_id=by.organisation_id, name="Fjellro").first()
        return found or add_rooms(by.organisation_id, [NewRoom(name="Fjellro", beds=4)], by=by, at=cast.at)[0]


def applied_for(cast: Cast, group: int, person: int) -> None:
    """An application to live privately in Levanger, with one of its people, what a party said, and the agreement."""
    place = {"subject_id": group, "municipality_id": cast.municipality.organisation_id, "scheme": "amot"}
    application = Application.objects.create(
        **place,
        procedure="alone",
        filled_in_by="applicant",
        received_on=cast.day,
        recorded_at=cast.at,
        recorded_by_organisation_id=cast.udi.organisation_id,
    )
    of_it = {"application": application, "recorded_at": cast.at}
    ApplicationPerson.objects.create(**of_it, subject_id=person, position=0, name="Olena")
    days = {"sent_on": cast.day, "expires_on": cast.day + timedelta(days=1)}
    Confirmation.objects.create(**of_it, **days, subject_id=group, party="applicant", token_hash="x")
    Agreement(**place, **of_it, period=Period(cast.day), reported_by_id=cast.udi.organisation_id).stored()
    parties = (cast.udi.organisation_id, cast.municipality.organisation_id)
    file = store(
        group, "kontrakt.pdf", PDF, "rent_contract", compartment="housing", by=cast.udi, at=cast.at, seen_by=parties
    )
    ApplicationDocument.objects.create(application=application, file=file, kind="rent_contract")


def owed_for(cast: Cast, group: int, people: tuple[int, ...]) -> list[int]:
    """Levanger was paid for one of them, owes a month of it, and has paid some back; another has no rate. Gives the
    subjects of the runs and of the claim.
    """
    books, one = books_of(cast, group, people), people[0]
    levanger = books.levanger
    first = paid(books, [due(one, levanger, JANUARY), due(one, levanger, FEBRUARY)])
    no_rate = [RefusedLine(people[1], levanger, MARCH)]
    back = [taken_back(one, levanger, FEBRUARY, keys_of(books)[1:], "left_country")]
    second = paid(books, back, refused=no_rate)
    with scope(cast.udi, cast.day):
        claim = open_claim(Scheme.MAMOT, levanger, by=cast.udi, at=cast.at)
        reference = claim.subject.reference
    with scope(cast.municipality, cast.day):
        answer_claim(reference, "disputes", "De var her.", by=cast.municipality, at=cast.at)
    with scope(books.colleague, cast.day):
        decide_claim(reference, RATE_2024, "", by=books.colleague, at=cast.at)
        settle_claim(reference, "paid", 700_000, on=cast.day, by=books.colleague, at=cast.at)
    return [first.subject_id, second.subject_id, claim.subject_id]


def followed(cast: Cast, group: int, people: list[int]) -> None:
    """Levanger has seen to what it sees to of those who live there privately."""
    mine = cast.municipality
    place = {"organisation_id": mine.organisation_id, "reason": NeedReason.HOUSED_HERE, "at": cast.at}
    need_given([group, *people], from_on=cast.day, **place)  # type: ignore[arg-type]
    known = {"organisation_id": mine.organisation_id, "recorded_at": cast.at, "reported_by_id": mine.organisation_id}
    with scope(mine, cast.day):
        check_housing(group, home(), by=mine, at=cast.at)
        ContactPerson.objects.create(subject_id=group, user_id=mine.user_id or 0, period=Period(cast.day), **known)
        said = {"way": "home", "interpreter": "present", "subjects": ["home"], "held_on": cast.day}
        ContactMade.objects.create(subject_id=group, **said, **known)
        report = {"year": 2023, "contacts": 1, "lives_as_before": True, "sent_on": cast.day}
        YearlyReport.objects.create(subject_id=people[0], **report, **known)


def told_verdal(cast: Cast, case: SettlementCase) -> None:
    """Verdal was asked once, and has to see that it is not any more: it sees that also without any need to know."""
    asked = SettlementRequest(organisation_id=cast.other_municipality.organisation_id, sent_on=cast.day)
    cause = "settlement.withdraw_request"
    tell_municipality(case, asked, came_to="requested", cause=cause, on=cast.day, by=cast.imdi, at=cast.at)


def told_alone(cast: Cast, *, is_corrected: bool = False) -> list[int]:
    """A minor who was interviewed alone; afterwards, it may be, registered as somebody of age with a family."""
    group = queued(cast, is_unaccompanied=True)
    with scope(cast.udi, cast.day):
        [minor] = members_by_name(group, cast.day).values()
        if is_corrected:
            [person] = family(is_unaccompanied=True).persons
            details = replace(person, birth_date=date(2000, 6, 1), is_unaccompanied_minor=False)
            at = cast.at + timedelta(hours=1)
            correct_details(minor.subject_id, details, CorrectionReason.NEW_DOCUMENT, by=cast.udi, at=at)
    return [group, minor.subject_id]
