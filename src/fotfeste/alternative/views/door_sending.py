"""The end of an application without a login: documents, looking it over, sending it, and the receipt with its links."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fotfeste.alternative.domain.door_rules import Attempt, Step
from fotfeste.alternative.domain.types import FilledInBy, Party, Procedure, Scheme
from fotfeste.alternative.doors import drafts
from fotfeste.alternative.doors.answers import Answers, municipality_organisation
from fotfeste.alternative.doors.attempts import try_once
from fotfeste.alternative.doors.documents import checked
from fotfeste.alternative.doors.drafts import Begun
from fotfeste.alternative.doors.sending import send_application
from fotfeste.alternative.forms.door_fields import YES
from fotfeste.alternative.forms.door_sending import DocumentForm, SendForm
from fotfeste.alternative.rules import book
from fotfeste.alternative.views.door_steps import OfBegun
from fotfeste.alternative.words_doors import DOCUMENT_KINDS, HOME_KINDS, HOST_RELATIONS
from fotfeste.kernel.errors import Refused


class DocumentsView(OfBegun):
    """A rent contract or the like, if they have one; one file at a time, each can be taken away again."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The files so far, and the form for one more."""
        return self.instead() or self._page(DocumentForm(day=self.day))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Take a file in, take one away, or go on."""
        if instead := self.instead():
            return instead
        wanted = request.POST.get("do", "")
        if wanted == "on":
            drafts.change(secret, lambda begun: begun.pages.update({Step.DOCUMENTS: {}}), at=self.at)
            return redirect("door_send", secret=secret)
        if wanted.startswith("remove-") and wanted[7:].isascii() and wanted[7:].isdecimal() and len(wanted) < 25:
            drafts.remove_document(secret, int(wanted[7:]), at=self.at)
            return redirect("door_documents", secret=secret)
        return self._add(DocumentForm(request.POST, request.FILES, day=self.day))

    def instead(self) -> HttpResponse | None:
        """Where to go where this page's time has not come or is over."""
        if self.begun.sent:
            return redirect("door_receipt", secret=self.begun.secret)
        first = self.answers.goes_on_at
        return None if first in (Step.DOCUMENTS, Step.SEND) else self.to_step(first)

    def _add(self, form: DocumentForm) -> HttpResponse:
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                name, media_type, content = checked(file.name, file.read(), self.day)
                told = {"kind": form.cleaned_data["kind"], "name": name, "media_type": media_type}
                drafts.add_document(self.begun.secret, told, content, at=self.at)
            except Refused as refused:
                form.refuse(refused)
            else:
                return redirect("door_documents", secret=self.begun.secret)
        return self._page(form, status=422)

    def _page(self, form: DocumentForm, status: int = 200) -> HttpResponse:
        most = book().get("doors.most_documents", self.day).integer
        documents = documents_of(self.begun)
        more = {
            "documents": documents,
            "has_room": len(documents) < most,
            "back_url": reverse("door_situation", args=[self.begun.secret, len(self.begun.people)]),
        }
        return self.form_page(Step.DOCUMENTS, form, status=status, template="documents.html", **more)


class SendView(DocumentsView):
    """Everything that was answered, each part with the way back to it; a name, and it is sent."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Look it over."""
        return self.instead() or self._send_page(SendForm(initial={"signer_name": self._signer()}))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Send it, once however often the button is pressed."""
        if instead := self.instead():
            return instead
        form = SendForm(request.POST)
        if not form.is_valid():
            return self._send_page(form, status=422)
        numbers = [person["duf"] for person in self.answers.people if person.get("duf")]
        try_once(Attempt.SEND, self.address, self.at, numbers=numbers)
        try:
            drafts.send(secret, lambda begun: self._sent(begun, form.cleaned_data), at=self.at)
        except Refused as refused:
            form.refuse(refused)
            return self._send_page(form, status=422)
        return redirect("door_receipt", secret=secret)

    def instead(self) -> HttpResponse | None:
        """Where to go where something is not answered yet, or it is sent already."""
        if self.begun.sent:
            return redirect("door_receipt", secret=self.begun.secret)
        first = self.answers.goes_on_at
        return None if first is Step.SEND else self.to_step(first)

    def _sent(self, begun: Begun, typed: dict[str, Any]) -> dict[str, Any]:
        answers = Answers(begun, self.day, self.answers.schemes)
        return send_application(answers, signing=typed, at=self.at, day=self.day)

    def _signer(self) -> str:
        """Who is asked to sign: whoever fills it in."""
        answers = self.answers
        named = answers.of(Step.WHO).get("helper_name") if answers.is_helped else answers.people[0].get("name")
        return str(named or "")

    def _send_page(self, form: SendForm, status: int = 200) -> HttpResponse:
        more = {
            "parts": summary_of(self.answers),
            "documents": documents_of(self.begun),
            "is_helped": self.answers.is_helped,
            "back_url": reverse("door_documents", args=[self.begun.secret]),
        }
        return self.form_page(Step.SEND, form, status=status, template="send.html", **more)


class ReceiptView(OfBegun):
    """What was sent, what happens now, and the links to hand on. It can be opened again for some days."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The receipt."""
        sent = self.begun.sent
        if not sent:
            return redirect("door_resume", secret=secret)
        links = {party: self._address(each) for party, each in sent["links"].items()}
        context = {
            "reference": sent["reference"],
            "applicant_url": links[Party.APPLICANT],
            "host_url": links.get(Party.HOST, ""),
            "municipality_url": links.get(Party.MUNICIPALITY, ""),
            "host_name": sent["host_name"],
            "municipality": sent["municipality"],
            "is_fast": sent["procedure"] == Procedure.FAST,
            "is_helped": sent["filled_in_by"] == FilledInBy.HELPER,
            "first_name": sent["first_name"],
            "expires_at": self.begun.expires_at,
        }
        return self.page("alternative/door/receipt.html", context, texts="receipt")

    def _address(self, secret: str) -> str:
        return self.request.build_absolute_uri(reverse("door_link", args=[secret]))


def documents_of(begun: Begun) -> list[dict[str, Any]]:
    """The files so far, with what each is in words."""
    return [each | {"words": DOCUMENT_KINDS[each["kind"]], "kb": -(-each["size"] // 1000)} for each in begun.documents]


def summary_of(answers: Answers) -> Sequence[dict[str, Any]]:
    """What was answered, part by part, each with the address of its page."""
    secret = answers.begun.secret

    def page(step: Step) -> str:
        return reverse("door_step", args=[secret, step])

    who, place, host = answers.of(Step.WHO), answers.of(Step.PLACE), answers.of(Step.HOST)
    chosen = answers.of(Step.MUNICIPALITY)
    return [
        {
            "code": "who",
            "url": page(Step.WHO),
            "helper_name": who["helper_name"] if answers.is_helped else "",
            "helper_relation": who["helper_relation"],
            "is_mamot": answers.scheme is Scheme.MAMOT,
        },
        {
            "code": "people",
            "url": page(Step.PEOPLE),
            "people": [
                person | situation for person, situation in zip(answers.people, answers.situations, strict=True)
            ],
        },
        {
            "code": "municipality",
            "url": page(Step.MUNICIPALITY),
            "name": municipality_organisation(chosen["municipality"]).name,
            "has_said_yes": chosen.get("procedure") == Procedure.FAST,
        },
        {
            "code": "place",
            "url": page(Step.PLACE),
            "lives_there": place["lives_there"] == YES,
            "on": place["living_there_since"] or place["wanted_from"],
            "street": place["street"],
            "postal_code": place["postal_code"],
        },
        {
            "code": "host",
            "url": page(Step.HOST),
            "home": HOME_KINDS[host["home_kind"]],
            "name": host["host_name"],
            "relation": HOST_RELATIONS[host["host_relation"]],
            "contact": host["host_contact"],
        },
    ]
