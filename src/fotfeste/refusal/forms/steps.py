"""The forms of the acts of a refusal."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.refusal.words_pages import INTERPRETERS
from fotfeste.registry.public import MistakeForm, languages

NO_HEALTH = _("Skriv ikke om helse eller andre følsomme forhold.")


class SureForm(ActForm):
    """Nothing to fill in: what follows is read, and confirmed."""


class DeadlineForm(ActForm):
    """IMDi's last day to move."""

    deadline_on = DayField(
        label=_("Siste dag for å flytte"),
        help_text=_("Skriv datoen som dag.måned.år."),
        error_messages={"required": _("Velg en dag.")},
    )


class WhyForm(ActForm):
    """Why something is done."""

    text = FreeText(label=_("Hvorfor?"), rows=4, help_text=NO_HEALTH, error_messages={"required": _("Skriv hvorfor.")})


class CloseForm(WhyForm):
    """What became of it."""

    text = FreeText(
        label=_("Hva skjedde?"),
        rows=4,
        help_text=NO_HEALTH,
        error_messages={"required": _("Skriv hva som skjedde.")},
    )


class ExtendForm(WhyForm):
    """Until when, and why."""

    until_on = DayField(label=_("Ny siste dag"), error_messages={"required": _("Velg en dag.")})
    field_order = ("version", "opened", "until_on", "text")


class WhoseForm(ActForm):
    """Whom it is about: those for whom it can be done now."""

    residents = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg hvem det gjelder.")},
    )

    asks: ClassVar[str | Promise] = _("Hvem gjelder det?")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`people`: each with the name, by public reference."""
        super().__init__(*args, **kwargs)
        self.let_choose("residents", people)
        self.fields["residents"].label = str(self.asks)


class ReceiversForm(WhoseForm):
    """Who gets a letter."""

    asks = _("Hvem får brevet?")


class FirstLetterForm(ReceiversForm):
    """To whom, and from when the benefit stops where that is later than by the rule."""

    stops_on = DayField(
        label=_("Basisutbetalingen stopper fra"),
        required=False,
        help_text=_("Bare når den skal stoppe senere enn dagen etter de 14 dagene. Senest tre måneder etter brevet."),
    )


class MinorsForm(WhoseForm):
    """What is done of whom."""

    asks = _("For hvem?")
    kind = forms.ChoiceField(
        label=_("Hva gjør dere?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere gjør.")},
    )
    text = FreeText(label=_("Merknad"), rows=3, required=False, help_text=NO_HEALTH)
    field_order = ("version", "opened", "kind", "residents", "text")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`kinds`: what can be done now, in words by code."""
        super().__init__(*args, **kwargs)
        self.let_choose("kind", kinds)


class EvictionDayForm(ActForm):
    """The day that the enforcement officer has set."""

    day = DayField(
        label=_("Dagen for utkastelsen"),
        help_text=_("Senest et år fram."),
        error_messages={"required": _("Velg en dag.")},
    )
    text = FreeText(label=_("Merknad"), rows=3, required=False, help_text=NO_HEALTH)


class ExtendFortnightForm(WhoseForm):
    """Whose 14 days, until when, and why."""

    until_on = DayField(label=_("Ny siste dag"), error_messages={"required": _("Velg en dag.")})
    text = FreeText(label=_("Hvorfor?"), rows=4, help_text=NO_HEALTH, error_messages={"required": _("Skriv hvorfor.")})


class TalkForm(WhoseForm):
    """A preventive talk: with whom, when, in what language, with an interpreter or not, what was explained."""

    asks = _("Hvem snakket dere med?")
    held_on = DayField(label=_("Når var samtalen?"), error_messages={"required": _("Velg en dag.")})
    language = forms.ChoiceField(
        label=_("På hvilket språk?"), choices=languages, error_messages={"required": _("Velg språk.")}
    )
    interpreter = forms.ChoiceField(
        label=_("Var det tolk?"),
        choices=[(str(code), words) for code, words in INTERPRETERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om det var tolk.")},
    )
    text = FreeText(
        label=_("Hva ble forklart?"),
        rows=4,
        help_text=_("Hva de mister, hva de beholder, og hva de spurte om. Skriv ikke om helse."),
        error_messages={"required": _("Skriv hva som ble forklart.")},
    )


class TakeBackEventForm(MistakeForm):
    """What was registered by mistake, and what was wrong with it."""

    event = forms.ChoiceField(
        label=_("Hva vil du ta tilbake?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som er registrert feil.")},
    )
    field_order = ("version", "opened", "event", "reason", "text")

    def __init__(self, *args: Any, events: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`events`: what can be taken back, in words by key."""
        super().__init__(*args, **kwargs)
        self.let_choose("event", events)


class AcceptForm(WhoseForm):
    """Who says yes after all, and when."""

    asks = _("Hvem sier ja?")
    accepted_on = DayField(label=_("Hvilken dag sa de ja?"), error_messages={"required": _("Velg en dag.")})
    text = FreeText(label=_("Merknad"), rows=3, required=False, help_text=NO_HEALTH)

    def __init__(self, *args: Any, are_children_chosen: bool, **kwargs: Any) -> None:
        """`are_children_chosen`: some are ticked from the start, and it is said why."""
        super().__init__(*args, **kwargs)
        if are_children_chosen:
            self.fields["residents"].help_text = _(
                "Barna er krysset av: De følger med den som sier ja. Ta bort krysset for et barn som blir hos en voksen"
                " som fortsatt sier nei."
            )
