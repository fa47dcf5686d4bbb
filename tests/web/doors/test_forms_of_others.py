"""Every form of the product, sent by those whose it is not: nothing is written, and nobody learns whether there is
something behind the address.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import time_machine
from django import forms
from django.test import Client
from django.urls import resolve

from fotfeste.access.public import Need, NeedReason, Subject
from fotfeste.alternative.public import Application
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.access.stage import user_administrator
from tests.actions.directory.stage import administrator, keeper
from tests.as_owner import needs_ended
from tests.conftest import Cast
from tests.web.doors.asking import asked, browser, differences
from tests.web.every_form.stages import STAGES
from tests.web.place import Place
from tests.web.test_every_form import Trial, errors_of, strangers

pytestmark = pytest.mark.django_db
NOT_THERE = "zzzzzzzzzzzz"
_REFERENCE = re.compile(r"[0-9a-z]{12}")
# Addresses of what not everybody may know to be there. That there are other organisations, their units and their
# contact persons, is open to all staff.
HIDDEN = (
    "husstand/",
    "soknader/",
    "bor-privat/venteliste/",
    "bor-privat/register/",
    "brev/",
    "tilskudd/kjoringer/",
    "tilskudd/krav/",
    "adressesperre/",
    "oppgaver/",
    "rom/",
    "brukere/",
    "roller/",
    "uvanlig-innsyn/",
)


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


def everybody(cast: Cast) -> dict[str, Viewer]:
    """One of every role, in organisations that may know of a household and in others."""
    found = {name: each for name, each in vars(cast).items() if isinstance(each, Viewer)}
    return found | {
        "keeper": keeper(cast),
        "municipality_administrator": administrator(cast),
        "police_administrator": user_administrator(cast.registrar),
        "imdi_administrator": user_administrator(cast.imdi),
    }


def subject_of(place: Place) -> int | None:
    """The household that a form is about, if it is about one."""
    _before, _husstand, after = place.url.partition("/husstand/")
    return Subject.objects.get(reference=after.partition("/")[0]).pk if after else None


def knows(viewer: Viewer, subject_id: int, cast: Cast) -> bool:
    """Whether the viewer's organisation needs to know of somebody on the day."""
    with scope(viewer, cast.day):
        mine = Need.objects.filter(subject_id=subject_id, organisation_id=viewer.organisation_id)
        return mine.filter(period__contains=cast.day).exists()


def is_theirs(viewer: Viewer, place: Place, cast: Cast) -> bool:
    """Whether the form is one that the viewer may fill in too."""
    view: Any = resolve(place.url.partition("?")[0]).func
    if not view.view_class.is_open_to(viewer):
        return False
    if place.name.endswith("_task"):  # none of these tasks is there
        return False
    # Each administrator where there is a need names own staff, and sees nobody by it.
    if place.name in ("name_follower", "unname_follower"):
        return viewer.organisation_id in {each.organisation_id for each in (cast.registrar, cast.udi, cast.centre)}
    if place.url.startswith("/soknader/"):
        return sees_application(viewer, place.arguments[0], cast)
    subject_id = subject_of(place)
    if is_told(viewer, place):
        return True
    if subject_id is not None:
        return knows(viewer, subject_id, cast)
    # IMDi keeps places in any municipality, and each municipality its own (SET-11).
    if place.name == "reserve_places" and viewer.may("settlement.find_municipality"):
        return True
    is_everyones = not place.arguments or viewer.may("directory.keep_all_contacts")
    return is_everyones or viewer.organisation_id == place.viewer.organisation_id


def sees_application(viewer: Viewer, reference: str, cast: Cast) -> bool:
    """Whether an application is the viewer's to know of: UDI's, and from the request the municipality's."""
    with scope(viewer, cast.day):
        return Application.objects.filter(reference=reference).exists()


def is_told(viewer: Viewer, place: Place) -> bool:
    """Whether it is the page of what a municipality was told, which it sees without any need to know."""
    return place.name == "withdrawn_request" and viewer.organisation_id == place.viewer.organisation_id


def elsewhere(place: Place) -> str:
    """The same address of something that is not there; empty where everybody knows what there is."""
    url = place.url
    if not url.startswith(tuple(f"/{each}" for each in HIDDEN)):
        return ""
    for argument in place.arguments:
        if _REFERENCE.fullmatch(argument):
            url = url.replace(argument, NOT_THERE)
    return url if url != place.url else ""


def tried(who: str, client: Client, place: Place, sent: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the answer to somebody whose form it is not."""
    references = [each for each in place.arguments if _REFERENCE.fullmatch(each)]
    answer = asked(client, place.url, sent, hide=references)
    if answer.status == 410 and place.name == "answer_request" and not answer.written:
        return  # a municipality that was asked and is not any more has been told so
    allowed = {302} if place.name.endswith("_task") else {403, 404}
    if answer.status not in allowed:
        yield f"{place.name} by {who}: answered {answer.status} {answer.where}"
    if answer.written:
        yield f"{place.name} by {who}: wrote {answer.written}"
    if other := elsewhere(place):
        nothing = asked(client, other, sent, hide=NOT_THERE)
        if different := differences(answer, nothing):
            yield f"{place.name} by {who}: unlike what is not there: {different}"


def sendings(trial: Trial) -> Sequence[dict[str, Any]]:
    """What to send: what somebody who may would send, the same on a version that is long gone, and nothing."""
    return trial.usual, trial.usual | {"version": "0", "opened": "1-1"}, {}


@pytest.mark.req("ACS-01", "ACS-02")
@pytest.mark.parametrize("stage", STAGES)
def test_whose_form_it_is_not_writes_nothing_and_learns_nothing_from_it(cast: Cast, stage: str) -> None:
    places = STAGES[stage](cast)
    wrong: list[str] = []
    people = everybody(cast)
    for place in places:
        trial = Trial(cast, place, [])
        for who, viewer in people.items():
            if is_theirs(viewer, place, cast):
                continue
            client = browser(viewer)
            for sent in sendings(trial) if viewer in (cast.other_centre, cast.municipality) else [trial.usual]:
                wrong += tried(who, client, place, sent)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("stage", STAGES)
def test_who_knew_of_them_until_today_writes_nothing_and_learns_nothing_from_a_form(cast: Cast, stage: str) -> None:
    places = [place for place in STAGES[stage](cast) if subject_of(place) is not None]
    trials = [(place, Trial(cast, place, [])) for place in places]
    for place in places:
        nobody_knows_of(subject_of(place) or 0, cast)
    people = everybody(cast)
    wrong: list[str] = []
    for place, trial in trials:
        for who in sorted({name for name, each in people.items() if each == place.viewer} | {"centre", "imdi", "udi"}):
            # What a centre or IMDi has for some time afterwards has its end already, and stays.
            if not is_told(people[who], place) and not knows(people[who], subject_of(place) or 0, cast):
                wrong += tried(who, browser(people[who]), place, trial.usual)
    assert wrong == [], "\n".join(wrong)


def nobody_knows_of(household: int, cast: Cast) -> None:
    """Every need to know of a household and its members ends today."""
    needs_ended([household], NeedReason, on=cast.day, at=cast.at)


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("stage", STAGES)
def test_a_choice_of_somebody_hidden_is_answered_as_one_of_nobody(cast: Cast, stage: str) -> None:
    person, reference, group, *_ = strangers(cast)
    wrong = []
    for place in STAGES[stage](cast):
        trial = Trial(cast, place, [])
        if len(trial.usual) > 40:
            continue  # the long forms: their fields are all of kinds that shorter ones have
        for name, chosen in ((name, each) for form in trial.forms for name, each in choices_of(form)):
            many = isinstance(chosen, forms.MultipleChoiceField)
            for hidden, nobody in ((person, "9" * 9), (reference, NOT_THERE), (group, "9" * 9)):
                if chosen.valid_value(hidden):
                    continue  # the key of something else by chance, as 1103 is Stavanger's number
                one, other = (
                    said_to(trial, trial.usual | {name: [each] if many else each}, each) for each in (hidden, nobody)
                )
                if one != other:
                    wrong.append(f"{place.name}, {name}={hidden}: {one}, {other}")
    assert wrong == [], "\n".join(wrong)


def choices_of(form: forms.Form) -> Iterator[tuple[str, Any]]:
    """The fields of a form that offer a choice, by what they are called in what is sent."""
    for name, field in form.fields.items():
        if isinstance(field, forms.ChoiceField):
            yield form.add_prefix(name), field


def said_to(trial: Trial, sent: Mapping[str, Any], chosen: str) -> tuple[int, str, dict[str, list[str]]]:
    """The status, where to, and every sentence at a field, without the words that were sent."""
    answer = trial.send(sent)
    sentences = {
        name: [re.sub(rf"\b{chosen}\b", "…", each) for each in said] for name, said in errors_of(answer).items()
    }
    return answer.status_code, str(answer.headers.get("Location", "")), sentences
