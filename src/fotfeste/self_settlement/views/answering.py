"""The pages of those who are asked: the municipality answers and sees to home and contract, IMDi agrees."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.self_settlement.actions.agreeing import agree_self_settlement, leave_unagreed
from fotfeste.self_settlement.actions.answering import (
    approve_home,
    ask_for_change,
    decline_household,
    welcome_household,
)
from fotfeste.self_settlement.actions.grown import confirm_home, look_at_home_again
from fotfeste.self_settlement.domain.states import AGREE, ANSWER, BEFORE_AGREED
from fotfeste.self_settlement.domain.waiting import agree_due, home_due
from fotfeste.self_settlement.forms.asked import AGAIN, YES, AgreeForm, AnswerForm
from fotfeste.self_settlement.forms.homes import APPROVE, CheckForm
from fotfeste.self_settlement.models import SentHome
from fotfeste.self_settlement.queries.homes import approved_for_others
from fotfeste.self_settlement.rows_asked import home_row
from fotfeste.self_settlement.views.asked_shared import AskedView


class AnswerView(AskedView):
    """The municipality's yes or no; after its yes, a no that it must say after all."""

    permission = ANSWER
    form_class = AnswerForm
    states = BEFORE_AGREED

    def form_arguments(self) -> dict[str, Any]:
        """A yes is said once."""
        return {"may_say_yes": self.asked is None or self.asked.state == "asked"}

    def context(self) -> dict[str, Any]:
        """What each answer means."""
        return super().context() | {
            "title": _("Svar om avtalt selvbosetting"),
            "intro": _("Husstanden vil bosette seg hos dere, i en bolig den finner selv."),
            "submit_label": _("Send svaret"),
            "consequences": [
                _("Ved ja leter de etter bolig hos dere, til %(day)s. Dere binder dere ikke til en bolig.")
                % {"day": in_words(home_due(self.day).on)},
                _("Dere godkjenner bolig og leiekontrakt før de signerer, og blir enige med IMDi."),
                _("De regnes med i kommunens vedtak når IMDi er enig."),
                _("Ved nei ser dere ikke husstanden lenger."),
            ],
        }

    def do(self, form: AnswerForm) -> tuple[str, str]:
        """Send the answer."""
        typed = form.cleaned_data
        who: dict[str, Any] = {"by": self.viewer, "at": self.at, "version": typed["version"]}
        if typed["answer"] == YES:
            welcome_household(self.group_id, text=typed["text"], **who)
            return self.back_url, _("Svaret er sendt. De leter etter bolig hos dere.")
        decline_household(self.group_id, reason=typed["reason"], text=typed["text"], **who)
        return "self_settlement_requests", _("Svaret er sendt. Mottaket forteller det til husstanden.")


class CheckHomeView(AskedView):
    """Home and contract are seen to."""

    permission = ANSWER
    form_class = CheckForm
    states = ("home_sent", "agreed")
    template_name = "self_settlement/asked/check.html"

    def form_arguments(self) -> dict[str, Any]:
        """The list of the day."""
        return {"day": self.day, "is_agreed": self.is_agreed}

    @property
    def is_agreed(self) -> bool:
        """Whether IMDi has agreed already: looked at again, because the household is another."""
        return self.asked is not None and self.asked.state == "agreed"

    def too_late(self) -> Sequence[str]:
        """After the agreement only where there are others than the home was approved for."""
        if not (reasons := super().too_late()) and self.is_agreed and not approved_for_others(self.request_row):
            return (sentence_for(Refused("home_is_for_them_all")),)
        return reasons

    def context(self) -> dict[str, Any]:
        """The home, and what stands out in it."""
        found = super().context()
        row = found["row"]
        home = row.homes[0] if row is not None and row.homes else None
        if home is not None and self.is_agreed:
            home = home_row(home.home, self.request_row.case.size)
        return found | {
            "home": home,
            "title": _("Vurder bolig og leiekontrakt"),
            "intro": _("Kryss av for det dere har sett på og finner i orden."),
            "submit_label": _("Send til husstanden"),
            "consequences": self.consequences(),
        }

    def consequences(self) -> list[str]:
        """What follows from each answer."""
        if self.is_agreed:
            return [
                _("Husstanden er en annen enn da dere godkjente boligen. De flytter ikke inn før dere har svart."),
                _("Passer boligen, står avtalen, og de regnes med i vedtaket slik de er nå."),
                _("Passer den ikke, leter de videre. Plassene blir ledige, og neste bolig avtales på nytt med IMDi."),
            ]
        return [
            _("Godkjenner dere, har IMDi neste trekk, innen %(day)s.") % {"day": in_words(agree_due(self.day).on)},
            _("Er kontrakten signert allerede, kan den ikke godkjennes før den er endret."),
        ]

    def do(self, form: CheckForm) -> tuple[str, str]:
        """Approve, or say what must change."""
        typed = form.cleaned_data
        who: dict[str, Any] = {"by": self.viewer, "at": self.at, "version": typed["version"]}
        if typed["outcome"] == APPROVE and self.is_agreed:
            confirm_home(self.group_id, seen=form.seen(), **who)
            return self.back_url, _("Registrert. De kan flytte inn.")
        if typed["outcome"] == APPROVE:
            approve_home(self.group_id, seen=form.seen(), **who)
            return self.back_url, _("Godkjent. IMDi ser det, og blir enig med dere.")
        ask_for_change(self.group_id, seen=form.seen(), must_change=typed["must_change"], **who)
        return self.back_url, _("Sendt. Husstanden ser hva som må endres.")


class AgreeView(AskedView):
    """IMDi agrees with the municipality, or does not."""

    permission = AGREE
    form_class = AgreeForm
    states = ("approved",)
    template_name = "self_settlement/asked/check.html"

    def form_arguments(self) -> dict[str, Any]:
        """Whether the home was approved for them as they are."""
        return {"is_for_others": self.others is not None}

    @cached_property
    def others(self) -> SentHome | None:
        """The approved home, where it was approved for others."""
        return approved_for_others(self.asked) if self.asked is not None else None

    def context(self) -> dict[str, Any]:
        """The home that is approved, and what will happen."""
        found = super().context()
        row = found["row"]
        if self.others is not None:
            persons = {"approved": self.others.persons, "now": self.request_row.case.size}
            found["intro"] = sentence_for(Refused("home_is_for_others", params=persons))
        return found | {
            "home": row.homes[0] if row is not None and row.homes else None,
            "title": _("Bli enig med kommunen om avtalt selvbosetting"),
            "submit_label": _("Send svaret"),
            "consequences": [
                _("Kommunen får vite hva husstanden trenger, og plassene i vedtaket er deres."),
                _("De signerer kontrakten, og er bosatt den dagen de flytter inn."),
                _("Reisen dit avtales og dekkes som for andre som bosettes."),
                _("Flytter de ikke likevel, trekkes ønsket, og de står i køen som før."),
                _("Ved nei er ønsket slutt: de står i køen som før, og mottaket forteller dem hvorfor."),
            ],
        }

    def do(self, form: AgreeForm) -> tuple[str, str]:
        """Agree, send the home back, or say that nothing comes of it."""
        typed = form.cleaned_data
        who: dict[str, Any] = {"by": self.viewer, "at": self.at, "version": typed["version"]}
        if typed["answer"] == AGAIN:
            look_at_home_again(self.group_id, **who)
            return self.back_url, _("Sendt. Kommunen ser på boligen på nytt.")
        if typed["answer"] != YES:
            leave_unagreed(self.group_id, text=typed["text"], **who)
            return self.back_url, _("Registrert. De står i køen som før, og mottaket forteller det til husstanden.")
        agree_self_settlement(self.group_id, agreed_with=typed["agreed_with"], **who)
        return self.back_url, _("Avtalt. De kan signere og flytte inn.")
