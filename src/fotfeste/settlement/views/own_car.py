"""The pages of money for an own car: paid by the centre, asked of UDI, decided, refunded; and the declaration."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import Organisation
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.registry.public import OfHousehold
from fotfeste.settlement.actions.car_claim import (
    accept_car_denial,
    decide_car_claim,
    pay_own_car,
    refund_car_claim,
    resend_car_claim,
    send_car_claim,
)
from fotfeste.settlement.actions.travel_case import to_resend, to_send, with_due
from fotfeste.settlement.forms.request import YES
from fotfeste.settlement.forms.travel import (
    DecideCarClaimForm,
    PayCarForm,
    RefundCarClaimForm,
    ResendCarClaimForm,
    SendCarClaimForm,
)
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.car_claims import name_of
from fotfeste.settlement.queries.claimants import Claimants, claimants_of
from fotfeste.settlement.queries.story import story_of
from fotfeste.settlement.queries.travel import Travel, paid_by_case
from fotfeste.settlement.rows_travel import nobody_is_left
from fotfeste.settlement.texts.travel import DECLARATION_LANGUAGES, declaration
from fotfeste.settlement.views.travel import TravelActView


class PayOwnCarView(TravelActView):
    """The centre has paid the household, or had it paid back."""

    form_class = PayCarForm

    @cached_property
    def travel(self) -> Travel:
        """Of the oldest case in which something is due: it may be over, and another begun."""
        before = with_due(self.group_id, self.viewer, self.day) if self.story.has_car_before else None
        return before or super().travel

    def is_open(self) -> bool:
        """Something is due."""
        return self.travel.due_ore != 0

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"paid_on": self.day}

    def context(self) -> dict[str, Any]:
        """How much, and why."""
        due, owed = self.travel.due_ore, self.travel.owed_ore
        said = _("Husstanden skal ha %(owed)s i alt for egen bil. Dere skal betale %(due)s nå.")
        if due < 0:
            said = _("Husstanden skal ha %(owed)s i alt for egen bil, og har fått %(due)s for mye.")
        if self.travel.case.pk != self.case.pk:
            said = " ".join((_("Dette gjelder reisen i en sak som er avsluttet."), said))
        return super().context() | {
            "title": _("Oppgjør for egen bil: %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer utbetaling") if due > 0 else _("Registrer tilbakebetaling"),
            "intro": said % {"owed": kroner(owed), "due": kroner(abs(due))},
            "consequences": [_("Det samme kan ikke betales to ganger."), _after_payment(due)],
        }

    def do(self, form: PayCarForm) -> tuple[str, str]:
        """Pay."""
        typed = form.cleaned_data
        claim = pay_own_car(
            self.group_id, paid_on=typed["paid_on"], by=self.viewer, at=self.at, version=typed["version"]
        )
        said = _("%(sum)s er registrert. Send kravet til UDI.")
        if claim.amount_ore < 0:
            said = _("%(sum)s er registrert som betalt tilbake. Meld fra til UDI.")
        return self.back_url, said % {"sum": kroner(abs(claim.amount_ore))}


def _after_payment(due: int) -> str:
    if due > 0:
        return _("Dere sender kravet til UDI etterpå. UDI refunderer det som en direkte refunderbar ytelse.")
    return _("Dere melder fra til UDI etterpå. UDI skal ikke ha mer tilbake enn det UDI har dekket.")


class DeclarationView(OfHousehold):
    """The self-declaration, to be printed and signed before the journey, in a language of theirs."""

    permission = "settlement.arrange_journey"
    shows = OfHousehold.shows | {Compartment.SETTLEMENT}

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """The sheet in the language that is asked for, or in the first of theirs that there is."""
        asked = request.GET.get("sprak", "")
        sheet = declaration(asked if asked in DECLARATION_LANGUAGES else self._own_language())
        story = story_of(int(self.group.pk))
        journey = story.journey if story.journey is not None and story.journey.is_own_car else None
        known = {"travels_on": journey.travels_on, "insured": journey.green_card_valid_until} if journey else {}
        here = reverse("own_car_declaration", args=[kwargs["reference"]])
        context = self.back() | {
            "sheet": sheet,
            "languages": [(code, f"{here}?sprak={code}") for code in DECLARATION_LANGUAGES],
            "names": ", ".join(member.name for member in self.members),
            **{name: _numbers(day) for name, day in known.items()},
        }
        return render(request, "settlement/journey/declaration.html", context)

    def _own_language(self) -> str:
        spoken = [code for member in self.members for code in member.languages]
        return next((code for code in spoken if code in DECLARATION_LANGUAGES), "nb")


def _numbers(day: date | None) -> str:
    """A day as every reader reads it."""
    return f"{day.day}.{day.month}.{day.year}" if day else ""


class _ClaimView(TravelActView):
    """An act on the claims in a state."""

    state: ClassVar[str]

    def is_open(self) -> bool:
        """There is one in the state."""
        return bool(self.claims)

    def is_untimely(self) -> bool:
        """There must be one, which may be that of a centre they have left."""
        return self.story.case is None or not self.is_open()

    @cached_property
    def travel(self) -> Travel:
        """Of the case of the claim that the address names; else of the oldest in which there is something to do here,
        what nobody has seen first: it may be over, and another begun.
        """
        found = [(each, claim) for each in paid_by_case(self.group_id) for claim in self.takes(each)]
        if self._asked:
            found = [(each, claim) for each, claim in found if name_of(claim) == self._asked]
        return min(found, key=lambda each: self._turn(each[1]))[0] if found else super().travel

    @property
    def _asked(self) -> str:
        return self.request.GET.get("krav", "")

    def _turn(self, claim: CarClaim) -> bool:
        """What has been seen comes after what has not."""
        return claim.denial_seen_on is not None

    @cached_property
    def who(self) -> Claimants:
        """Who may ask UDI for what was paid."""
        return claimants_of(self.group_id, self.day)

    def takes(self, travel: Travel) -> list[CarClaim]:
        """Those of a case that this is about, the oldest first: in the state."""
        return [claim for claim in travel.claims if claim.state == self.state]

    @property
    def claims(self) -> list[CarClaim]:
        """Those that this is about, the oldest first; the one that the address names where it names one."""
        found = [each for each in self.takes(self.travel) if self._asked in ("", name_of(each))]
        return sorted(found, key=self._turn)

    @property
    def is_return(self) -> bool:
        """Whether the oldest is what residents paid back."""
        return bool(self.claims) and self.claims[0].amount_ore < 0

    @property
    def claim_id(self) -> int:
        """The claim that is acted on; one that is not there where somebody was quicker, and the act says so."""
        return self.claims[0].pk if self.claims else 0

    def about(self) -> dict[str, str]:
        """What the oldest is of, who paid it, and what of it is between the centre and UDI."""
        claim = self.claims[0]
        return {
            "sum": kroner(abs(claim.amount_ore)),
            "share": kroner(abs(self.travel.share_ore(claim))),
            "centre": claim.organisation.name if claim.organisation else _("mottaket"),
        }


class SendCarClaimView(_ClaimView):
    """The centre asks UDI for what it has paid."""

    form_class = SendCarClaimForm
    state = "paid_out"

    def takes(self, travel: Travel) -> list[CarClaim]:
        """Those that the viewer's centre paid, or is to send for one that they have left."""
        return to_send(travel, self.viewer, self.who)

    @property
    def claims(self) -> list[CarClaim]:
        """All of the case: they are sent together."""
        return self.takes(self.travel) if super().claims else []

    def context(self) -> dict[str, Any]:
        """How much."""
        return super().context() | {
            "title": _("Send krav for egen bil til UDI"),
            "submit_label": _("Send kravet"),
            "intro": " ".join(self._sums()),
            "consequences": list(self._consequences()),
        }

    def _sums(self) -> Iterator[str]:
        amounts = [claim.amount_ore for claim in self.claims]
        paid, returned = sum(each for each in amounts if each > 0), -sum(each for each in amounts if each < 0)
        if paid:
            yield _("Det er betalt %(sum)s til %(name)s.") % {"sum": kroner(paid), "name": self.name_within}
        if returned:
            yield _("%(name)s har betalt tilbake %(sum)s.") % {"sum": kroner(returned), "name": self.name_within}

    def _consequences(self) -> Iterator[str]:
        shares = [self.travel.share_ore(claim) for claim in self.claims]
        own = sum(share - claim.amount_ore for claim, share in zip(self.claims, shares, strict=True))
        if own:
            yield _("%(sum)s av det som er betalt tilbake, beholder mottaket: UDI har ikke dekket det.") % {
                "sum": kroner(own)
            }
        if any(shares):
            yield _("UDI får en oppgave om å avgjøre kravet.")

    def do(self, form: SendCarClaimForm) -> tuple[str, str]:
        """Send."""
        version, claim_id = form.cleaned_data["version"], self.claim_id
        sent = send_car_claim(self.group_id, by=self.viewer, at=self.at, version=version, claim_id=claim_id)
        if all(claim.state == "kept" for claim in sent):
            return self.back_url, _("Oppgjøret er ferdig. Mottaket beholder det som er betalt tilbake.")
        return self.back_url, _("Kravet er sendt. UDI har neste trekk.")


def quoted(claim: CarClaim) -> list[tuple[str, str]]:
    """What was said of a claim before, the oldest first, and why it is sent once more."""
    said = []
    for denial in claim.denials:
        if denial["why"]:
            said.append((_("Mottakets begrunnelse"), denial["why"]))
        day = in_words(date.fromisoformat(denial["decided_on"]))
        said.append((_("UDI avslo %(day)s") % {"day": day}, denial["text"]))
    if claim.resend_text:
        said.append((_("Mottakets nye begrunnelse"), claim.resend_text))
    return said


class ResendCarClaimView(_ClaimView):
    """The centre sends what UDI denied once more, or covers it itself."""

    form_class = ResendCarClaimForm
    template_name = "settlement/journey/claim.html"
    state = "denied"

    def takes(self, travel: Travel) -> list[CarClaim]:
        """Those that may be sent once more, the oldest first."""
        return to_resend(travel, self.viewer, self.who)

    def context(self) -> dict[str, Any]:
        """How much, and why UDI said no."""
        claim = self.claims[0]
        words = {
            "sum": kroner(claim.amount_ore),
            "day": in_words(claim.decided_on),
            "asked": kroner(self.travel.to_ask_again_ore(claim)),
        }
        said = [_("UDI avslo %(day)s kravet på %(sum)s.") % words]
        if self.travel.to_ask_again_ore(claim) < claim.amount_ore:
            said.append(_("Resten er betalt tilbake, eller dekket av UDI: dere kan kreve %(asked)s.") % words)
        return super().context() | {
            "title": _("Avslag på krav for egen bil: %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre"),
            "intro": " ".join(said),
            "quoted": [*quoted(claim), (_("UDI avslo %(day)s") % words, claim.decision_text)],
            "consequences": [
                _("Sender dere på nytt, får UDI en ny oppgave. Avslaget blir stående i historikken."),
                _("Kravet kan bare refunderes én gang, og aldri med mer enn husstanden har fått."),
                _("Dekker dere det selv, kan kravet likevel sendes på nytt senere."),
            ],
        }

    def do(self, form: ResendCarClaimForm) -> tuple[str, str]:
        """Send it, or see it."""
        typed, act = form.cleaned_data, {"by": self.viewer, "at": self.at, "version": form.cleaned_data["version"]}
        act["claim_id"] = self.claim_id
        if typed["answer"] == YES:
            resend_car_claim(self.group_id, text=typed["text"], **act)
            return self.back_url, _("Kravet er sendt på nytt. UDI har neste trekk.")
        accept_car_denial(self.group_id, **act)
        return self.back_url, _("Registrert. Mottaket dekker det selv.")


class DecideCarClaimView(_ClaimView):
    """UDI approves or denies."""

    permission = "settlement.approve_travel"
    form_class = DecideCarClaimForm
    template_name = "settlement/journey/claim.html"
    state = "sent"

    def context(self) -> dict[str, Any]:
        """How much, and what it rests on."""
        return super().context() | {
            "title": _("Krav for egen bil: %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre avgjørelsen"),
            "intro": self._intro() % self.about(),
            "quoted": quoted(self.claims[0]),
            "consequences": self._consequences(),
        }

    def _intro(self) -> str:
        if self.is_return:
            return _(
                "Husstanden har betalt %(sum)s tilbake til %(centre)s. "
                "Av det UDI har dekket, skal UDI ha igjen %(share)s."
            )
        if self.claims[0].asked_ore is not None:
            return _("%(centre)s har betalt %(sum)s for reisen i egen bil, og krever %(share)s på nytt.")
        if len(self.travel.claims) == 1:
            return _("%(centre)s har betalt %(sum)s: prisen på billett med kollektivtransport for alle i bilen.")
        return _("%(centre)s har betalt %(sum)s mer for reisen i egen bil.")

    def _consequences(self) -> list[str]:
        if self.is_return:
            return [
                _("Godkjenner UDI, skal mottaket betale summen til UDI én gang."),
                _("Avslår UDI, beholder mottaket pengene. Begrunnelsen vises for mottaket."),
            ]
        return [_("Godkjenner UDI, skal summen refunderes mottaket én gang."), *self._if_denied()]

    def _if_denied(self) -> list[str]:
        """Who is asked then; what can be done where nobody is left."""
        whose, centre = self.who.whose(self.claims[0]), self.about()["centre"]
        if whose == self.claims[0].organisation_id:
            return [
                _("Avslår UDI, dekker mottaket det selv, eller sender kravet på nytt. Begrunnelsen vises for mottaket.")
            ]
        if whose is None:
            return [_("%(centre)s ser ikke husstanden lenger.") % {"centre": centre}, *nobody_is_left()]
        return [
            _("%(centre)s ser ikke husstanden lenger. Avslår UDI, får %(other)s oppgaven og ser begrunnelsen.")
            % {"centre": centre, "other": Organisation.objects.get(pk=whose).name}
        ]

    def do(self, form: DecideCarClaimForm) -> tuple[str, str]:
        """Decide."""
        typed = form.cleaned_data
        approves, is_return = typed["answer"] == YES, self.is_return
        is_left = is_return or any(self.who.whose(claim) is not None for claim in self.claims[:1])
        decide_car_claim(
            self.group_id,
            approves=approves,
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
            claim_id=self.claim_id,
        )
        if not approves:
            return self.back_url, " ".join([_("Kravet er avslått."), *([] if is_left else nobody_is_left())])
        if is_return:
            return self.back_url, _("Registrer tilbakebetalingen når mottaket har betalt den.")
        return self.back_url, _("Kravet er godkjent. Registrer refusjonen når den er betalt.")


class RefundCarClaimView(_ClaimView):
    """UDI has refunded the centre."""

    permission = "settlement.approve_travel"
    form_class = RefundCarClaimForm
    state = "approved"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"refunded_on": self.day}

    def context(self) -> dict[str, Any]:
        """How much."""
        title, label, intro, done = (
            _("Refusjon for egen bil: %(name)s"),
            _("Registrer refusjon"),
            _("UDI skal refundere %(centre)s %(share)s."),
            _("Kravet er da ferdig. Det kan ikke refunderes en gang til."),
        )
        if self.is_return:
            title, label = _("Tilbakebetaling for egen bil: %(name)s"), _("Registrer tilbakebetaling til UDI")
            intro = _("%(centre)s skal betale UDI %(share)s.")
            done = _("Kravet er da ferdig. Det kan ikke betales en gang til.")
        return super().context() | {
            "title": title % {"name": self.name_within},
            "submit_label": label,
            "intro": intro % self.about(),
            "consequences": [done],
        }

    def do(self, form: RefundCarClaimForm) -> tuple[str, str]:
        """Refund."""
        typed, is_return = form.cleaned_data, self.is_return
        refund_car_claim(
            self.group_id,
            refunded_on=typed["refunded_on"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
            claim_id=self.claim_id,
        )
        return self.back_url, _("Tilbakebetalingen er registrert.") if is_return else _("Refusjonen er registrert.")
