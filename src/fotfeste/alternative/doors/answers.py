"""The pages of an application without a login as forms: made anew of what was typed, asked whether they are whole."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from fotfeste.alternative.domain.door_rules import STEPS, Step, first_unanswered
from fotfeste.alternative.domain.types import FilledInBy, Scheme
from fotfeste.alternative.doors.drafts import Begun, Values
from fotfeste.alternative.doors.scheme import may_agree_first
from fotfeste.alternative.forms.door import (
    HostForm,
    MunicipalityForm,
    PersonForm,
    PlaceForm,
    SituationForm,
    WhoForm,
)
from fotfeste.alternative.forms.door_fields import DoorForm
from fotfeste.directory.public import Municipality, Organisation, OrganisationKind
from fotfeste.kernel.ages import ADULT_AT, age_on


@dataclass(frozen=True)
class Answers:
    """What was typed so far, read by the day's rules: `schemes` are those that are open."""

    begun: Begun
    day: date
    schemes: frozenset[Scheme]

    def form(self, step: Step, sent: Any = None) -> DoorForm:
        """The form of a page with one form: with what is sent now, else with what was typed; unbound before."""
        values = sent if sent is not None else _typed(self.begun.pages.get(step))
        return self._made(step, values)

    def person_form(self, place: int, sent: Any = None) -> PersonForm:
        """The form of a person; the place after the last one is somebody new."""
        values = sent if sent is not None else _typed(self._of_person(place, "person"))
        return PersonForm(values, day=self.day)

    def situation_form(self, place: int, sent: Any = None) -> SituationForm:
        """The questions about a person. Raises IndexError for nobody."""
        values = sent if sent is not None else _typed(self._of_person(place, "situation"))
        return SituationForm(values, scheme=self.scheme, is_minor=self._is_minor(place))

    @cached_property
    def people(self) -> list[dict[str, Any]]:
        """Those who are to live there, as their forms read them; a page that is no longer whole gives what it can."""
        return [_cleaned(self.person_form(place)) for place in range(len(self.begun.people))]

    @cached_property
    def situations(self) -> list[dict[str, Any]]:
        """What was answered about each of them."""
        return [_cleaned(self.situation_form(place)) for place in range(len(self.begun.people))]

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme that the first page leads to."""
        form = self.form(Step.WHO)
        assert isinstance(form, WhoForm)
        _cleaned(form)
        return form.scheme if form.is_bound else Scheme.AMOT

    def of(self, step: Step) -> dict[str, Any]:
        """What a page with one form says."""
        return _cleaned(self.form(step))

    @property
    def is_helped(self) -> bool:
        """Whether somebody else fills it in."""
        return bool(self.of(Step.WHO).get("filled_in_by") == FilledInBy.HELPER)

    @cached_property
    def answered(self) -> dict[Step, bool]:
        """Which pages have a whole answer."""
        return {step: self._is_answered(step) for step in STEPS if step is not Step.SEND}

    @property
    def goes_on_at(self) -> Step:
        """Where to go on."""
        return first_unanswered(self.answered)

    def situation_missing(self) -> int | None:
        """The first person about whom the questions are not answered; None where they are for all."""
        places = range(len(self.begun.people))
        return next((place for place in places if not _is_whole(self.situation_form(place))), None)

    def _is_answered(self, step: Step) -> bool:
        if step is Step.PEOPLE:
            places = range(len(self.begun.people))
            return bool(places) and all(_is_whole(self.person_form(place)) for place in places)
        if step is Step.SITUATION:
            return bool(self.begun.people) and self.situation_missing() is None
        if step is Step.DOCUMENTS:
            return step in self.begun.pages
        return _is_whole(self.form(step))

    def _made(self, step: Step, values: Any) -> DoorForm:
        match step:
            case Step.WHO:
                return WhoForm(values, schemes=self.schemes)
            case Step.MUNICIPALITY:
                agreed = may_agree_first(self.scheme, self.day)
                return MunicipalityForm(values, municipalities=municipality_choices(), may_agree_first=agreed)
            case Step.PLACE:
                return PlaceForm(values, day=self.day)
            case Step.HOST:
                return HostForm(values)
        raise KeyError(step)

    def _of_person(self, place: int, part: str) -> Values | None:
        people = self.begun.people
        return people[place].get(part) if place < len(people) else None

    def _is_minor(self, place: int) -> bool:
        born = self.people[place].get("birth_date")
        return born is not None and age_on(born, self.day) < ADULT_AT


def values_of(sent: Any) -> Values:
    """What was sent, as it is kept: without what nobody typed."""
    return {name: [str(each) for each in values] for name, values in sent.lists() if name not in NOT_KEPT}


NOT_KEPT = frozenset({"csrfmiddlewaretoken", "do"})


def municipality_choices() -> list[tuple[str, str]]:
    """Every municipality by number, in the order of the alphabet."""
    rows = Municipality.objects.filter(organisations__kind=OrganisationKind.MUNICIPALITY).order_by("sort_key")
    return list(rows.values_list("number", "name").distinct())


def municipality_organisation(number: str) -> Organisation:
    """The organisation of a municipality. Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(kind=OrganisationKind.MUNICIPALITY, municipality_id=number)


def _typed(values: Values | None) -> MultiValueDict[str, str] | None:
    return MultiValueDict(values) if values is not None else None


def _is_whole(form: DoorForm) -> bool:
    return form.is_bound and form.is_valid()


def _cleaned(form: DoorForm) -> dict[str, Any]:
    if not form.is_bound:
        return {}
    form.is_valid()
    return dict(form.cleaned_data)
