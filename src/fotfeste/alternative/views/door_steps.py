"""An application without a login, page by page: kept as one goes, opened again with its address."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fotfeste.alternative.domain.door_rules import STEPS, Attempt, Step, next_step, step_before
from fotfeste.alternative.doors import drafts
from fotfeste.alternative.doors.answers import Answers, values_of
from fotfeste.alternative.doors.attempts import try_once
from fotfeste.alternative.doors.drafts import Begun
from fotfeste.alternative.doors.scheme import open_schemes
from fotfeste.alternative.forms.door_fields import DoorForm
from fotfeste.alternative.rules import book
from fotfeste.alternative.views.door import DoorView
from fotfeste.alternative.words_doors import STEP_TITLES
from fotfeste.kernel.errors import NotFound


class StartView(DoorView):
    """What it is, who can apply, what it means; the way in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; where no scheme is open it says so instead of offering the form."""
        schemes = open_schemes(self.day)
        return self.page("alternative/door/start.html", {"is_open": bool(schemes)}, texts="start")


class BeginView(DoorView):
    """The first page: nothing is kept before it is answered."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Who fills it in."""
        return self._page(self._answers.form(Step.WHO))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin."""
        form = self._answers.form(Step.WHO, request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try_once(Attempt.BEGIN, self.address, self.at)
        begun = drafts.begin(Step.WHO, values_of(request.POST), at=self.at)
        return redirect("door_step", secret=begun.secret, step=next_step(Step.WHO))

    @property
    def _answers(self) -> Answers:
        schemes = open_schemes(self.day)
        if not schemes:
            raise NotFound
        return Answers(Begun("", self.at), self.day, schemes)

    def _page(self, form: DoorForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "title": STEP_TITLES[Step.WHO], "back_url": reverse("door_start")}
        return self.page("alternative/door/step.html", context | progress(Step.WHO), status=status)


class OfBegun(DoorView):
    """A page of an application that is begun; one that is sent leads to its receipt."""

    @cached_property
    def begun(self) -> Begun:
        """What was typed so far."""
        return drafts.open_begun(self.kwargs["secret"], at=self.at)

    @cached_property
    def answers(self) -> Answers:
        """The same as forms."""
        return Answers(self.begun, self.day, open_schemes(self.day))

    def to_step(self, step: Step) -> HttpResponse:
        """Lead to a page."""
        return redirect("door_step", secret=self.begun.secret, step=step)

    def form_page(
        self, step: Step, form: Any, *, status: int = 200, template: str = "step.html", **more: Any
    ) -> HttpResponse:
        """A page with a form, the way back, and how to go on another time."""
        before = step_before(step)
        context = {
            "form": form,
            "title": STEP_TITLES[step],
            "back_url": reverse("door_step", args=[self.begun.secret, before]) if before else reverse("door_start"),
            "resume_url": self.request.build_absolute_uri(reverse("door_resume", args=[self.begun.secret])),
            "expires_at": self.begun.expires_at,
            "secret": self.begun.secret,
        }
        return self.page(f"alternative/door/{template}", context | progress(step) | more, status=status)


class ResumeView(OfBegun):
    """The address with which one goes on: leads to the first page that is not answered, or to the receipt."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Lead there."""
        if self.begun.sent:
            return redirect("door_receipt", secret=secret)
        return self.to_step(self.answers.goes_on_at)


class StepView(OfBegun):
    """One page of the application."""

    ONE_FORM: ClassVar[frozenset[Step]] = frozenset({Step.WHO, Step.MUNICIPALITY, Step.PLACE, Step.HOST})

    def get(self, request: HttpRequest, secret: str, step: str) -> HttpResponse:
        """The page with what was typed."""
        now = self._checked(step)
        if isinstance(now, HttpResponse):
            return now
        if now in self.ONE_FORM:
            return self.form_page(now, self.answers.form(now))
        if now is Step.PEOPLE:
            return self._people()
        if now is Step.SITUATION:
            place = self.answers.situation_missing()
            return redirect("door_situation", secret=secret, number=(place or 0) + 1)
        return redirect("door_documents" if now is Step.DOCUMENTS else "door_send", secret=secret)

    def post(self, request: HttpRequest, secret: str, step: str) -> HttpResponse:
        """Keep what was typed and go on; what is wrong is said beside it, and nothing is lost."""
        now = self._checked(step)
        if isinstance(now, HttpResponse):
            return now
        if now is Step.PEOPLE:
            return self._remove()
        if now not in self.ONE_FORM:
            return self.to_step(now)
        form = self.answers.form(now, request.POST)
        if not form.is_valid():
            return self.form_page(now, form, status=422)
        typed = values_of(request.POST)
        begun = drafts.change(secret, lambda begun: begun.pages.update({now: typed}), at=self.at)
        answers = Answers(begun, self.day, open_schemes(self.day))
        return self.to_step(answers.goes_on_at if now in _whole_before(answers) else next_step(now))

    def _checked(self, step: str) -> Step | HttpResponse:
        """The page that is asked for, or where to go instead: to what must be answered first, or to the receipt."""
        if step not in list(STEPS):
            raise NotFound
        if self.begun.sent:
            return redirect("door_receipt", secret=self.begun.secret)
        now, first = Step(step), self.answers.goes_on_at
        return self.to_step(first) if STEPS.index(first) < STEPS.index(now) else now

    def _people(self) -> HttpResponse:
        if not self.begun.people:
            return redirect("door_person", secret=self.begun.secret, number=1)
        people = [{"number": place + 1, **person} for place, person in enumerate(self.answers.people)]
        most = book().get("doors.most_people", self.day).integer
        more: dict[str, Any] = {
            "people": people,
            "add_url": reverse("door_person", args=[self.begun.secret, len(people) + 1]) if len(people) < most else "",
            "next_url": reverse("door_step", args=[self.begun.secret, next_step(Step.PEOPLE)]),
        }
        return self.form_page(Step.PEOPLE, None, template="people.html", **more)

    def _remove(self) -> HttpResponse:
        number = self.request.POST.get("remove", "")
        if number.isascii() and number.isdecimal() and len(number) < 3:
            drafts.change(self.begun.secret, lambda begun: _without(begun, int(number) - 1), at=self.at)
        return self.to_step(Step.PEOPLE)


class PersonView(OfBegun):
    """Somebody who is to live there: one page each."""

    def get(self, request: HttpRequest, secret: str, number: int) -> HttpResponse:
        """The person, or an empty page for the next one."""
        return self._checked(number) or self._page(self.answers.person_form(number - 1), number)

    def post(self, request: HttpRequest, secret: str, number: int) -> HttpResponse:
        """Keep the person."""
        if instead := self._checked(number):
            return instead
        form = self.answers.person_form(number - 1, request.POST)
        if not form.is_valid():
            return self._page(form, number, status=422)
        typed = values_of(request.POST)

        def kept(begun: Begun) -> None:
            begun.people.extend({} for _missing in range(number - len(begun.people)))
            begun.people[number - 1]["person"] = typed

        drafts.change(secret, kept, at=self.at)
        return self.to_step(Step.PEOPLE)

    def _checked(self, number: int) -> HttpResponse | None:
        if self.begun.sent:
            return redirect("door_receipt", secret=self.begun.secret)
        if not 1 <= number <= min(len(self.begun.people) + 1, book().get("doors.most_people", self.day).integer):
            return self.to_step(Step.PEOPLE)
        return None

    def _page(self, form: Any, number: int, status: int = 200) -> HttpResponse:
        title = _("Person %(number)s") % {"number": number} if number > 1 else _("Den første personen")
        lead = (
            _("Begynn med en voksen. Etterpå kan du legge til resten av familien.")
            if number == 1
            else _("Alle som skal bo der og søker sammen, skal være med, også barna.")
        )
        back = reverse("door_step", args=[self.begun.secret, Step.PEOPLE if number > 1 else Step.WHO])
        return self.form_page(Step.PEOPLE, form, status=status, title=title, lead=lead, back_url=back)


class SituationView(OfBegun):
    """The scheme's questions about one person."""

    def get(self, request: HttpRequest, secret: str, number: int) -> HttpResponse:
        """The questions."""
        return self._checked(number) or self._page(self.answers.situation_form(number - 1), number)

    def post(self, request: HttpRequest, secret: str, number: int) -> HttpResponse:
        """Keep the answers; go on to the next person, or to the documents."""
        if instead := self._checked(number):
            return instead
        form = self.answers.situation_form(number - 1, request.POST)
        if not form.is_valid():
            return self._page(form, number, status=422)
        typed = values_of(request.POST)

        def kept(begun: Begun) -> None:
            if number <= len(begun.people):
                begun.people[number - 1]["situation"] = typed

        drafts.change(secret, kept, at=self.at)
        if number < len(self.begun.people):
            return redirect("door_situation", secret=secret, number=number + 1)
        return self.to_step(Step.DOCUMENTS)

    def _checked(self, number: int) -> HttpResponse | None:
        if self.begun.sent:
            return redirect("door_receipt", secret=self.begun.secret)
        first = self.answers.goes_on_at
        if STEPS.index(first) < STEPS.index(Step.SITUATION):
            return self.to_step(first)
        return None if 1 <= number <= len(self.begun.people) else self.to_step(Step.SITUATION)

    def _page(self, form: Any, number: int, status: int = 200) -> HttpResponse:
        name = self.answers.people[number - 1].get("name", "")
        back = (
            reverse("door_situation", args=[self.begun.secret, number - 1])
            if number > 1
            else reverse("door_step", args=[self.begun.secret, Step.HOST])
        )
        lead = _("Svar så godt du kan. «Vet ikke» er også et svar; da finner UDI det ut.")
        title = _("Spørsmål om %(name)s") % {"name": name}
        return self.form_page(Step.SITUATION, form, status=status, title=title, lead=lead, back_url=back)


def progress(step: Step) -> dict[str, Any]:
    """Where one is: the number of the page, of all, and the pages by name."""
    return {
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "steps": [(str(STEP_TITLES[each]), each == step) for each in STEPS],
        "percent": round(STEPS.index(step) / len(STEPS) * 100),
    }


def _without(begun: Begun, place: int) -> None:
    if 0 <= place < len(begun.people):
        del begun.people[place]


def _whole_before(answers: Answers) -> frozenset[Step]:
    """Every page, where all are answered: whoever mends one then goes back to look it over."""
    return frozenset(STEPS) if answers.goes_on_at is Step.SEND else frozenset()
