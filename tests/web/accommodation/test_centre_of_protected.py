"""A centre where somebody lives whose address is protected, as their colleagues see it who are not named (ADR 0020).

Against a world in which the household never came, and their beds are blocked: the numbers differ, and nothing else.
"""

import re
from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.public import ProtectionLevel, Role, Subject
from fotfeste.accommodation.models import BedAssignment, BedBlock, Room, Stay
from fotfeste.accommodation.public import place_group
from fotfeste.kernel.errors import Refused
from fotfeste.platform.facts import annul
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import protect_household
from tests.acting import block_bed, change_operation
from tests.actions.accommodation.people import ARRIVED, household, operation, version_of
from tests.actions.registry.test_protection import colleague
from tests.conftest import Cast, staff
from tests.platform.markup import read
from tests.web.accommodation.conftest import Browser, Voss

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08")]
# Numbers count everybody: so do the drawn ones of the forecast, and the place of its lines and words.
_OF_THE_REQUEST = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": ?"\w+"')
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@pytest.fixture
def with_others(cast: Cast, with_beds: Voss) -> Voss:
    """The centre, with another household that everybody there sees."""
    change_operation(with_beds.centre.pk, operation(100, 120), date(2024, 1, 1), by=cast.udi, at=cast.at)
    other, _ = household(cast, "Pjotr", "Irina")
    with scope(cast.udi, cast.day):
        place_group(other, with_beds.centre.pk, ARRIVED, by=cast.udi, at=cast.at)
    return with_beds


def never_came(cast: Cast, voss: Voss, until_on: date | None = None) -> None:
    """What a colleague sees where the household did not come, and their beds are blocked, perhaps until a day."""
    with scope(cast.udi, cast.day):
        for fact in (*BedAssignment.objects.current(), *Stay.objects.current()):
            if fact.subject_id in voss.persons:
                annul(fact, by=cast.udi, at=cast.at, reason="never_came")
    for bed in voss.beds[:2]:
        block_bed(bed, date(2024, 1, 1), until_on, "Vannlekkasje", by=cast.centre_administrator, at=cast.at)


def without_numbers(text: str) -> list[str]:
    """The lines of a page, but for numbers and what the request brought."""
    return [_NUMBER.sub("0", line) for line in _OF_THE_REQUEST.sub("", text).splitlines()]


@pytest.mark.parametrize("who", ["centre", "udi"])
def test_a_colleague_cannot_tell_a_protected_households_beds_from_blocked_ones(
    cast: Cast, with_others: Voss, logged_in: Browser, who: str
) -> None:
    role = {"centre": Role.CENTRE_STAFF, "udi": Role.UDI_CASEWORKER}[who]
    browser = logged_in(colleague(getattr(cast, who), role, "ny"))
    page = reverse("centre", args=[with_others.centre.reference])
    addresses = [page, f"{page}?dag=1.3.2024", reverse("centres")]
    assert "Olena" in browser.get(page).text
    with scope(cast.udi, cast.day):
        protect_household(with_others.group_id, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    protected = [browser.get(address).text for address in addresses]
    never_came(cast, with_others)
    without = [browser.get(address).text for address in addresses]
    assert "Pjotr" in protected[0]
    assert "Olena" not in "".join(protected)
    for with_them, without_them in zip(protected, without, strict=True):
        assert without_numbers(with_them) == without_numbers(without_them)


def test_a_bed_of_theirs_is_not_offered_to_anybody(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    with scope(cast.udi, cast.day):
        protect_household(with_beds.group_id, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    browser = logged_in(staff(with_beds.centre, Role.CENTRE_STAFF, "ny"))
    beds = read(browser.get(reverse("centre", args=[with_beds.centre.reference])).text).all("li", class_="bed")
    assert [bed["data-state"] for bed in beds] == ["unavailable", "unavailable", "free"]


@pytest.mark.parametrize("until_on", [None, date(2024, 4, 1)], ids=["for good", "until a day ahead"])
@pytest.mark.parametrize("from_on", ["1.2.2024", "14.3.2024", "2.4.2024"])
def test_the_form_that_gives_beds_answers_for_theirs_as_for_a_blocked_one(
    cast: Cast, with_beds: Voss, logged_in: Browser, until_on: date | None, from_on: str
) -> None:
    change_operation(with_beds.centre.pk, operation(100, 120), date(2024, 1, 1), by=cast.udi, at=cast.at)
    other, (ivan,) = household(cast, "Ivan")
    with scope(cast.udi, cast.day):
        place_group(other, with_beds.centre.pk, ARRIVED, by=cast.udi, at=cast.at)
        protect_household(with_beds.group_id, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
        version = version_of(other)
    browser = logged_in(colleague(cast.centre, Role.CENTRE_STAFF, "ny"))
    address = reverse("assign_beds", args=[Subject.objects.get(pk=other).reference])

    def answers() -> list[str]:
        typed = {"version": version, "from_on": from_on}
        sent = [browser.post(address, typed | {f"bed_{ivan}": bed}) for bed in with_beds.beds[:2]]
        assert {answer.status_code for answer in sent} == {422}
        return [browser.get(address).text, *(answer.text for answer in sent)]

    protected = answers()
    never_came(cast, with_beds, until_on)
    for with_them, without_them in zip(protected, answers(), strict=True):
        assert without_numbers(with_them) == without_numbers(without_them)


def test_the_database_refuses_their_bed_in_the_words_of_a_blocked_one() -> None:
    codes = ("bed_not_free", "bed_is_blocked", "no_bed_for_two")
    assert {sentence_for(Refused(code)) for code in codes} == {
        "Senga er ikke ledig i perioden. Velg en annen seng. Resten av det du valgte, står."
    }


def test_a_bed_of_theirs_is_not_blocked_by_an_administrator_who_does_not_see_them(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    with scope(cast.udi, cast.day):
        protect_household(with_beds.group_id, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    browser = logged_in(colleague(cast.centre, Role.CENTRE_ADMINISTRATOR, "ny"))
    room = Room.objects.get(centre=with_beds.centre, name="214")
    typed = {"from_on": "14.3.2024", "cause": "Maling"}
    answer = browser.post(reverse("block_bed", args=[room.reference, "1"]), typed)
    assert answer.status_code == 422
    assert "Noen har denne senga i perioden." in answer.text
    assert not BedBlock.objects.exists()
