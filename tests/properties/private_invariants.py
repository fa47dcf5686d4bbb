"""What must hold of those who have lived privately with public support in a generated country."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from fotfeste.alternative.domain.states import APPLICATION, LIVING
from fotfeste.demo.domain import application_records as application
from fotfeste.demo.domain import records
from tests.properties.country_invariants import Written

TOP_TEN = {
    "Oslo": 470,
    "Trondheim": 294,
    "Bergen": 259,
    "Kristiansand": 205,
    "Stavanger": 194,
    "Levanger": 189,
    "Drammen": 149,
    "Nordre Follo": 139,
    "Tønsberg": 133,
    "Fredrikstad": 117,
}  # MAMOT table 3.1
FIRST, LAST = date(2022, 3, 17), date(2024, 6, 30)


def private_stays(w: Written, scheme: str) -> list[Any]:
    """The stays of a scheme that are held true."""
    return [row for row in w.all(records.StayRecord) if row.kind == scheme and row.annulled_at is None]


def places(w: Written) -> Counter[str]:
    """People on MAMOT by the name of the municipality's number."""
    number = {m.seat.organisation_id: m.place.municipality_number for m in w.world.municipalities}
    return Counter(number[row.municipality_id] for row in private_stays(w, "mamot"))


def private_stays_are_whole(w: Written) -> Iterator[str]:
    """A household's stays are in one municipality for the same days, with an address there; MAMOT's within its time."""
    codes = {m.seat.organisation_id: {code for code, _ in m.postal_codes} for m in w.world.municipalities}
    for group, members in w.housed():
        stays = [row for person in members for row in w.current(records.StayRecord, person)]
        if len(stays) != len(members):
            yield f"group {group}: {len(stays)} stays of {len(members)} people"
        if len({(row.kind, row.municipality_id, row.period, row.departure_reason) for row in stays}) != 1:
            yield f"group {group} does not live together"
        row = stays[0]
        if row.postal_code not in codes[row.municipality_id]:
            yield f"group {group} lives in another municipality than its address"
        if row.kind == "mamot" and not FIRST <= row.period.start <= (row.period.end or LAST) <= LAST:
            yield f"group {group} is on MAMOT outside its time: {row.period}"
        registered = w.one(records.PersonRecord, members[0]).registered_on
        if row.period.start < registered:
            yield f"group {group} lives privately before it is registered"


def everyone_on_mamot_has_a_permit_and_the_settled_are_settled(w: Written) -> Iterator[str]:
    """Statuses fit why the stay ended; nobody on AMOT has a decision, and no unaccompanied minor is on MAMOT."""
    for group, members in w.housed():
        stay = w.current(records.StayRecord, members[0])[0]
        kinds = {row.kind for person in members for row in w.of(records.StatusRecord, person)}
        if ("settled" in kinds) != (stay.departure_reason == "agreed_settlement"):
            yield f"group {group} left for {stay.departure_reason} and has {kinds}"
        if ("temporary_collective_protection" in kinds) != (stay.kind == "mamot"):
            yield f"group {group} on {stay.kind} has {kinds}"
        alone = any(w.one(records.DetailsRecord, person).is_unaccompanied_minor for person in members)
        if alone and stay.kind == "mamot":
            yield f"group {group}: an unaccompanied minor on MAMOT"


def needs_of_private_living(w: Written) -> Iterator[str]:
    """UDI and the municipality know of them, for as long as the rules say; nobody has anything left to do."""
    for group, members in w.housed():
        stay = w.current(records.StayRecord, members[0])[0]
        there, start, end = stay.municipality_id, stay.period.start, stay.period.end
        known_on = stay.recorded_at.date()
        housed = w.rules.housed_until(end, known_on) if end else None
        case = w.rules.grant_case_until(end, known_on) if end else None
        wanted = {
            (there, "housed_here", start, housed),
            (there, "grant_case", start, case),
            (w.world.udi.organisation_id, "grant_case", start, case),
        }
        if stay.departure_reason == "agreed_settlement":
            wanted.add((there, "settled_here", end, None))
        for subject in (group, *members):
            found = {
                (n.organisation_id, n.reason, n.period.start, n.period.end)
                for n in w.of(records.NeedRecord, subject)
                if n.reason not in ("registered_here", "protection_case", "applied_here")
            }
            if found != wanted:
                yield f"subject {subject} of group {group}: {found ^ wanted}"
        if any(task.closed_at is None for task in w.of(records.TaskRecord, group)):
            yield f"group {group} lives privately and has open tasks"


CAUSES = {"agreed_settlement": "settled", "withdrawn_from": "municipality_withdrew", "no_address": "left_unknown"}


def those_who_live_privately_have_an_agreement_by_their_application(w: Written) -> Iterator[str]:
    """The granted application is of those who live there; its agreement lasts as long as the stays."""
    for group, members in w.housed():
        row = w.one(application.ApplicationRecord, group)
        stay = w.current(records.StayRecord, members[0])[0]
        agreements = w.current(application.AgreementRecord, group)
        if (row.state, row.scheme, row.municipality_id, row.starts_on) != (
            "granted",
            stay.kind,
            stay.municipality_id,
            stay.period.start,
        ):
            yield f"application {row.id} is {row.state} of {row.scheme}, and they live on {stay.kind}"
        cause = CAUSES.get(stay.departure_reason, stay.departure_reason)
        if [(each.period, each.end_cause, each.application_id) for each in agreements] != [
            (stay.period, cause, row.id)
        ]:
            yield f"agreements {agreements} of group {group}, whose stay is {stay}"


def applications_are_whole(w: Written) -> Iterator[str]:
    """Its events fold to its state; its people are the household's; every party has said what the state asks for."""
    applicants: dict[int, list[Any]] = defaultdict(list)
    for person in w.all(application.ApplicantRecord):
        applicants[person.application_id].append(person)
    confirmations: dict[int, list[Any]] = defaultdict(list)
    for each in w.all(application.ConfirmationRecord):
        confirmations[each.application_id].append(each)
    for group, members in w.private.items():
        row = w.one(application.ApplicationRecord, group)
        steps = [e.transition for e in w.of(records.EventRecord, group) if e.workflow == APPLICATION.name]
        if APPLICATION.fold(steps) != row.state:
            yield f"application {row.id} is {row.state}, its events say {APPLICATION.fold(steps)}"
        if [person.subject_id for person in applicants[row.id]] != members:
            yield f"application {row.id} is of others than the household"
        has_all = all(each.answer == "yes" for each in confirmations[row.id])
        if has_all != (row.submitted_on is not None):
            yield f"application {row.id} is {row.state} with {confirmations[row.id]}"
        days = [row.received_on, row.submitted_on, row.asked_on, row.answered_on, row.decided_on]
        known = [day for day in days if day is not None]
        if known != sorted(known) or (row.answer != "") != (row.answered_on is not None):
            yield f"application {row.id} has days out of order: {known}"


def those_who_wait_for_an_answer_are_known_and_somebody_has_it_to_do(w: Written) -> Iterator[str]:
    """A municipality knows of an application until it is answered; UDI is to decide, the municipality to answer."""
    udi = w.world.udi.organisation_id
    for group, members in w.private.items():
        row = w.one(application.ApplicationRecord, group)
        is_living = row.state in LIVING
        for subject in (group, *members):
            needs = [n for n in w.of(records.NeedRecord, subject) if n.reason == "applied_here"]
            if [(n.organisation_id, n.period.end is None) for n in needs] != [(row.municipality_id, is_living)]:
                yield f"application {row.id} is {row.state}, and the municipality knows by {needs}"
        wanted = {("decide_application", udi), ("send_preliminary_answer", udi)} if is_living else set()
        if row.state == "at_municipality":
            wanted.add(("answer_acceptance", row.municipality_id))
        is_open = {(t.kind, t.organisation_id) for t in w.of(records.TaskRecord, group) if t.closed_at is None}
        if is_open != wanted:
            yield f"application {row.id} is {row.state}: open {is_open - wanted}, missing {wanted - is_open}"


PRIVATE: tuple[Callable[[Written], Iterator[str]], ...] = (
    private_stays_are_whole,
    everyone_on_mamot_has_a_permit_and_the_settled_are_settled,
    needs_of_private_living,
    those_who_live_privately_have_an_agreement_by_their_application,
    applications_are_whole,
    those_who_wait_for_an_answer_are_known_and_somebody_has_it_to_do,
)
