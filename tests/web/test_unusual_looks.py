"""Looks that stand out by a likeness of names, and at protected households: what the administrator is told of them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from fotfeste.access.models import LookReview
from fotfeste.access.public import (
    LookRule,
    Role,
    Subject,
    Unusual,
    emergencies_unseen,
    review_look,
    unusual_looks,
)
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import end_protection, protect_household
from tests.actions.access.emergencies import OLENAS, WHY, opened, really_now
from tests.actions.directory.stage import administrator, keeper
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.registry.test_protection import FORTROLIG, colleague, protected
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import placed, registered
from tests.web.test_who_looks import browser, looked

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.req("ACS-03")]
LATER = timedelta(days=60)  # when the work with them is long past
HOUR = timedelta(hours=1)


@pytest.fixture
def household(cast: Cast) -> int:
    """The Kovalenkos, who live at Voss."""
    return placed(cast, registered(cast, kovalenko()))


def called(viewer: Viewer, name: str) -> None:
    """Somebody of the staff has this name."""
    User.objects.filter(pk=viewer.user_id or 0).update(name=name)


def found_by(by: Viewer, at: datetime) -> list[Unusual]:
    """What stands out to who sees to looks, an hour later."""
    with scope(by, legal_day(at)):
        return unusual_looks(by, at + HOUR)


def rules_found(by: Viewer, at: datetime) -> list[str]:
    """By which rules."""
    return sorted(str(each.finding.rule) for each in found_by(by, at))


def test_somebody_with_the_full_name_of_a_colleague_is_listed_whatever_work_there_was(
    cast: Cast, household: int
) -> None:
    by, other = keeper(cast), cast.registrar
    looked(cast.udi, household, cast.at)
    called(other, "Olena Kovalenko")
    assert rules_found(by, cast.at) == [], "somebody else's staff"
    called(by, "Olena Kovalenko")
    [found] = found_by(by, cast.at)
    assert (found.finding.rule, found.finding.user_id) == (LookRule.SAME_NAME, cast.udi.user_id)
    assert found.household_reference == Subject.objects.get(pk=household).reference
    called(cast.udi, "Andrij Kovalenko")
    called(by, "Somebody Else")
    assert rules_found(by, cast.at) == [LookRule.SAME_NAME], "who looked is one of the staff"


def test_a_family_name_counts_of_who_looked_alone_and_where_there_was_no_work(cast: Cast, household: int) -> None:
    by = keeper(cast)
    called(by, "Kari Kovalenko")
    looked(cast.udi, household, cast.at + LATER)
    assert rules_found(by, cast.at + LATER) == [LookRule.WITHOUT_WORK], "a colleague's family name"
    called(cast.udi, "Kari Kovalenko")
    assert rules_found(by, cast.at + LATER) == [LookRule.SAME_FAMILY_NAME, LookRule.WITHOUT_WORK]
    called(by, "Kari Hansen")
    with_work = placed(cast, registered(cast, alone(person("Iryna", "Hansen"))))
    called(cast.udi, "Kari Hansen")
    looked(cast.udi, with_work, cast.at + HOUR)
    assert rules_found(by, cast.at) == [LookRule.WITHOUT_WORK], "work is reason enough"
    called(cast.udi, "Kari Olena")
    assert rules_found(by, cast.at + LATER) == [LookRule.WITHOUT_WORK], "a given name is no family name"


def test_the_page_says_that_a_likeness_proves_nothing_and_whose_name_it_is_does_not_stand_there(
    cast: Cast, household: int
) -> None:
    by = keeper(cast)
    looked(cast.udi, household, cast.at)
    called(by, "Sofia Kovalenko")
    with time_machine.travel(cast.at + HOUR, tick=False):
        client = browser(by)
        page = client.get(reverse("unusual_looks")).text
        main = read(page).one("main").text
        assert "samme navn som en ansatt hos dere" in main
        assert "beviser ingenting" in main
        assert "Kovalenko" not in main
        [link] = [str(a.attributes["href"]) for a in read(page).all("a") if "/same_name/" in str(a.attributes)]
        answer = client.post(link, {"words": "De er ikke i slekt."}, follow=True)
        assert "De er ikke i slekt." in answer.text
        assert link not in answer.text


def test_a_look_at_a_protected_household_is_told_without_the_household_and_gone_into(
    cast: Cast, household: int
) -> None:
    by = keeper(cast)
    protected(cast, FORTROLIG, household)
    looked(cast.udi, household, cast.at)
    assert rules_found(by, cast.at) == [], "their work"
    looked(cast.udi, household, cast.at + LATER)
    called(by, "Olena Kovalenko")
    called(cast.udi, "Kari Kovalenko")
    reference = Subject.objects.get(pk=household).reference
    with time_machine.travel(cast.at + LATER + HOUR, tick=False):
        client = browser(by)
        page = client.get(reverse("unusual_looks")).text
        assert "Husstand med adressesperre" in read(page).one("main").text
        assert reference not in page
        assert "/same_" not in page
        assert "/without_work/" not in page
        [link] = [str(a.attributes["href"]) for a in read(page).all("a") if "/protected/" in str(a.attributes)]
        assert "adressesperre" in client.get(link).text
        answer = client.post(link, {"words": "Hun svarte dem."}, follow=True)
        assert "Hun svarte dem." in answer.text
        assert link not in answer.text
        assert reference not in answer.text
    with scope(by, cast.day):
        assert LookReview.objects.get().household_id is None
    looked(cast.udi, household, cast.at + LATER + 2 * HOUR)
    with time_machine.travel(cast.at + LATER + 3 * HOUR, tick=False):
        assert "/protected/" in browser(by).get(reverse("unusual_looks")).text, "a later look is another matter"


def test_what_was_looked_at_before_the_day_by_who_is_not_named_is_told_too_and_whole_again_after(
    cast: Cast, household: int
) -> None:
    by, other = keeper(cast), colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    at = cast.at + LATER
    looked(other, household, at)
    assert rules_found(by, at) == [LookRule.WITHOUT_WORK]
    with scope(cast.udi, legal_day(at)):
        protect_household(household, FORTROLIG, legal_day(at), by=cast.udi, at=at + LATER)
    [found] = found_by(by, at)
    assert (found.finding.rule, found.finding.user_id) == (LookRule.PROTECTED, other.user_id)
    assert (found.finding.household_id, found.household_reference) == (None, "")
    with scope(cast.udi, legal_day(at)):
        end_protection(household, by=cast.udi, at=at + LATER)
    assert rules_found(by, at) == [LookRule.WITHOUT_WORK]


def test_emergency_access_that_nobody_had_seen_to_when_it_was_protected_stays_without_why_and_to_whom(
    cast: Cast, household: int
) -> None:
    by, now = administrator(cast), really_now()
    reference = Subject.objects.get(pk=household).reference
    opened(cast.municipality)
    with scope(cast.udi, legal_day(now)):
        protect_household(household, FORTROLIG, legal_day(now), by=cast.udi, at=now)
    with scope(by, legal_day(now)):
        assert emergencies_unseen(by) == 1
    client = browser(by)
    page = client.get(reverse("unusual_looks")).text
    assert "Nødinnsyn i en husstand som nå har adressesperre" in page
    for hidden in (WHY, OLENAS, reference):
        assert hidden not in page
    [link] = [str(a.attributes["href"]) for a in read(page).all("a") if "/protected_emergency/" in str(a.attributes)]
    form = client.get(link)
    assert "Nødinnsyn: " in form.text
    assert WHY not in form.text
    assert link not in client.post(link, {"words": "Politiet tok over."}, follow=True).text
    with scope(by, legal_day(now)):
        assert emergencies_unseen(by) == 0
    with scope(cast.centre_administrator, legal_day(now)):
        assert emergencies_unseen(cast.centre_administrator) == 0


def test_emergency_access_that_was_seen_to_before_it_was_protected_is_gone(cast: Cast, household: int) -> None:
    by, now = administrator(cast), really_now()
    opened(cast.municipality)
    with scope(by, legal_day(now)):
        [found] = [each for each in unusual_looks(by, now + HOUR) if each.finding.rule is LookRule.EMERGENCY]
        review_look(found.finding, words="Sett på.", by=by, at=now + HOUR)
    with scope(cast.udi, legal_day(now)):
        protect_household(household, FORTROLIG, legal_day(now), by=cast.udi, at=now)
    # Other tests leave looks of the same municipality behind: they are kept whatever becomes of the request.
    assert not {LookRule.EMERGENCY, LookRule.PROTECTED_EMERGENCY} & set(rules_found(by, now))
    with scope(by, legal_day(now)):
        assert emergencies_unseen(by) == 0


def asked_in_sql(viewer: Viewer, cast: Cast, at: datetime) -> list[int]:
    """How many rows each of the functions gives a session of somebody's, whoever's staff and names it says."""
    with scope(viewer, legal_day(at)), connection.cursor() as cursor:
        found = []
        asked: dict[str, list[Any]] = {
            "looks_alike_in_name(%s, ARRAY[%s, %s], ARRAY['olena', 'kovalenko'])": [
                at - HOUR, cast.udi.user_id, cast.udi.user_id,
            ],
            "looks_at_protected(%s, 30)": [at - HOUR],
            "emergencies_at_protected()": [],
        }  # fmt: skip
        for function, values in asked.items():
            cursor.execute(f"SELECT count(*) FROM {function}", values)
            found.append(cursor.fetchone()[0])
    return found


def test_the_functions_tell_nothing_to_other_organisations_nor_to_who_does_not_see_to_looks(
    cast: Cast, household: int
) -> None:
    by, at = keeper(cast), cast.at + LATER
    other = placed(cast, registered(cast, alone(person("Olena", born=date(1999, 1, 2)))))
    looked(cast.udi, other, at)
    protected(cast, FORTROLIG, household)
    looked(cast.udi, household, at)
    assert asked_in_sql(by, cast, at) == [1, 1, 0]
    others = (cast.udi, cast.centre_administrator, administrator(cast), cast.registrar, cast.other_centre)
    for viewer in others:
        assert asked_in_sql(viewer, cast, at) == [0, 0, 0], viewer.name
