"""The pages on behalf of the household: ask, send a home, move in, withdraw, tell of a no."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.self_settlement.actions.agreeing import move_in
from fotfeste.self_settlement.actions.asking import (
    Asking,
    ask_for_self_settlement,
    register_no_told,
    withdraw_self_settlement,
)
from fotfeste.self_settlement.actions.homes import lose_home, send_home
from fotfeste.self_settlement.domain.states import ASK, UNDER_WAY
from fotfeste.self_settlement.domain.tasks import TO_TELL
from fotfeste.self_settlement.domain.terms import Stand
from fotfeste.self_settlement.domain.types import EndCause
from fotfeste.self_settlement.domain.waiting import answer_due, check_due
from fotfeste.self_settlement.forms.asked import AskForm, ConfirmForm, MoveInForm, WithdrawForm
from fotfeste.self_settlement.forms.homes import HomeForm
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.asked import may_ask_of, requests_of
from fotfeste.self_settlement.queries.homes import approved_for_others, approved_of
from fotfeste.self_settlement.queries.terms import MunicipalityTerms, all_terms
from fotfeste.self_settlement.rows_asked import asked_row
from fotfeste.self_settlement.views.asked_shared import AskedView
from fotfeste.self_settlement.views.overview import HOUSEHOLD
from fotfeste.settlement.public import Journey, own_journey, settling_on
from fotfeste.worklist.public import open_tasks_about

_STANDS: Mapping[Stand, Promise] = {
    Stand.ALLOWED: gettext_lazy("Sier at de har avtalt selvbosetting"),
    Stand.UNKNOWN: gettext_lazy("Har ikke sagt noe ennå"),
    Stand.NOT_ALLOWED: gettext_lazy("Sier at de ikke har det"),
}


class AskView(AskedView):
    """Ask a municipality."""

    permission = ASK
    form_class = AskForm
    template_name = "self_settlement/asked/ask.html"

    def too_late(self) -> Sequence[str]:
        """Every reason why they may not ask now."""
        if reason := self.not_theirs():
            return (reason,)
        decision = may_ask_of(self.group_id, self.day)
        return [sentence_for(Refused(each.code, params=dict(each.fields))) for each in decision.reasons]

    def initial(self) -> dict[str, Any]:
        """The municipality that a link names."""
        wanted = self.request.GET.get("kommune", "")
        chosen = next((line.organisation_id for line in self.lines if line.number == wanted), None)
        return super().initial() | ({"municipality": chosen} if chosen else {})

    @cached_property
    def lines(self) -> list[MunicipalityTerms]:
        """Every municipality with what it says in public."""
        return all_terms(self.day)

    def form_arguments(self) -> dict[str, Any]:
        """Those that allow it first."""
        return {
            "municipalities": [
                (str(words), [(line.organisation_id, line.name) for line in self.lines if line.stand is stand])
                for stand, words in _STANDS.items()
            ]
        }

    def context(self) -> dict[str, Any]:
        """What it is, and what will happen."""
        return super().context() | {
            "title": _("Be en kommune om avtalt selvbosetting"),
            "intro": _(
                "Har husstanden ikke fått kommune av IMDi, kan den spørre en kommune selv. Den må finne bolig der, og"
                " kommunen må godkjenne bolig og leiekontrakt før noen signerer. Rettighetene er de samme som ellers."
            ),
            "submit_label": _("Send til kommunen"),
            "overview_url": f"{reverse('terms_overview')}?{HOUSEHOLD}={self.kwargs['reference']}",
            "consequences": [
                _("Kommunen ser hvem de er, og svarer innen %(day)s.") % {"day": in_words(answer_due(self.day).on)},
                _("Plassen i køen beholdes. IMDi venter en tid med å finne en annen kommune til dem."),
                _("Gir IMDi tilbud om en kommune før det er avtalt, gjelder tilbudet, og ønsket faller bort."),
                _("De kan trekke ønsket når de vil, helt til de har flyttet inn."),
            ],
        }

    def do(self, form: AskForm) -> tuple[str, str]:
        """Send it."""
        typed = form.cleaned_data
        to = int(typed["municipality"])
        line = next(each for each in self.lines if each.organisation_id == to)
        asking = Asking(
            organisation_id=to,
            why_there=typed["why_there"],
            message=typed["message"],
            wanted_from=typed["wanted_from"],
            was_allowed=None if line.said is None else line.said.terms.allows,
        )
        ask_for_self_settlement(self.group_id, asking, by=self.viewer, at=self.at, version=typed["version"])
        return self.back_url, _("Sendt til %(name)s. Svaret kommer i oppgavelisten.") % {"name": line.name}


class SendHomeView(AskedView):
    """Send home and contract."""

    permission = ASK
    form_class = HomeForm
    states = ("finding_home",)

    def initial(self) -> dict[str, Any]:
        """What was sent last, where it is to be changed."""
        homes = sorted(self.asked.homes.all(), key=lambda each: -each.pk) if self.asked is not None else []
        if not homes or homes[0].outcome != "to_change":
            return super().initial()
        last = homes[0]
        same = (
            *("street", "postal_code", "landlord_name", "landlord_contact", "rooms", "others", "is_single_room"),
            *("is_in_landlords_house", "deposit_by", "notice_months", "length_months", "starts_on"),
        )
        return (
            super().initial()
            | {name: getattr(last, name) for name in same}
            | {
                "square_metres": last.square_metres or None,
                "empty_rent_by": last.empty_rent_by,
                "empty_from": last.empty_from_on,
                "empty_last": last.empty_until_on - timedelta(days=1) if last.empty_until_on else None,
                "empty_rent": Decimal(last.empty_rent_ore).scaleb(-2) if last.empty_rent_ore else None,
                "rent": Decimal(last.rent_ore).scaleb(-2),
                "deposit": Decimal(last.deposit_ore).scaleb(-2),
            }
        )

    def context(self) -> dict[str, Any]:
        """What is to be sent, and before what."""
        return super().context() | {
            "title": _("Send bolig og leiekontrakt til kommunen"),
            "intro": _("Skriv det som står i kontrakten. Ingen skal signere før kommunen og IMDi har sagt ja."),
            "submit_label": _("Send til kommunen"),
            "consequences": [
                _("Kommunen ser på boligen og kontrakten, og svarer innen %(day)s.")
                % {"day": in_words(check_due(self.day).on)},
                _("Den kan be om endringer, for eksempel i leie, depositum eller oppsigelsestid."),
            ],
        }

    def do(self, form: HomeForm) -> tuple[str, str]:
        """Send it."""
        persons = len(settling_on(self.group_id, self.day))
        version = form.cleaned_data["version"]
        send_home(self.group_id, form.found(persons), by=self.viewer, at=self.at, version=version)
        return self.back_url, _("Sendt til kommunen.")


class MoveInView(AskedView):
    """They have moved in."""

    permission = ASK
    form_class = MoveInForm
    states = ("agreed",)

    def too_late(self) -> Sequence[str]:
        """Not into a home for others."""
        if (reasons := super().too_late()) or (home := approved_for_others(self.request_row)) is None:
            return reasons
        persons = {"approved": home.persons, "now": self.request_row.case.size}
        return (sentence_for(Refused("home_is_for_others", params=persons)),)

    def form_arguments(self) -> dict[str, Any]:
        """Whether the rent begins after IMDi agreed, so that they may have moved in before it."""
        home, agreed_on = (approved_of(self.asked), self.asked.agreed_on) if self.asked is not None else (None, None)
        return {"may_be_early": bool(home and agreed_on and agreed_on < home.starts_on)}

    @cached_property
    def journey(self) -> Journey | None:
        """The journey that is agreed, where there is one."""
        return own_journey(self.request_row.case) if self.asked is not None else None

    def initial(self) -> dict[str, Any]:
        """The day of the journey, as far as it has come; else today."""
        has_day = self.journey is not None and self.journey.postponed_on is None
        travels_on = self.journey.travels_on if self.journey is not None and has_day else self.day
        return super().initial() | {"on": min(travels_on, self.day)}

    def about_the_journey(self) -> str:
        """What they are to know of it before they write the day."""
        journey = self.journey
        if journey is None:
            return ""
        words = {"day": in_words(journey.travels_on)}
        if journey.postponed_on is not None:
            return (
                _(
                    "Reisen %(day)s er utsatt, og ny dag er ikke avtalt. Har de reist, avtal dagen først: "
                    "ellers faller reisen bort, og det som er betalt for egen bil, kreves tilbake."
                )
                % words
            )
        return (
            _(
                "Reisen er avtalt til %(day)s. Flyttet de inn en annen dag, skriv den dagen: kommunen ser begge. "
                "Flyttet de inn før reisedagen, må det som er bestilt, avbestilles."
            )
            % words
        )

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Registrer at de har flyttet inn"),
            "intro": self.about_the_journey(),
            "submit_label": _("De har flyttet inn"),
            "consequences": [
                _("De er bosatt i kommunen fra dagen, med de samme rettighetene som alle som bosettes."),
                _("Oppholdet på mottaket, eller avtalen om å bo privat, slutter samme dag."),
                _("Bosettingssaken er ferdig. Kommunen følger dem opp, også på om de bor trangt eller blir utnyttet."),
            ],
        }

    def do(self, form: MoveInForm) -> tuple[str, str]:
        """Settle them."""
        typed = form.cleaned_data
        move_in(
            self.group_id,
            typed["on"],
            is_meant=typed.get("is_meant", False),
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("De er bosatt. Kommunen ser det.")


class WithdrawView(AskedView):
    """The household does not go on."""

    permission = ASK
    form_class = WithdrawForm
    states = UNDER_WAY

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Trekk ønsket om avtalt selvbosetting"),
            "submit_label": _("Trekk ønsket"),
            "consequences": [
                _("Kommunen får ikke se husstanden lenger. Har den sagt ja, får den beskjed."),
                _("Er det avtalt en reise, faller den bort. Det som er bestilt, må avbestilles."),
                _("De står i køen som før, og IMDi finner en kommune. Ingen har takket nei til noe."),
                _("De kan spørre en annen kommune, eller den samme igjen."),
            ],
        }

    def do(self, form: WithdrawForm) -> tuple[str, str]:
        """Withdraw it."""
        typed = form.cleaned_data
        withdraw_self_settlement(
            self.group_id,
            cause=typed["cause"],
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Trukket. De står i køen som før.")


class LoseHomeView(AskedView):
    """The home was let to others."""

    permission = ASK
    form_class = ConfirmForm
    states = ("approved", "agreed")

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Boligen er leid ut til andre"),
            "submit_label": _("Boligen er ikke ledig lenger"),
            "consequences": [_("Kommunens ja står. De leter videre, og sender inn en annen bolig.")],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Say so."""
        lose_home(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Registrert. Send inn en annen bolig når de har funnet en.")


class TellNoView(AskedView):
    """The household is told of the no, or that nothing came of it."""

    permission = ASK
    form_class = ConfirmForm

    def too_late(self) -> Sequence[str]:
        """It is told already."""
        if reason := self.not_theirs():
            return (reason,)
        waits = any(task.kind in TO_TELL for task in open_tasks_about(self.group_id))
        return () if waits else (sentence_for(Refused("no_is_told")),)

    def context(self) -> dict[str, Any]:
        """Why not, and what they can do."""
        over = next((each for each in requests_of(self.group_id) if each.state in ("declined", "lapsed")), None)
        is_no = over is None or over.state == "declined"
        return super().context() | {
            "row": asked_row(over) if over is not None else None,
            "title": _("Fortell husstanden at kommunen sa nei")
            if is_no
            else _("Fortell husstanden at det ikke ble noe av"),
            "intro": _("Gå gjennom grunnen med dem, på et språk de forstår."),
            "submit_label": _("De vet det"),
            "consequences": self.what_they_can_do(over),
        }

    def what_they_can_do(self, over: SelfSettlement | None) -> list[str]:
        """Wait, and ask another one; who has no permit can do neither."""
        if over is not None and over.end_cause == EndCause.PERMIT_LOST:
            return [_("IMDi ser på bosettingssaken. Får noen av dem tillatelse igjen, står de i køen som før.")]
        if over is not None and over.end_cause == EndCause.CASE_OVER:
            return [
                _("Avreisen var registrert ved en feil, men kommunen hadde sett at de ikke kommer."),
                _("De kan spørre den samme kommunen på nytt med en gang, eller en annen."),
                _("De står i køen hos IMDi, og kan få kommune der."),
            ]
        return [
            _("De står i køen hos IMDi hele tiden, og kan få kommune der."),
            _("De kan spørre en annen kommune med en gang."),
        ]

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """They know."""
        register_no_told(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Registrert.")
