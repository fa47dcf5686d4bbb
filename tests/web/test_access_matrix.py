"""Every address, asked by every role in every relation to a household, shows what the table of compartments opens.

The addresses are found by walking them: one that is new is asked too, and one whose parts nobody here knows fails. Each
compartment has words that stand in no other; what a role finds on all pages together is held against
`access/domain/matrix.py`: nothing more, and nothing less.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

from fotfeste.access.domain.matrix import IN_EMERGENCY
from fotfeste.access.public import Compartment, LookRule, NeedReason, Role, RoleAssignment, Subject
from fotfeste.accommodation.public import Bed, Room
from fotfeste.allocation.public import Plan, SteeredGroup
from fotfeste.alternative.models import ApplicationDocument
from fotfeste.alternative.public import Application, Party
from fotfeste.directory.public import ContactTopic, NewContact, Organisation, Unit, UnitKind, User
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.ledger.public import Claim, Run
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, StatusKind, annul_status, register_status
from fotfeste.worklist.public import Task
from tests.acting import add_contact
from tests.actions.access.emergencies import emergency_given
from tests.actions.access.emergencies import opened as emergency_opened
from tests.actions.access.stage import employment_of
from tests.actions.alternative.test_local_lists import waits
from tests.actions.directory.stage import administrator
from tests.as_owner import need_given, needs_ended
from tests.conftest import Cast, staff
from tests.platform.in_every_table import everything
from tests.platform.test_who_reads_what import NOBODY_ELSE, REASONS

pytestmark = pytest.mark.django_db
KNOWN_UNTIL = date(2025, 1, 1)
WORDS = {
    "identity": "Olena",
    "registration": "Skrevet i feil mappe.",
    "guardian": "Verge Vergesen",
    "mapping": "Trenger ro.",
    "stays": "Bor på Voss akuttinnkvartering",
    "rooms": "Fjellro",  # on the pages of households; that there is such a room is no secret of theirs
    "interview": ">Bosettingssamtale</text>",  # on the timeline
    "needs": "De har to hunder.",
    "journal": "En hund til.",
    "settlement": "Levanger stasjon",
    "refusal": "Vi har bedt namsmannen om utkastelse",
    "housing": "Ja til søknaden om å bo privat med støtte",
    "money": "Tilskudd til Levanger",
    "looks": "Hver gang en ansatt åpner en side om dere",
}
# Beside the households' own pages: those that list, search, count or lead on, with what they are asked for.
ASKED_FOR = (
    "/sok/?q=Kovalenko",
    "/sok/?q=2010-08-09",
    "/husstander/?text=Kovalenko",
    "/husstander/?status=with_permit&sort=number",
    "/husstander/?people=with_children",
    "/?kind=hold_interview",
    "/bosetting/ko/?late=1",
)
# No pages of the program's own work: they say nothing of anybody.
APART = {
    "health",
    "gallery",
    "act_gallery",
    "choose_demo_user",
    "logout",
    "set_language",
    "login",
    "resume_typed",
    "session_left",
    "begin_login",
    "provider_answer",
    "log_out_at_provider",
}
# Those without a login: for whoever has the secret in the address (doors/test_open_doors_of_applications.py), and what
# municipalities publish to everybody, of nobody (self_settlement/test_terms_pages.py).
WITHOUT_A_LOGIN = {
    "door_start",
    "door_begin",
    "door_resume",
    "door_person",
    "door_situation",
    "door_documents",
    "door_send",
    "door_receipt",
    "door_step",
    "door_link",
    "door_withdraw",
    "open_terms_start",
    "open_terms_overview",
    "open_terms",
}
# What a row's own condition keeps back within a compartment that is open.
KEPT_BACK: Mapping[str, frozenset[str]] = {
    "asked": frozenset({"settlement"}),  # the journey is of those who come
    "other": frozenset({"settlement"}),
    "wants": frozenset({"settlement"}),  # they ask, and nobody comes yet
    # They had no bed there, and the interview and the case are another centre's.
    "left": frozenset({"rooms", "interview", "settlement"}),
    "police": frozenset({"registration"}),  # why UDI took something back; what the police did themselves, they see
}


ADMINISTRATORS = {
    "keeps users in a municipality": ("municipality", Role.MUNICIPALITY_ADMINISTRATOR),
    "keeps users in the police": ("registrar", Role.USER_ADMINISTRATOR),
    "keeps users in UDI": ("udi", Role.USER_ADMINISTRATOR),
    "keeps users in IMDi": ("imdi", Role.USER_ADMINISTRATOR),
    "keeps contacts in UDI": ("udi", Role.DIRECTORY_KEEPER),
    "keeps contacts in IMDi": ("imdi", Role.DIRECTORY_KEEPER),
}


def parts_of_nobody_there(cast: Cast) -> Mapping[tuple[str, str], list[str]]:
    """A contact person of a municipality, and somebody whom it has on a list of its own, not registered anywhere."""
    by = administrator(cast)
    unit = Unit.objects.get(organisation_id=by.organisation_id, kind=UnitKind.REFUGEE_SERVICE).reference
    contact = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    return {
        ("kontakter", "reference"): [add_contact(unit, contact, cast.day, by=by, at=cast.at).reference],
        ("bor-privat", "entry"): [waits(cast).reference],
    }


def parts_about(cast: Cast, subjects: Sequence[int]) -> Mapping[tuple[str, str], list[str]]:
    """What can stand in the addresses, by their first word and the name of the part. For who sees the household."""
    group, *people = subjects
    references = Subject.objects.in_bulk(subjects)
    with scope(cast.udi, cast.day):
        letters = list(Letter.objects.filter(subject_id=group).values_list("reference", flat=True))
        tasks = list(Task.objects.filter(subject_id=group).values_list("reference", flat=True))
    with scope(cast.imdi, cast.day):
        plans = list(Plan.objects.values_list("reference", flat=True))
        steerings = list(SteeredGroup.objects.values_list("reference", flat=True))
    assert plans
    assert steerings
    two = Organisation.objects.filter(pk__in=[cast.centre.organisation_id, cast.udi.organisation_id])
    organisations = list(two.values_list("reference", flat=True))
    colleagues = (cast.centre, cast.municipality)
    roles = RoleAssignment.objects.current().filter(user_id__in=[each.user_id for each in colleagues])
    return {
        ("husstand", "reference"): [references[group].reference],
        ("adressesperre", "reference"): [references[group].reference],
        ("brev", "reference"): letters,
        ("husstand", "person"): [references[person].reference for person in people[:2]],
        ("husstand", "number"): ["5037"],
        ("husstand", "language"): ["uk"],
        ("oppgaver", "reference"): tasks,
        ("organisasjoner", "reference"): organisations,
        ("mottak", "reference"): organisations,
        ("enheter", "reference"): list(Unit.objects.values_list("reference", flat=True)[:2]),
        ("brukere", "reference"): [employment_of(each).reference for each in colleagues],
        ("roller", "reference"): list(roles.values_list("reference", flat=True)),
        ("rom", "reference"): list(Room.objects.values_list("reference", flat=True)),
        ("rom", "bed"): [str(key) for key in Bed.objects.values_list("pk", flat=True)],
        ("kommuner", "number"): ["5037", "5038"],
        ("selvbosetting", "number"): ["5037", "5038"],
        ("bosetting", "plan"): plans,
        ("bosetting", "steering"): steerings,
        ("bosetting", "reference"): [*plans, references[group].reference],
        ("innsikt", "figure"): ["places", "amounts"],
        **parts_of_applications(cast, group),
        **parts_of_money(cast, [references[each].reference for each in people[:2]]),
        ("uvanlig-innsyn", "look"): ["none"],  # nobody has looked yet: see `Stage.of`
        ("uvanlig-innsyn", "rule"): [str(each) for each in LookRule],
    }


def parts_of_applications(cast: Cast, group: int) -> Mapping[tuple[str, str], list[str]]:
    """The household's applications, with their documents and parties."""
    with scope(cast.udi, cast.day):
        documents = ApplicationDocument.objects.filter(application__subject_id=group)
        applications = Application.objects.filter(subject_id=group)
        found = [str(each) for each in documents.values_list("pk", flat=True)]
        made = list(applications.values_list("reference", flat=True))
    assert made
    return {
        ("soknader", "application"): made,
        ("soknader", "document"): found,
        ("soknader", "party"): [str(each) for each in Party],
    }


def parts_of_money(cast: Cast, people: Sequence[str]) -> Mapping[tuple[str, str], list[str]]:
    """The runs and claims that there are, and the persons whose months are looked at."""
    with scope(cast.udi, cast.day):
        runs = list(Run.objects.values_list("subject__reference", flat=True))
        claims = list(Claim.objects.values_list("subject__reference", flat=True))
    return {
        ("tilskudd", "reference"): [*runs, *claims, *people],
        ("tilskudd", "month"): ["2024-01", "2024-02"],
    }


@dataclass(frozen=True)
class Stage:
    """The household that has something of everything, and what can stand in an address about it."""

    cast: Cast
    subjects: list[int]
    parts: Mapping[tuple[str, str], list[str]]
    answered: dict[tuple[int, str], int] = field(default_factory=dict)  # with which status, by user and address

    @classmethod
    def of(cls, cast: Cast) -> "Stage":
        """Everything is written by the real acts; then every need ends, and each organisation has emergency access to
        them once, which is over when anybody asks here, and which its administrators are told of.
        """
        subjects = everything(cast)
        taken_back(cast, subjects)
        parts = {**parts_about(cast, subjects), **parts_of_nobody_there(cast)}
        needs_ended(subjects, NeedReason, on=KNOWN_UNTIL, at=cast.at)
        at = datetime.combine(KNOWN_UNTIL + timedelta(days=90), time(12), UTC)
        asking = (cast.registrar, cast.udi, cast.imdi, cast.centre, cast.municipality)
        asked = [emergency_opened(each, synthetic_duf(4711), at) for each in asking]
        assert all(each.is_found for each in asked)
        looks = {("uvanlig-innsyn", "look"): [each.reference for each in asked]}
        return cls(cast, subjects, {**parts, **looks, ("uvanlig-innsyn", "rule"): [LookRule.EMERGENCY]})

    def has_shown(self, viewer: Viewer, address: str) -> bool:
        """Whether a page below an address was shown to somebody, not refused as closed or not there."""
        answers = self.answered.items()
        return any(status == 200 and who == viewer.user_id and address in url for (who, url), status in answers)

    def addresses(self) -> list[str]:
        """Every address of the program, filled in; KeyError for a part that is not known here."""
        found = list(ASKED_FOR)
        for pattern, name in patterns(get_resolver()):
            if name in APART | WITHOUT_A_LOGIN:
                continue
            first, names = pattern.split("/")[0], _PART.findall(pattern)
            with_places = "/" + _PART.sub(r"{\1}", pattern)
            for values in product(*(self.parts[first, each] for each in names)):
                found.append(with_places.format_map(dict(zip(names, values, strict=True))))
        return found

    def found_by(self, viewer: Viewer, reasons: Collection[NeedReason], day: date) -> Mapping[str, set[str]]:
        """Where words of each compartment stand, on a day when the organisation has only these reasons to know."""
        until, at = day + timedelta(days=1), datetime(2024, 3, 15, tzinfo=UTC)
        for reason in reasons:
            if reason is NeedReason.EMERGENCY:
                emergency_given(self.subjects, viewer, day)
                continue
            need_given(
                self.subjects, organisation_id=viewer.organisation_id, reason=reason, from_on=day, until_on=until, at=at
            )
        found: dict[str, set[str]] = {}
        with time_machine.travel(datetime.combine(day, time(12), UTC), tick=False):
            client = Client()
            client.force_login(User.objects.get(pk=viewer.user_id or 0))
            for address in self.addresses():
                fragment = [{"HX-Request": "true"}] if address in ASKED_FOR else []
                for headers in ({}, *fragment):
                    answer = client.get(address, headers=headers)
                    assert answer.status_code < 500, f"{answer.status_code} from {address}"
                    self.answered[viewer.user_id or 0, address] = answer.status_code
                    text = shown_by(answer)
                    for compartment, words in WORDS.items():
                        if words in text and (compartment != "rooms" or address.startswith("/husstand/")):
                            found.setdefault(compartment, set()).add(address)
        return found


def shown_by(answer: Any) -> str:
    """What somebody can read of an answer: where it leads, the words of a letter or a spreadsheet, the page."""
    if answer.status_code in (301, 302):
        return str(answer.headers["Location"])
    if answer.headers.get("Content-Type") == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    if "spreadsheet" in answer.headers.get("Content-Type", ""):
        with ZipFile(BytesIO(answer.content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return str(answer.text)


def taken_back(cast: Cast, subjects: Sequence[int]) -> None:
    """UDI has registered a status of one of them, and taken it back with words of its own."""
    group, person = subjects[0], subjects[2]
    kind, why = StatusKind.APPLIED_FOR_PROTECTION, WORDS["registration"]
    later = cast.at + timedelta(minutes=1)
    with scope(cast.udi, cast.day):
        register_status(group, [person], kind, cast.day, by=cast.udi, at=cast.at)
        annul_status(group, [person], kind, cast.day, reason=Mistake.OTHER, text=why, by=cast.udi, at=later)


_PART = re.compile(r"<\w+:(\w+)>")


def patterns(resolver: URLResolver | URLPattern, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address with its name."""
    if isinstance(resolver, URLPattern):
        yield before, resolver.name or ""
        return
    for each in resolver.url_patterns:
        yield from patterns(each, before + str(each.pattern))


@pytest.mark.req("ACS-01")
def test_every_compartment_has_words_that_are_looked_for() -> None:
    assert WORDS.keys() == set(Compartment)


@pytest.mark.req("ACS-01", "ACS-02")
def test_every_address_shows_each_role_what_the_table_opens_and_nothing_more(cast: Cast) -> None:
    stage, wrong = Stage.of(cast), []
    for place, (column, (who, reason)) in enumerate(REASONS.items()):
        viewer: Viewer = getattr(cast, who)
        found = stage.found_by(viewer, [reason], NOBODY_ELSE + timedelta(days=1 + 2 * place))
        opened = {compartment for compartment, reasons in viewer.opens.items() if reason in reasons}
        wanted = opened & WORDS.keys() - KEPT_BACK.get(column, frozenset())
        wrong += [f"{column} finds {each}: {sorted(found[each])[:3]}" for each in sorted(found.keys() - wanted)]
        wrong += [f"{column} does not find {each}" for each in sorted(wanted - found.keys())]
    assert wrong == []


@pytest.mark.req("ACS-01")
def test_emergency_access_shows_all_who_may_have_it_the_same_on_one_address_alone(cast: Cast) -> None:
    stage, wrong = Stage.of(cast), []
    own = f"/husstand/{stage.parts['husstand', 'reference'][0]}/"
    for place, viewer in enumerate((cast.registrar, cast.udi, cast.imdi, cast.municipality)):
        found = stage.found_by(viewer, [NeedReason.EMERGENCY], NOBODY_ELSE + timedelta(days=301 + 2 * place))
        assert found.keys() == IN_EMERGENCY
        elsewhere = {each for part in found.keys() - {"identity"} for each in found[part]} - {own}
        wrong += [f"{viewer.name}: {each}" for each in sorted(elsewhere)]
    assert wrong == []


@pytest.mark.req("ACS-01", "ACS-02")
def test_no_address_shows_anybody_to_who_only_keeps_users_or_contacts(cast: Cast) -> None:
    stage, wrong = Stage.of(cast), []
    for place, (title, (where, role)) in enumerate(ADMINISTRATORS.items()):
        organisation = Organisation.objects.get(pk=getattr(cast, where).organisation_id)
        viewer = staff(organisation, role, f"{role}-{where}")
        found = stage.found_by(viewer, list(NeedReason), NOBODY_ELSE + timedelta(days=101 + 2 * place))
        wrong += [f"{title} finds {each}: {sorted(found[each])[:3]}" for each in sorted(found)]
        # They were asked for what is there: what stands out among looks at the household, and a contact person.
        there = [f"/{LookRule.EMERGENCY}/", *(["/kontakter/"] if role is not Role.USER_ADMINISTRATOR else [])]
        wrong += [f"{title} is not shown {each}" for each in there if not stage.has_shown(viewer, each)]
    assert wrong == []


@pytest.mark.req("ACS-01")
def test_no_address_shows_anything_to_an_organisation_without_a_need(cast: Cast) -> None:
    stage, day = Stage.of(cast), NOBODY_ELSE + timedelta(days=201)
    for viewer in (cast.centre, cast.other_centre, cast.municipality, cast.other_municipality, cast.imdi, cast.udi):
        assert stage.found_by(viewer, [], day) == {}
