"""The pages of letters: one letter, its PDF, what happened to it; a household's, and those to one's own units."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, Need, Subject, SubjectKind, own_needs, subject_by_reference
from fotfeste.directory.public import units_on
from fotfeste.kernel.errors import NotFound
from fotfeste.letters.actions.following import mark_delivered, mark_opened, mark_returned, send_letter
from fotfeste.letters.domain.states import LETTER
from fotfeste.letters.domain.types import Language, LetterKind, LetterStatus, ReturnReason
from fotfeste.letters.forms import FollowLetterForm
from fotfeste.letters.models import Letter
from fotfeste.letters.queries import (
    LIES_IN,
    MAY_ANSWER,
    READ,
    UNREAD,
    letter_by_reference,
    letters_about,
    mailbox,
    unread_of,
)
from fotfeste.letters.rows import LetterRow, may_follow, rows_of
from fotfeste.letters.words import KINDS, LANGUAGES, RETURN_REASONS, STATUSES, STEPS, TONES, WAYS
from fotfeste.platform.files import file_answer, read
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import ActView, StaffView

PER_PAGE = 50


class LetterPage(StaffView):
    """A page about the letter in the address; the fence says whose it is."""

    def refuse_strangers(self) -> None:
        """NotFound where there is no such letter for the viewer, however it is asked for."""
        assert self.letter

    @cached_property
    def letter(self) -> Letter:
        """The letter."""
        return letter_by_reference(self.viewer, self.kwargs["reference"])

    @property
    def is_of_money(self) -> bool:
        """Whether the letter hangs on a claim, which is no household."""
        return self.letter.subject is not None and self.letter.subject.kind == SubjectKind.MONEY

    def compartments_shown(self) -> frozenset[str]:
        """The one that the letter lies in."""
        return frozenset({self.letter.compartment})

    def whom(self) -> Whom | None:
        """The household that the letter is about; none for a letter about several, or about a claim."""
        if self.letter.subject_id is None or self.is_of_money:
            return None
        mine = Need.objects.filter(own_needs(self.viewer), subject_id=self.letter.subject_id, period__contains=self.day)
        return Whom(self.letter.subject_id, (), frozenset(mine.values_list("reason", flat=True)))


class LetterView(LetterPage):
    """A letter: its text as it was written, the PDF, and how far it has come. Its receiver has opened it by this."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page."""
        letter = self.letter
        if _is_opened_by(self.viewer.organisation_id, letter):
            opened = mark_opened(reference, by=self.viewer, at=self.at)
            letter.status, letter.opened_at = opened.status, opened.opened_at
        steps = steps_of(letter) if may_follow(self.viewer, letter) else ()
        household = None if self.is_of_money else letter.subject
        context = {
            "letter": letter,
            "written": letter.written,
            "kind": str(KINDS[LetterKind(letter.kind)]),
            "language": str(LANGUAGES[Language(letter.language)]),
            "is_foreign": letter.language != Language.NB,
            "status": str(STATUSES[LetterStatus(letter.status)]),
            "tone": TONES[LetterStatus(letter.status)],
            "way": str(WAYS.get(letter.way, "")),
            "unit": _unit_name(letter, self),
            "return_reason": str(RETURN_REASONS[ReturnReason(letter.return_reason)]) if letter.return_reason else "",
            "day": self.day,
            "follow_url": reverse("follow_letter", args=[reference]) if steps else "",
            "household_url": reverse("household_letters", args=[household.reference]) if household else "",
            "is_mine": letter.to_organisation_id == self.viewer.organisation_id,
        }
        return render(request, "letters/letter.html", context)


class LetterPdfView(LetterPage):
    """The PDF of a letter, as it was written."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The file."""
        return file_answer(read(self.letter.file_id), is_ours=True)


class FollowLetterView(LetterPage, ActView):
    """What has happened to a letter: sent, come, come back."""

    form_class = FollowLetterForm
    is_shown_late = False

    def refuse_strangers(self) -> None:
        """NotFound for whoever does not follow the letter, as where there is none."""
        if not may_follow(self.viewer, self.letter):
            raise NotFound

    @property
    def household_id(self) -> int | None:
        """The household that the letter is about, if it is about one."""
        return None if self.is_of_money else self.letter.subject_id

    def too_late(self) -> Sequence[str]:
        """Where the letter is opened there is nothing left to follow."""
        return () if steps_of(self.letter) else (_("Mottakeren har åpnet brevet. Det er ikke mer å følge opp."),)

    def form_arguments(self) -> dict[str, Any]:
        """The steps that the letter can take now."""
        return {"steps": steps_of(self.letter)}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return {
            "title": _("Følg opp brevet"),
            "intro": self.letter.written["title"],
            "submit_label": _("Registrer"),
            "back_url": reverse("letter", args=[self.letter.reference]),
            "back_label": _("Brevet"),
            "consequences": [
                _("Et brev til en kommune går til postkassen til enheten som har ansvar for det."),
                _("Et brev som er kommet i retur, kan sendes på nytt."),
            ],
        }

    def do(self, form: FollowLetterForm) -> tuple[str, str]:
        """Take the step."""
        reference, step = self.letter.reference, form.cleaned_data["step"]
        if step == "send":
            send_letter(reference, by=self.viewer, at=self.at)
        elif step == "deliver":
            mark_delivered(reference, by=self.viewer, at=self.at)
        else:
            mark_returned(reference, form.chosen_reason(), by=self.viewer, at=self.at)
        return self.context()["back_url"], _("Registrert: %(what)s.") % {"what": str(STEPS[step]).lower()}


class HouseholdLettersView(StaffView):
    """Every letter about a household that the viewer may see."""

    shows = LIES_IN

    @cached_property
    def rows(self) -> Sequence[LetterRow]:
        """The letters."""
        return rows_of(letters_about(self.subject.pk), self.day)

    def compartments_shown(self) -> frozenset[str]:
        """Those that the letters lie in."""
        return frozenset(row.compartment for row in self.rows)

    def refuse_strangers(self) -> None:
        """NotFound where the viewer has no need to know of the household."""
        assert self.subject

    @cached_property
    def subject(self) -> Subject:
        """The household in the address."""
        return subject_by_reference(self.viewer, self.kwargs["reference"], self.day)

    def whom(self) -> Whom:
        """The household."""
        return Whom(self.subject.pk, (), self.subject.known_because)

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The list."""
        context = {
            "rows": self.rows,
            "reference": reference,
            "lacks_unit": any(row.lacks_unit and row.is_to(self.viewer.organisation_id) for row in self.rows),
        }
        return render(request, "letters/household.html", context)


class MailboxView(StaffView):
    """The letters that came to the viewer's organisation, unread first, by unit."""

    shows = LIES_IN - {Compartment.JOURNAL, Compartment.REFUSAL}  # no letter to an organisation lies there

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Whoever answers what the letters ask."""
        return MAY_ANSWER

    def asked_for(self) -> Mapping[str, str]:
        """Which unit and which letters."""
        return self.request.GET.dict()

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the list that the address asks for."""
        unit, which = request.GET.get("enhet", ""), request.GET.get("vis", "")
        page = Paginator(mailbox(self.viewer, unit=unit, which=which), PER_PAGE).get_page(request.GET.get("page"))
        self.hits = page.paginator.count
        context = {
            "page": page,
            "rows": rows_of(page.object_list, self.day),
            "units": units_on([self.viewer.organisation_id], self.day)[self.viewer.organisation_id],
            "wanted_unit": unit,
            "which": which,
            "choices": [("", _("alle")), (UNREAD, _("bare uleste")), (READ, _("bare leste"))],
            "unread": unread_of(self.viewer),
        }
        return render(request, "letters/mailbox.html", context)


def steps_of(letter: Letter) -> list[str]:
    """What those who follow a letter can say of it now; that it is opened, its receiver does by opening it."""
    return [step.name for step in LETTER.available(letter.status) if step.name in STEPS]


def _is_opened_by(organisation_id: int, letter: Letter) -> bool:
    """Whether somebody who looks at a letter is its receiver and the first to."""
    has_come = letter.status in (LetterStatus.SENT, LetterStatus.DELIVERED)
    return has_come and letter.to_organisation_id == organisation_id


def _unit_name(letter: Letter, view: StaffView) -> str:
    if letter.to_unit_id is None or letter.to_organisation_id is None:
        return ""
    units = units_on([letter.to_organisation_id], view.day)[letter.to_organisation_id]
    return next((unit.name for unit in units if unit.id == letter.to_unit_id), "")
