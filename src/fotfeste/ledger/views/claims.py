"""Pages of claims: UDI's list, one claim for both parties, and what each does to it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.ledger.actions.claims import answer_claim, decide_claim, settle_claim
from fotfeste.ledger.domain.deadlines import due_after
from fotfeste.ledger.domain.states import APPROVE, CLAIM
from fotfeste.ledger.forms.claims import AnswerForm, DecideForm, SettleForm
from fotfeste.ledger.queries.claims import ClaimOnPage, claim_on_page, claims_for
from fotfeste.ledger.queries.lines import names_of
from fotfeste.ledger.views.runs import paged
from fotfeste.ledger.words import ANSWERS, CLAIM_STATES, DECISIONS, SCHEMES, SETTLEMENTS, TONES, cause_of_line
from fotfeste.letters.public import letters_of
from fotfeste.platform.views import ActView, StaffView
from fotfeste.platform.words import day, kroner


def title_of(page: ClaimOnPage) -> str:
    """What a claim is called."""
    words = {"scheme": SCHEMES[page.claim.scheme], "municipality": page.claim.municipality.name}
    return _("Krav %(scheme)s, %(municipality)s") % words


class ClaimsView(StaffView):
    """Every claim that the viewer sees, those that wait first."""

    permission: ClassVar[str] = "ledger.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the list that the address asks for."""
        page = paged(claims_for(self.viewer), request.GET.get("page"))
        rows = [(claim, SCHEMES[claim.scheme], str(CLAIM_STATES[claim.state]), TONES[claim.state]) for claim in page]
        return render(request, "ledger/claims.html", {"page": page, "rows": rows, "day": self.day})


class ClaimView(StaffView):
    """One claim: state and whose move, each person, month and cause, the answer, the decision, how it was settled."""

    shows = frozenset({Compartment.IDENTITY, Compartment.MONEY})

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """UDI and the municipality read the same page."""
        return ("ledger.see", "ledger.see_own")

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The claim."""
        page = claim_on_page(self.viewer, reference, self.day)
        claim, names = page.claim, names_of(part.subject_id for part in page.parts)
        self.hits = len(page.parts)
        context = {
            "claim": claim,
            "title": title_of(page),
            "state": str(CLAIM_STATES[claim.state]),
            "tone": TONES[claim.state],
            "next": _next(page),
            "left_ore": page.left_ore,
            "parts": [(part, names.get(part.subject_id, ""), cause_of_line(part.cause)) for part in page.parts],
            "settlements": [(each, str(SETTLEMENTS[each.kind])) for each in page.settlements],
            "answer": str(ANSWERS[claim.answer]) if claim.answer else "",
            "decision": str(DECISIONS[claim.decision]) if claim.decision else "",
            "letters": letters_of(claim.subject_id, self.day),
            "steps": self._steps(page),
            "decides_own": self._decides_own(page),
            "pays_own": page.claim.state != "closed" and self._is_own(page),
            "sees_all": self.viewer.may("ledger.see"),
        }
        return render(request, "ledger/claim.html", context)

    def _decides_own(self, page: ClaimOnPage) -> bool:
        """Whether the viewer would decide what they prepared."""
        return self._is_own(page) and (page.claim.state == "answered" or page.is_overdue)

    def _is_own(self, page: ClaimOnPage) -> bool:
        return self.viewer.may("ledger.see") and page.claim.prepared_by_id == self.viewer.user_id

    def _steps(self, page: ClaimOnPage) -> list[str]:
        """The steps that the viewer may take now, by name."""
        steps = [
            step.name
            for step in CLAIM.available(page.claim.state)
            if any(self.viewer.may(permission) for permission in step.who)
        ]
        if "decide" in steps and (self._decides_own(page) or (page.claim.state == "noticed" and not page.is_overdue)):
            steps.remove("decide")
        if "close" in steps and self._is_own(page) and not self.viewer.may(APPROVE):
            steps.remove("close")
        return steps


def _next(page: ClaimOnPage) -> str:
    """Whose move it is."""
    claim = page.claim
    if claim.state == "noticed" and page.is_overdue:
        return _("Fristen gikk ut %(day)s uten svar. UDI kan avgjøre kravet.") % {"day": day(claim.answer_due_on)}
    if claim.state == "noticed":
        return _("Kommunen svarer innen %(day)s.") % {"day": day(claim.answer_due_on)}
    if claim.state == "answered":
        return _("En annen i UDI enn den som varslet, avgjør.")
    if claim.state == "decided":
        return _("Kommunen betaler %(amount)s innen %(day)s, eller det trekkes fra i neste kjøring.") % {
            "amount": kroner(page.left_ore),
            "day": day(claim.pay_due_on),
        }
    return _("Ingen. Kravet er gjort opp.")


class ClaimActView(ActView):
    """A step of a claim. `step` is its name in the workflow."""

    step: ClassVar[str]
    is_shown_late = False

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Those of the step."""
        return sorted({permission for each in CLAIM.transitions if each.name == cls.step for permission in each.who})

    @property
    def reference(self) -> str:
        """The claim in the address."""
        return str(self.kwargs["reference"])

    @cached_property
    def shown(self) -> ClaimOnPage:
        """The claim, of nobody's months. Raises NotFound."""
        return claim_on_page(self.viewer, self.reference, self.day, with_persons=False)

    def too_late(self) -> Sequence[str]:
        """Somebody else has taken the claim further."""
        if any(step.name == self.step for step in CLAIM.available(self.shown.claim.state)):
            return ()
        state = CLAIM_STATES[self.shown.claim.state]
        return [_("Kravet er %(state)s. Dette steget er ikke lenger mulig.") % {"state": state}]

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {
            "intro": _("%(claim)s: %(amount)s, gjenstår %(left)s.")
            % {
                "claim": title_of(self.shown),
                "amount": kroner(self.shown.claim.amount_ore),
                "left": kroner(self.shown.left_ore),
            },
            "back_url": self.done_url,
            "back_label": _("Kravet"),
        }

    @property
    def done_url(self) -> str:
        """The claim's page."""
        return reverse("claim", args=[self.reference])


class AnswerClaimView(ClaimActView):
    """The municipality answers."""

    step = "answer"
    form_class = AnswerForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Svar på kravet"),
            "submit_label": _("Send svaret"),
            "consequences": [
                _("UDI får en oppgave om å avgjøre kravet."),
                _("Det dere skriver, blir stående i saken."),
                _("Uten svar kan UDI avgjøre etter %(day)s.") % {"day": day(self.shown.claim.answer_due_on)},
            ],
        }

    def do(self, form: AnswerForm) -> tuple[str, str]:
        """Answer."""
        typed = form.cleaned_data
        answer_claim(self.reference, typed["answer"], typed["text"], by=self.viewer, at=self.at)
        return self.done_url, _("Svaret er sendt til UDI.")


class DecideClaimView(ClaimActView):
    """Another than who prepared it decides."""

    step = "decide"
    form_class = DecideForm

    def initial(self) -> dict[str, Any]:
        """All of it."""
        return {"upheld": self.shown.claim.amount_ore}

    def context(self) -> dict[str, Any]:
        """What follows."""
        pay_by = due_after("ledger.claim_pay_days", self.day)
        return super().context() | {
            "title": _("Avgjør kravet"),
            "submit_label": _("Avgjør"),
            "consequences": [
                _("Det som settes ned, ettergis og bokføres for seg."),
                _("Kommunen får frist til %(day)s med å betale resten.") % {"day": day(pay_by.due_on)},
                _("Du kan ikke avgjøre et krav du selv har varslet."),
            ],
        }

    def do(self, form: DecideForm) -> tuple[str, str]:
        """Decide."""
        typed = form.cleaned_data
        decide_claim(self.reference, typed["upheld"], typed["text"], by=self.viewer, at=self.at)
        return self.done_url, _("Kravet er avgjort. Kommunen ser avgjørelsen på sin side.")


class SettleClaimView(ClaimActView):
    """A part of the claim has come to an end."""

    step = "close"
    form_class = SettleForm

    def initial(self) -> dict[str, Any]:
        """What is left, today."""
        return {"kind": "paid", "amount": self.shown.left_ore, "on": self.day}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Gjør opp kravet"),
            "submit_label": _("Registrer"),
            "consequences": [
                _("Beløpet bokføres, og kan ikke endres etterpå."),
                _("Når ingenting gjenstår, avsluttes kravet."),
                _("Den som varslet kravet, registrerer ikke at det er betalt."),
                _("Ettergi og avskrive kan bare den som godkjenner tilskudd, og bare etter avgjørelsen."),
                _("Motregning i en kjøring skjer av seg selv når kjøringen betales."),
            ],
        }

    def do(self, form: SettleForm) -> tuple[str, str]:
        """Settle."""
        typed = form.cleaned_data
        claim = settle_claim(
            self.reference,
            typed["kind"],
            typed["amount"],
            on=typed["on"],
            reason=typed["reason"],
            by=self.viewer,
            at=self.at,
        )
        return self.done_url, _("Registrert. Kravet er gjort opp.") if claim.state == "closed" else _("Registrert.")
