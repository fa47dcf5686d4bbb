"""The forms that ask why: a reason from a list, and words beside it where it is another."""

from django.utils import translation

from fotfeste.platform.forms import ReasonForm
from fotfeste.registry.public import MistakeForm
from fotfeste.settlement.forms.withdrawal import CloseCaseForm, WithdrawOfferForm


def shown(kind: type[ReasonForm]) -> tuple[str, str, str]:
    """What is asked, what the other reason is called, and when words are needed."""
    form = kind({})
    reason = form.fields["reason"]
    called = dict(reason.choices)["other"]  # type: ignore[attr-defined]
    return str(reason.label), called, str(form.fields["text"].help_text).split(".")[0]


def test_each_form_asks_in_its_own_words_and_says_which_reason_needs_more() -> None:
    assert shown(MistakeForm) == (
        "Hva var feil?",
        "Noe annet var feil",
        "Må fylles ut når du velger «noe annet var feil»",
    )
    assert shown(CloseCaseForm) == ("Hvorfor?", "En annen grunn", "Må fylles ut når du velger «en annen grunn»")
    with translation.override("en"):
        assert shown(WithdrawOfferForm)[2] == "Must be filled in when you choose “another reason”"


def test_a_reason_that_is_not_chosen_is_missed_in_the_words_of_the_rule() -> None:
    missed = [kind({}).errors["reason"] for kind in (MistakeForm, CloseCaseForm, WithdrawOfferForm)]
    assert missed == [
        ["Velg hva som var feil."],
        ["Velg hvorfor saken avsluttes."],
        ["Velg hvorfor tilbudet trekkes tilbake."],
    ]
