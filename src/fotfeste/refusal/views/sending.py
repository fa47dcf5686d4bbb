"""UDI sends its letters: who gets them and what follows is shown first."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.sending import PURSUES, send_eviction_notice, send_first_letter, send_petition
from fotfeste.refusal.domain.plan import Plan
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import FirstLetterForm, ReceiversForm, WhoseForm
from fotfeste.refusal.queries.rulings import ruling_on
from fotfeste.refusal.views.acting import ForResidentsView
from fotfeste.refusal.words_pages import listed


class LetterView(ForResidentsView):
    """A letter of a kind, to those who can get it today."""

    permission = PURSUES
    form_class: ClassVar[type[ActForm]] = ReceiversForm
    send: ClassVar[Callable[..., Any]]
    sent: ClassVar[Callable[[], str]]

    def too_late(self) -> Sequence[str]:
        """No letter without a ruling of what it says."""
        if told := super().too_late():
            return told
        return () if ruling_on(self.day) else (sentence_for(Refused("ruling_missing")),)

    def initial(self) -> dict[str, Any]:
        """All of them."""
        return super().initial() | (self.all_chosen() if self.found else {})

    def context(self) -> dict[str, Any]:
        """Who gets it, what follows for each, and whom it is not about."""
        after = self.shown.after(self.kinds[0], self.due)
        told = [*self.follows(after), *self._not_to_children()]
        return super().context() | {"consequences": told, "is_severe": self.kinds[0] is Happening.PETITION}

    def follows(self, after: Plan) -> Iterator[str]:
        """What follows, where all who can get it do."""
        raise NotImplementedError

    def _not_to_children(self) -> Iterator[str]:
        children = [self.names[name] for name, _day in self.shown.plan.of_age_on if name in self.names]
        if children:
            yield _("%(names)s er under 18 år: får ikke brev, og beholder pengene.") % {"names": listed(children)}

    def do(self, form: Any) -> tuple[str, str]:
        """Send it."""
        typed = form.cleaned_data
        more = {"stops_on": typed["stops_on"]} if "stops_on" in typed else {}
        type(self).send(self.group_id, self.chosen(form), **more, **self.said(form))
        return self.page_url, type(self).sent()


class FirstLetterView(LetterView):
    """The consequences, the 14 days, the stop of the benefit (step 1)."""

    kinds = (Happening.FIRST_LETTER,)
    form_class = FirstLetterForm
    send = staticmethod(send_first_letter)
    sent = staticmethod(lambda: _("Første brev er sendt. Mottaket ser når, og hver voksen har sin egen frist."))

    def follows(self, after: Plan) -> Iterator[str]:
        """Each one's days."""
        fortnights, stops = dict(after.fortnights), dict(after.benefit_stops)
        for name in self.due:
            yield _(
                "%(name)s får brev på et språk hen leser. Fristen er %(last)s, og pengene stopper fra %(stop)s."
            ) % {
                "name": self.names.get(name, ""),
                "last": in_words(fortnights[name].runs_out_on),
                "stop": in_words(stops[name].start) if name in stops else "",
            }
        yield _("De kan si ja til de har flyttet. Da utbetales pengene igjen fra den dagen.")


class EvictionNoticeView(LetterView):
    """The notice of eviction (step 2)."""

    kinds = (Happening.EVICTION_NOTICE,)
    send = staticmethod(send_eviction_notice)
    sent = staticmethod(lambda: _("Varsel om utkastelse er sendt. Mottaket ser når."))

    def follows(self, after: Plan) -> Iterator[str]:
        """Who is warned, and what comes next."""
        names = listed(self.names.get(name, "") for name in self.due)
        yield _("%(names)s får varsel om utkastelse. Hvert brev er på et språk mottakeren leser.") % {"names": names}
        petition = [each.waiting for each in after.letters if each.letter is Happening.PETITION and each.waiting]
        if petition and all(each.is_open(self.day) for each in petition):
            yield _("Begjæringen kan sendes til namsmannen samme dag.")
        elif petition:
            yield _("Begjæringen må vente til alle voksne i saken har fått varsel.")


class PetitionView(LetterView):
    """The petition, with a notice to the residents (step 3)."""

    kinds = (Happening.PETITION,)
    form_class = WhoseForm
    send = staticmethod(send_petition)
    sent = staticmethod(lambda: _("Begjæringen er sendt til namsmannen, og de voksne er varslet."))

    def follows(self, after: Plan) -> Iterator[str]:
        """Who is written to."""
        names = listed(self.names.get(name, "") for name in self.due)
        yield _("Namsmannen får begjæringen om tvangsfravikelse for %(names)s.") % {"names": names}
        yield _("%(names)s får varsel om begjæringen samme dag.") % {"names": names}
        yield _("Når namsmannen har satt en dag, registrerer UDI den. Mottaket møter for UDI.")
