"""A what-if in words: what is asked to be otherwise, how it stands, and what it came to."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.question import ALL, Question
from fotfeste.allocation.queries.what_ifs import Answer
from fotfeste.allocation.words import TENTHS, points
from fotfeste.allocation.words_policy import LABELS, value_in_words
from fotfeste.allocation.words_weighing import percent_of
from fotfeste.platform.words import capital, number

WHAT_IF_STATES: Mapping[str, str | Promise] = {
    "computing": _("beregnes"),
    "answered": _("besvart"),
    "stopped": _("avbrutt"),
    "failed": _("ikke beregnet"),
}
WHAT_IF_TONES: Mapping[str, str] = {
    "computing": "info",
    "answered": "success",
    "stopped": "neutral",
    "failed": "warning",
}
WHAT_IF_NEXT: Mapping[str, str | Promise] = {
    "computing": _("Ingen. Svaret beregnes, og du kan gå fra siden så lenge."),
    "answered": _("Ingen. Svaret blir stående."),
    "stopped": _("Du kan spørre på nytt."),
    "failed": _("Du kan spørre på nytt."),
}
WHAT_IF_STEPS: Mapping[str, str | Promise] = {
    "": _("Venter på tur"),
    "reading": _("Leser køen, dem som ventes, og plassene som er igjen"),
    "solving": _("Fordeler resten av året"),
}


def otherwise(question: Question, policy: Policy, names: Mapping[str, str]) -> Iterator[str]:
    """What is to be otherwise, a phrase for each. `policy` gives the units, `names` the municipalities by number."""
    for name, value in question.values.items():
        said = value_in_words(name, value, policy.parameters[name].unit)
        yield gettext("%(what)s: %(value)s") % {"what": capital(LABELS[name]), "value": said}
    if question.arrivals_percent != ALL:
        yield gettext("%(percent)s prosent av dem som ventes") % {"percent": number(question.arrivals_percent)}
    if question.places_percent != ALL:
        yield gettext("%(percent)s prosent av plassene som er igjen") % {"percent": number(question.places_percent)}
    if question.closed:
        yield gettext("%(place)s tar ikke imot noen") % {"place": names.get(question.closed, question.closed)}


def in_short(question: Question, policy: Policy, names: Mapping[str, str]) -> Iterator[str]:
    """The same, for a title."""
    for name, value in question.values.items():
        said = value_in_words(name, value, policy.parameters[name].unit)
        yield gettext("%(what)s %(value)s") % {"what": LABELS[name], "value": said}
    if question.arrivals_percent != ALL:
        yield gettext("%(percent)s %% kommer") % {"percent": number(question.arrivals_percent)}
    if question.places_percent != ALL:
        yield gettext("%(percent)s %% av plassene") % {"percent": number(question.places_percent)}
    if question.closed:
        yield gettext("uten %(place)s") % {"place": names.get(question.closed, question.closed)}


def in_points(amount: float) -> str:
    """Points with one decimal."""
    return points(round(amount * TENTHS))


def lines_of(answer: Answer) -> Sequence[tuple[str, str]]:
    """What a what-if came to, in words and numbers: on its own page and beside another."""
    outcome, whole = answer.outcome, answer.what_if
    of = gettext("%(some)s av %(all)s")
    placed = {"some": number(outcome.placed_persons), "all": number(outcome.persons)}
    groups = {"some": number(outcome.placed_groups), "all": number(outcome.groups)}
    return [
        (gettext("Personer som får plass"), of % placed),
        (gettext("Husstander som får plass"), of % groups),
        (gettext("Personer uten plass når året er slutt"), number(answer.persons_left)),
        (gettext("Plasser som står tomme da"), number(answer.places_left)),
        (gettext("Poeng per person, slik det er veid her"), in_points(outcome.points)),
        (gettext("Poeng per person, med prioriteringen da det ble spurt"), in_points(whole.points_today or 0.0)),
        (gettext("Kommuner som tar imot noen"), number(outcome.used)),
        (gettext("Kommuner som blir fulle"), number(len(outcome.full))),
        (
            gettext("Avstand fra lik andel av anmodningen"),
            gettext("%(percent)s prosent") % {"percent": percent_of(outcome.unevenness)},
        ),
        (
            gettext("Så langt kan svaret høyst være fra det beste"),
            gettext("%(percent)s prosent") % {"percent": number(answer.missed)},
        ),
    ]


def in_a_sentence(answer: Answer) -> str:
    """The answer first: who gets a place, and how far from the best it can be."""
    outcome = answer.outcome
    said = gettext("%(placed)s av %(persons)s personer får plass før året er slutt.") % {
        "placed": number(outcome.placed_persons),
        "persons": number(outcome.persons),
    }
    if not answer.missed:
        return f"{said} {gettext('Ingen annen fordeling er bedre.')}"
    best = gettext("Ingen fordeling kan være mer enn %(percent)s prosent bedre.")
    return f"{said} {best % {'percent': number(answer.missed)}}"


def more_in_a_sentence(before: Answer, after: Answer) -> str:
    """How many more or fewer get a place in the second."""
    more = after.outcome.placed_persons - before.outcome.placed_persons
    if not more:
        return gettext("Like mange personer får plass.")
    said = (
        ngettext("%(many)s person flere får plass.", "%(many)s personer flere får plass.", more)
        if more > 0
        else ngettext("%(many)s person færre får plass.", "%(many)s personer færre får plass.", -more)
    )
    return said % {"many": number(abs(more))}
