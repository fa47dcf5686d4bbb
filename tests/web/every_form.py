"""Every form of the product on a page where it is open, found by walking the addresses: for tests that go through all.

A form that is new must be put on a stage here: the test of the stages says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.urls import URLPattern, URLResolver, get_resolver

from fotfeste.access.looks import keep_look
from fotfeste.access.public import Look, LookRule, Role, Subject, SubjectKind, create_subject
from fotfeste.accommodation.public import (
    DepartureReason,
    Room,
    StayKind,
    assign_beds,
    grant_leave,
    register_absence,
    start_private_stay,
)
from fotfeste.alternative.domain.local import WaitingOutcome
from fotfeste.alternative.public import answer_waiting, register_resident
from fotfeste.directory.public import ContactTopic, NewContact, Organisation, Unit, UnitKind
from fotfeste.letters.public import send_letter
from fotfeste.platform.scope import scope
from fotfeste.platform.shown import Shown, Whom
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import members_of, name_follower, register_member
from fotfeste.settlement.actions.journey import ask_travel_approval
from fotfeste.settlement.public import (
    Capability,
    ClosingReason,
    add_need,
    close_case,
    pass_on,
    report_no_show,
    withdraw_offer,
)
from tests.acting import add_contact, block_bed, give_role
from tests.actions.access.stage import colleague, employment_of
from tests.actions.accommodation.people import beds_at
from tests.actions.allocation.stage import asked_for, closed, planned, steered
from tests.actions.alternative.living import has_left
from tests.actions.alternative.test_local_lists import told as told_of_them
from tests.actions.alternative.test_local_lists import waits
from tests.actions.directory.stage import administrator, keeper
from tests.actions.letters.stage import household, request_to
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.registry.test_protection import colleague as of_the_same_place
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.asking import centre_beside_levanger
from tests.actions.settlement.stage import (
    accepted,
    depart,
    family,
    found,
    offered,
    queued,
    refused,
    requested,
    with_journey,
)
from tests.actions.settlement.test_lived_there import permitted
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, placed, registered
from tests.web.every_form_applications import APPLICATION_NAMES, APPLICATION_STAGES
from tests.web.every_form_money import MONEY_NAMES, MONEY_STAGES
from tests.web.place import Place as Place


def forms_in_the_product() -> set[str]:
    """The names of all addresses that take something that was sent."""
    return {pattern.name or "" for pattern in patterns(get_resolver()) if _takes_posts(pattern)}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address of the product."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def _takes_posts(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", None)
    if not (isinstance(view, type) and issubclass(view, StaffView)):
        return False
    return hasattr(view, "post") and "post" in view.http_method_names


def reference(subject_id: int) -> str:
    """A household's or person's public reference."""
    return Subject.objects.get(pk=subject_id).reference


def _registered(cast: Cast) -> list[Place]:
    group = registered(cast, kovalenko())
    registered(cast, alone(person("Nabo", "Nabosen")))
    here = [reference(group)]
    with scope(cast.udi, cast.day):
        olena = members_of(group, cast.day)[0].reference
    return [
        Place("register_group", cast.registrar, also={"do": "register", "persons": "2", "ties": "1"}),
        Place("register_status", cast.udi, here),
        Place("annul_status", cast.udi, here, f"?person={olena}"),
        Place("add_member", cast.udi, here, "?q=Nabo"),
        Place("remove_member", cast.udi, here),
        Place("register_member", cast.udi, here),
        Place("register_relation", cast.udi, here),
        Place("correct_details", cast.udi, [*here, olena]),
        Place("duplicates", cast.udi),
        Place("household_duplicates", cast.udi, here),
        Place("place_group", cast.udi, here),
        Place("alert_early", cast.udi, here),
        Place("take_task", cast.udi, ["abcdefabcdef"]),
        Place("hand_over_task", cast.udi, ["abcdefabcdef"]),
    ]


def _at_voss(cast: Cast) -> list[Place]:
    group = placed(cast, registered(cast, family()))
    here, voss = [reference(group)], Organisation.objects.get(pk=cast.centre.organisation_id)
    first, second, *_ = beds_at(cast, cast.centre_administrator, [("214", 2), ("215", 2)])
    room = Room.objects.get(name="215").reference
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        assign_beds(group, dict(zip(persons, (first, second), strict=False)), cast.day, by=cast.centre, at=cast.at)
        register_absence(group, persons[:1], cast.day, is_abroad=False, by=cast.centre, at=cast.at)
        leaves_on, back_on = cast.day + timedelta(days=5), cast.day + timedelta(days=9)
        grant_leave(group, persons[1:2], leaves_on, back_on, is_abroad=False, by=cast.centre, at=cast.at)
    with scope(cast.centre_administrator, cast.day):
        third = Room.objects.get(name="215").beds.order_by("pk")[0]
        block_bed(third.pk, cast.day, None, "broken", by=cast.centre_administrator, at=cast.at)
    names = list(Room.objects.get(name="215").beds.order_by("pk").values_list("name", flat=True))
    return [
        *(
            Place(name, cast.centre, here)
            for name in (
                "assign_beds",
                "register_departure",
                "correct_arrival",
                "register_absence",
                "grant_leave",
                "withdraw_leave",
                "register_return",
            )
        ),
        Place("centre_operation", cast.udi, [voss.reference]),
        Place("close_centre", cast.udi, [voss.reference]),
        Place("centre_rooms", cast.centre_administrator, [voss.reference]),
        Place("add_beds", cast.centre_administrator, [room]),
        Place("block_bed", cast.centre_administrator, [room, names[1]]),
        Place("unblock_bed", cast.centre_administrator, [room, names[0]]),
    ]


def _interview(cast: Cast) -> list[Place]:
    group = due_for_interview(cast, family())
    with scope(cast.centre, cast.day):
        adult = members_of(group, cast.day)[0].reference
    steps = ("give_information", "plan_interview", "invite_to_interview", "interview_participants", "finish_interview")
    return [
        *(Place(name, cast.centre, [reference(group)]) for name in steps),
        Place("interview_answers", cast.centre, [reference(group), adult]),
        Place("close_case", cast.centre, [reference(group)]),
    ]


def _minor(cast: Cast) -> list[Place]:
    return [Place("mapping_note", cast.centre, [reference(due_for_interview(cast, family(is_unaccompanied=True)))])]


def _queued(cast: Cast) -> list[Place]:
    group = queued(cast)
    here = reference(group)
    centre_beside_levanger(cast)
    with scope(cast.imdi, cast.day):
        pass_on(group, "De har to hunder.", by=cast.imdi, at=cast.at)
    return [
        Place("settlement_notes", cast.centre, [here]),
        Place("change_needs", cast.imdi, [here]),
        Place("pass_on", cast.imdi, [here]),
        Place("take_back_passed_on", cast.imdi, [here]),
        Place("reopen_interview", cast.centre, [here]),
        Place("send_request", cast.imdi, [here, "5038"]),
        Place("declare_capabilities", cast.municipality),
        Place("register_decision", cast.municipality),
        Place("declare_week_limit", cast.municipality),
        Place("declare_resources", cast.municipality),
        Place("declare_local_offers", cast.municipality),
        Place("register_year_request", cast.imdi, ["5037"]),
        Place("reserve_places", cast.municipality, ["5037"]),
    ]


def _requested(cast: Cast) -> list[Place]:
    here = [reference(requested(cast, queued(cast, has_pets=True)))]
    return [Place("answer_request", cast.municipality, here), Place("withdraw_request", cast.imdi, here)]


def _found(cast: Cast) -> list[Place]:
    here = [reference(found(cast, queued(cast)))]
    return [Place("make_offer", cast.imdi, here), Place("release_municipality", cast.imdi, here)]


def _offered(cast: Cast) -> list[Place]:
    here = [reference(offered(cast, queued(cast)))]
    return [Place("register_offer_answer", cast.centre, here), Place("withdraw_offer", cast.imdi, here)]


def _asked_about_needs(cast: Cast) -> list[Place]:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.PETS, reason="De har fått hund.", by=cast.imdi, at=cast.at)
    return [Place("answer_needs", cast.municipality, [reference(group)])]


def _taken_back(cast: Cast) -> list[Place]:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="home_lost", by=cast.imdi, at=cast.at)
    here = [reference(group)]
    return [Place("tell_withdrawal", cast.centre, here), Place("withdrawn_request", cast.municipality, here)]


def _refused(cast: Cast) -> list[Place]:
    return [Place("annul_refusal", cast.imdi, [reference(refused(cast, queued(cast)))])]


def _closed(cast: Cast) -> list[Place]:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        close_case(group, reason=ClosingReason.MISTAKE, by=cast.centre, at=cast.at)
    return [Place("annul_closing", cast.centre, [reference(group)])]


def _accepted(cast: Cast) -> list[Place]:
    group = accepted(cast, queued(cast))
    return [
        Place("arrange_journey", cast.centre, [reference(group)]),
        Place("ask_travel_approval", cast.centre, [reference(group)]),
    ]


def _asked_udi(cast: Cast) -> list[Place]:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)
    return [Place("approve_travel", cast.udi, [reference(group)])]


def _left(cast: Cast) -> list[Place]:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    return [Place("annul_departure", cast.centre, [reference(group)])]


def _settled(cast: Cast) -> list[Place]:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    return [Place("confirm_arrival", cast.municipality, [reference(group)])]


def _missed(cast: Cast) -> list[Place]:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with scope(cast.municipality, cast.day):
        report_no_show(group, text="Ingen på toget.", by=cast.municipality, at=cast.at)
    return [Place("follow_no_show", cast.imdi, [reference(group)])]


def _moved(cast: Cast) -> list[Place]:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1)
    return [Place("private_move", cast.imdi, [reference(group)])]


def _grown(cast: Cast) -> list[Place]:
    group = requested(cast, queued(cast))
    with scope(cast.udi, cast.day):
        register_member(group, replace(family().persons[0], given_name="Iryna"), cast.day, by=cast.udi, at=cast.at)
    here = [reference(group)]
    return [Place("household_again", cast.imdi, here), Place("household_changed", cast.municipality, here)]


def _directory(cast: Cast) -> list[Place]:
    by = administrator(cast)
    place = Organisation.objects.get(pk=by.organisation_id).reference
    unit = Unit.objects.get(organisation_id=by.organisation_id, kind=UnitKind.REFUGEE_SERVICE).reference
    anne = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    contact = add_contact(unit, anne, cast.day, by=by, at=cast.at).reference
    return [
        Place("add_organisation", keeper(cast)),
        Place("add_unit", by, [place]),
        *(Place(name, by, [unit]) for name in ("change_unit", "end_unit", "add_contact")),
        *(Place(name, by, [contact]) for name in ("change_contact", "end_contact")),
    ]


def _looked_at(cast: Cast) -> list[Place]:
    """UDI has looked at somebody whom it had nothing to do with."""
    stranger = create_subject(SubjectKind.GROUP).pk
    seen = Shown("household", frozenset({"identity"}), Whom(stranger, (), frozenset({"protection_case"})))
    keep_look(seen, cast.udi, cast.at)
    with scope(cast.udi, cast.day):
        look = Look.objects.get(household_id=stranger)
    return [Place("review_look", keeper(cast), [look.request_number, LookRule.WITHOUT_WORK])]


def _letters(cast: Cast) -> list[Place]:
    subject_id = household(cast)
    letter = request_to(cast, subject_id)
    with scope(cast.udi, cast.day):
        send_letter(letter.reference, by=cast.udi, at=cast.at)
    return [Place("follow_letter", cast.udi, [letter.reference])]


def _lives_privately(cast: Cast) -> list[Place]:
    group, mine = permitted(cast), cast.municipality
    waiting, entry = waits(cast), waits(cast)
    with scope(mine, cast.day):
        day = cast.day + timedelta(days=60)
        answer_waiting(entry.reference, outcome=WaitingOutcome.PLACE, possible_from=day, by=mine, at=cast.at)
        resident = register_resident(told_of_them(), by=mine, at=cast.at).reference
    here = [reference(group)]
    return [
        Place("settle_where_they_live", cast.imdi, here),
        Place("correct_private_stay", cast.udi, here),
        *(Place(name, mine, here) for name in ("check_housing", "name_contact_person", "log_contact")),
        Place("yearly_report", mine, [reference(has_left(cast))]),
        Place("declare_conditions", mine),
        Place("add_waiting", mine),
        Place("answer_waiting", mine, [waiting.reference]),
        Place("apply_from_waiting", mine, [entry.reference]),
        Place("register_resident", mine),
        Place("end_resident", mine, [resident]),
    ]


def _emergency(cast: Cast) -> list[Place]:
    return [Place("emergency", cast.municipality)]


def _users(cast: Cast) -> list[Place]:
    by, kari = cast.centre_administrator, colleague(cast)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=by, at=cast.at)
    return [
        Place("add_user", by),
        *(Place(name, by, [kari.reference]) for name in ("give_role", "end_employment")),
        Place("end_role", by, [given.reference]),
    ]


def _protected(cast: Cast) -> list[Place]:
    here, by = [reference(protected(cast, group=placed(cast, registered(cast, family()))))], cast.centre_administrator
    for who in (cast.centre, of_the_same_place(cast.centre, Role.CENTRE_STAFF, "voss-named")):
        with scope(by, cast.day):
            name_follower(here[0], employment_of(who).reference, by=by, at=cast.at)
    of_the_same_place(cast.centre, Role.CENTRE_STAFF, "voss-not-named")
    return [
        Place("protect_household", cast.udi, here),
        Place("end_protection", cast.udi, here),
        Place("name_follower", by, here),
        Place("unname_follower", by, here),
    ]


def _money_due(cast: Cast) -> list[Place]:
    """Somebody has lived privately for a quarter that is over."""
    came = date(2023, 11, 6)
    group = registered(cast, alone(person("Iryna", "Koval"), came))
    with scope(cast.udi, cast.day):
        everyone = [member.subject_id for member in members_of(group, cast.day)]
        where = cast.municipality.organisation_id
        start_private_stay(
            group, everyone, kind=StayKind.MAMOT, municipality_id=where, on=came, by=cast.udi, at=cast.at
        )
    return [Place("compute_run", cast.udi, query="?run=MAMOT:2024-01-01")]


def _plan_computed(cast: Cast) -> list[Place]:
    """A plan is asked for, and no worker has come to it; and the policy by which it will be weighed."""
    return [Place("stop_plan", cast.imdi, [asked_for(cast).reference]), Place("change_policy", cast.imdi)]


def _plan_stands(cast: Cast) -> list[Place]:
    """Somebody is proposed a municipality, and nobody is asked; they are kept out of one, and one is closed."""
    group = queued(cast)
    kept_out, closing, plan = steered(cast, group), closed(cast, "0301"), planned(cast)
    here = reference(group)
    return [
        Place("send_proposals", cast.imdi, [plan.reference]),
        Place("pin_group", cast.imdi, [plan.reference, here]),
        Place("forbid_municipality", cast.imdi, [plan.reference, here]),
        Place("lift_steering", cast.imdi, [kept_out.reference, here]),
        Place("close_municipality", cast.imdi),
        Place("open_municipality", cast.imdi, [closing.reference]),
    ]


STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "registered": _registered,
    "at a centre": _at_voss,
    "before the interview": _interview,
    "a minor alone": _minor,
    "in the queue": _queued,
    "asked": _requested,
    "found": _found,
    "offered": _offered,
    "asked about needs": _asked_about_needs,
    "taken back": _taken_back,
    "refused": _refused,
    "closed": _closed,
    "accepted": _accepted,
    "asked of UDI": _asked_udi,
    "settled": _settled,
    "never came": _missed,
    "moved": _moved,
    "left": _left,
    "grown": _grown,
    "directory": _directory,
    "looked at": _looked_at,
    "letters": _letters,
    "lives privately": _lives_privately,
    "in an emergency": _emergency,
    "users": _users,
    "protected": _protected,
    "money is due": _money_due,
    "a plan is asked for": lambda cast: [Place("plan_week", cast.imdi)],
    "a plan is computed": _plan_computed,
    "a plan stands": _plan_stands,
    **MONEY_STAGES,
    **APPLICATION_STAGES,
}

# The forms that each stage shows, in its order: known without setting it.
NAMES_ON_STAGES: Mapping[str, Sequence[str]] = {
    "registered": [
        "register_group", "register_status", "annul_status",
        "add_member", "remove_member", "register_member", "register_relation",
        "correct_details", "duplicates", "household_duplicates", "place_group", "alert_early",
        "take_task", "hand_over_task",
    ],
    "at a centre": [
        "assign_beds", "register_departure", "correct_arrival", "register_absence", "grant_leave", "withdraw_leave",
        "register_return", "centre_operation", "close_centre", "centre_rooms", "add_beds", "block_bed", "unblock_bed",
    ],
    "before the interview": [
        "give_information", "plan_interview", "invite_to_interview", "interview_participants", "finish_interview",
        "interview_answers", "close_case",
    ],
    "a minor alone": ["mapping_note"],
    "in the queue": [
        "settlement_notes", "change_needs", "pass_on", "take_back_passed_on",
        "reopen_interview", "send_request", "declare_capabilities",
        "register_decision", "declare_week_limit", "declare_resources", "declare_local_offers",
        "register_year_request", "reserve_places",
    ],
    "asked": ["answer_request", "withdraw_request"],
    "found": ["make_offer", "release_municipality"],
    "offered": ["register_offer_answer", "withdraw_offer"],
    "asked about needs": ["answer_needs"],
    "taken back": ["tell_withdrawal", "withdrawn_request"],
    "refused": ["annul_refusal"],
    "closed": ["annul_closing"],
    "accepted": ["arrange_journey", "ask_travel_approval"],
    "asked of UDI": ["approve_travel"],
    "settled": ["confirm_arrival"],
    "never came": ["follow_no_show"],
    "moved": ["private_move"],
    "left": ["annul_departure"],
    "grown": ["household_again", "household_changed"],
    "directory": [
        "add_organisation", "add_unit", "change_unit", "end_unit", "add_contact", "change_contact", "end_contact",
    ],
    "looked at": ["review_look"],
    "letters": ["follow_letter"],
    "lives privately": [
        "settle_where_they_live", "correct_private_stay", "check_housing", "name_contact_person", "log_contact",
        "yearly_report", "declare_conditions", "add_waiting", "answer_waiting", "apply_from_waiting",
        "register_resident", "end_resident",
    ],
    "in an emergency": ["emergency"],
    "users": ["add_user", "give_role", "end_employment", "end_role"],
    "protected": ["protect_household", "end_protection", "name_follower", "unname_follower"],
    "money is due": ["compute_run"],
    "a plan is asked for": ["plan_week"],
    "a plan is computed": ["stop_plan", "change_policy"],
    "a plan stands": [
        *("send_proposals", "pin_group", "forbid_municipality"),
        *("lift_steering", "close_municipality", "open_municipality"),
    ],
    **MONEY_NAMES,
    **APPLICATION_NAMES,
}  # fmt: skip
