"""Lists, counts, orders, filters, suggestions: those whom one may not see leave no trace in them, whatever one asks.

The pages are asked for before the others are there and afterwards. What is not the same has told of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse

from fotfeste.access.public import Role, Subject
from fotfeste.directory.public import Organisation
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import NewGroup, members_of, register_group, register_identifier
from fotfeste.settlement.actions.request import accept_request
from tests.actions.registry.families import alone, kovalenko, minor_alone, person, with_duf
from tests.actions.settlement.stage import WEEK, offered, queued, requested
from tests.conftest import Cast, staff
from tests.settlement_steps import placed
from tests.web.doors.asking import Answer, asked, browser, differences
from tests.web.every_form.addresses import patterns

pytestmark = pytest.mark.django_db
REG_NR = "R20240211"
BORN = date(2010, 8, 9)  # as Sofia Kovalenko
# Every list with what the page offers, and more.
LISTS = (
    "/",
    "/?kind=hold_interview",
    "/?kind=assign_beds&taken_by=nobody",
    "/?taken_by=mine",
    "/?page=2",
    "/husstander/",
    "/husstander/?q=ko",
    "/husstander/?q=kovalenko",
    "/husstander/?q=2010-08-09",
    "/husstander/?status=without_permit&sort=number",
    "/husstander/?status=with_permit&sort=-registered",
    "/husstander/?status=settled",
    "/husstander/?people=with_children&sort=registered",
    "/husstander/?people=unaccompanied",
    "/husstander/?page=2",
    "/sok/?q=k",
    "/sok/?q=ko",
    "/sok/?q=ol",
    "/sok/?q=olena kovalenko",
    "/sok/?q=маркенко",
    "/sok/?q=80",
    "/sok/?q=2099",
    f"/sok/?q={REG_NR}",
    "/sok/?q=2010-08-09",
    "/bosetting/ko/",
    "/bosetting/ko/?state=",
    "/bosetting/ko/?state=&who=minors&sort=-waited",
    "/bosetting/ko/?state=unanswered&late=1",
    "/bosetting/ko/?state=&text=ko&sort=size",
    "/klare-for-bosetting/",
    "/klare-for-bosetting/?sort=name",
    "/dubletter/",
    "/mottaket/",
    "/uvanlig-innsyn/",
)
# What no page offers: names of columns, of their lookups, and of things that programs often understand; all at once.
NOT_OFFERED = "&".join(
    (
        "order_by=birth_date",
        "o=-1",
        "ordering=subject__person_details__family_name",
        "stage=settled",
        "stage__startswith=s",
        "number__gt=0",
        "subject__reference__startswith=a",
        "subject_id=1",
        "organisation_id=1",
        "taken_by_id=1",
        "person__given_name__icontains=ol",
        "q__icontains=ol",
        "limit=100000",
        "per_page=100000",
        "offset=-1",
        "format=json",
        "export=csv",
        "_export=xlsx",
        "fields=__all__",
        "expand=members",
        "debug=1",
        "as=udi",
    )
)
# What the pages do understand, with what they do not offer.
MISUSED = (
    "sort=subject__person_details__birth_date",
    "sort=-stage",
    "sort=youngest_born_on",
    "sort=-has_unaccompanied_minor",
    "sort=?",
    "status=with_permit' OR '1'='1",
    "people=settled",
    "taken_by=1",
    "unit=abcdefabcdef",
    "centre=999999",
    "who=__all__",
    "state=settled",
    "page=99999999999999999999",
    "page=-1",
)
# A page that is itself looked at here, and tells of it.
NEVER_TWICE_THE_SAME = {"who_looks"}
# Pages that count what is nobody's secret: places at the centres, and how many a municipality has said it takes.
COUNT_IN_PUBLIC = {"place_group", "find_municipality"}


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


@pytest.fixture
def registrar_at_raade(cast: Cast) -> Viewer:
    """Somebody at Råde who registers those who come there: neither the police nor Voss has to do with them."""
    return staff(Organisation.objects.get(pk=cast.other_centre.organisation_id), Role.REGISTRAR, "raade-mottak")


def at_home(cast: Cast) -> int:
    """The household that everybody in the tests knows of: at Voss, offered to Levanger, with a Reg.nr."""
    household = offered(cast, queued(cast))
    with scope(cast.udi, cast.day):
        olena = members_of(household, cast.day)[0].subject_id
        register_identifier(olena, IdentifierKind.REG_NR, REG_NR, by=cast.udi, at=cast.at)
    return household


def alike(serial: int) -> NewGroup:
    """A family very much like the Kovalenkos, with a number of their own each and the same Reg.nr."""
    persons = [
        with_duf(replace(each, given_name=name), serial + place)
        for place, (each, name) in enumerate(
            zip(kovalenko().persons, ("Olha", "Andrij", "Sofija", "Danilo"), strict=True)
        )
    ]
    first = replace(persons[0], identifiers={**persons[0].identifiers, IdentifierKind.REG_NR: REG_NR})
    return replace(kovalenko(), persons=(first, *persons[1:]))


def register_strangers(cast: Cast, registrar: Viewer) -> list[int]:
    """People whom Råde has registered and taken in, of every kind that a list can be filtered for."""
    found = []
    for new in (alike(200_001), minor_alone(), alone(person("Kolja", "Kovalenko", born=BORN)), alone(person("Olena"))):
        with scope(registrar, cast.day):
            group = register_group(new, by=registrar, at=cast.at).subject_id
        found.append(placed(cast, group, cast.other_centre))
    return found


def pages_about(reference: str) -> Iterator[str]:
    """Every page about a household."""
    for pattern in patterns(get_resolver()):
        route, name = str(pattern.pattern), pattern.name or ""
        if (
            route.startswith("husstand/")
            and route.count("<") == 1
            and name not in COUNT_IN_PUBLIC | NEVER_TWICE_THE_SAME
        ):
            yield reverse(name, args=[reference])
    for words in ("", "ko"):
        yield f"{reverse('add_member', args=[reference])}?q={words}"


def everything_shown(viewer: Viewer, reference: str) -> Mapping[str, Answer]:
    """Every list and every page about the household that the viewer knows."""
    client = browser(viewer)
    own = Organisation.objects.get(pk=viewer.organisation_id)
    mine = [reverse("centre", args=[own.reference]), f"{reverse('centre', args=[own.reference])}?dag=13.3.2024"]
    addresses = [*LISTS, *pages_about(reference), *mine, "/kommunen/"]
    return {address: asked(client, address) for address in addresses}


def told(before: Mapping[str, Mapping[str, Answer]], after: Mapping[str, Mapping[str, Answer]]) -> list[str]:
    """What is not the same, by who asked and what."""
    return [
        f"{who} {address}: {different}"
        for who, pages in before.items()
        for address, answer in pages.items()
        if (different := differences(answer, after[who][address]))
    ]


@pytest.mark.req("ACS-01")
def test_those_whom_one_may_not_see_change_no_list_no_count_no_order_and_no_suggestion(
    cast: Cast, registrar_at_raade: Viewer
) -> None:
    household = at_home(cast)
    placed_at_raade = register_strangers(cast, registrar_at_raade)[:1]
    reference = Subject.objects.get(pk=household).reference
    viewers = {name: getattr(cast, name) for name in ("registrar", "imdi", "centre", "municipality")}
    before = {who: everything_shown(viewer, reference) for who, viewer in viewers.items()}
    seen = [answer for pages in before.values() for answer in pages.values() if answer.status == 200]
    assert len(seen) > 90, "hardly any page was there to be compared"
    more = register_strangers_again(cast, registrar_at_raade)
    after = {who: everything_shown(viewer, reference) for who, viewer in viewers.items()}
    assert placed_at_raade
    assert more
    assert told(before, after) == []


def register_strangers_again(cast: Cast, registrar: Viewer) -> list[int]:
    """The same once more, with other numbers: as many as are needed to fill a page."""
    found = []
    for serial in (300_001, 300_101, 300_201):
        with scope(registrar, cast.day):
            group = register_group(alike(serial), by=registrar, at=cast.at).subject_id
        found.append(placed(cast, group, cast.other_centre))
    return found


@pytest.mark.req("ACS-01", "SET-07")
def test_a_household_on_its_way_to_another_municipality_leaves_no_trace_in_this_one(cast: Cast) -> None:
    household = at_home(cast)
    reference = Subject.objects.get(pk=household).reference
    before = {"municipality": everything_shown(cast.municipality, reference)}
    other = requested(cast, queued(cast), cast.other_municipality)
    with scope(cast.other_municipality, cast.day):
        accept_request(other, possible_week=WEEK, confirmed=(), by=cast.other_municipality, at=cast.at)
    after = {"municipality": everything_shown(cast.municipality, reference)}
    assert told(before, after) == []


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("who", ["udi", "imdi", "centre", "municipality"])
def test_a_list_understands_only_what_it_offers(cast: Cast, registrar_at_raade: Viewer, who: str) -> None:
    at_home(cast)
    register_strangers(cast, registrar_at_raade)
    client, wrong = browser(getattr(cast, who)), []
    for address in (
        "/",
        "/husstander/",
        "/sok/?q=ko",
        "/bosetting/ko/?state=",
        "/klare-for-bosetting/",
        "/dubletter/",
        "/kommuner/",
    ):
        plain = households_on(client, address)
        for parameter in (NOT_OFFERED, *MISUSED):
            found = households_on(client, f"{address}{'&' if '?' in address else '?'}{parameter}")
            if not is_narrower(found, plain):
                wrong.append(f"{address} {parameter}: {found} for {plain}")
    assert wrong == [], "\n".join(wrong)


def households_on(client: Client, address: str) -> list[str]:
    """The households that a page has links to, in its order."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    return list(dict.fromkeys(re.findall(r'href="/husstand/([0-9a-z]+)/"', answer.text)))


def is_narrower(found: list[str], plain: list[str]) -> bool:
    """Whether there is nobody else on the list, and those who are stand in the order of the list or against it."""
    kept = [each for each in plain if each in found]
    return found in (kept, kept[::-1])


@pytest.mark.req("ACS-01")
def test_a_reference_or_number_of_somebody_hidden_finds_as_little_as_none_at_all(
    cast: Cast, registrar_at_raade: Viewer
) -> None:
    group = register_strangers(cast, registrar_at_raade)[0]
    with scope(registrar_at_raade, cast.day):
        member = members_of(group, cast.day)[0]
        numbers = list(member.identifiers.values())
    references = [Subject.objects.get(pk=group).reference, member.reference]
    for viewer in (cast.registrar, cast.imdi, cast.centre, cast.municipality):
        client = browser(viewer)
        for page in ("/sok/?q=", "/husstander/?q=", "/bosetting/ko/?text="):
            for hidden in (*references, *numbers, "Kovalenko", str(member.birth_date)):
                nothing = re.sub(r"[^\W\d]", "z", re.sub(r"\d", "2", hidden))  # of the same shape
                one, other = asked(client, page + hidden, hide=hidden), asked(client, page + nothing, hide=nothing)
                assert (one.status, one.text) == (other.status, other.text), f"{page}{hidden}"
