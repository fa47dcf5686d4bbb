"""A policy in words: what each value is called, what it says, and what differs between two (SET-15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.policy import NUMBERS, TEXTS, Difference, PartKind, Policy, Unknown
from fotfeste.allocation.domain.types import Service, Strength
from fotfeste.allocation.words import PARTS, SERVICES, STRENGTHS, TENTHS, listed, points, set_name
from fotfeste.kernel.parameters import ParameterStatus, Value
from fotfeste.platform import words

THOUSANDTHS_IN_A_PERCENT = 10
LABELS: Mapping[str, str | Promise] = {
    **{f"weight_{kind}": PARTS[kind] for kind in PartKind},
    **{f"tie_{strength}": STRENGTHS[strength] for strength in Strength},
    **{f"wish_{service}": SERVICES[service] for service in Service},
    "tie_near": _("av det, når de bor i nabokommunen"),
    "match_occupation": _("arbeid i eget yrke"),
    "match_study": _("opplæring som fører fram i eget yrke"),
    "match_regulated": _("arbeid i eget yrke som krever norsk autorisasjon eller godkjenning først"),
    "match_field": _("arbeid eller utdanning i samme fag"),
    "match_not_said": _("kommunen har ikke meldt hva den har av arbeid og utdanning"),
    "continuity_host": _("kommunen der integreringsmottaket ligger"),
    "continuity_border": _("kommune som grenser til den"),
    "continuity_near": _("annen kommune i nærheten"),
    "continuity_near_km": _("så langt regnes som nærheten, i luftlinje"),
    "service_not_said": _("av det, når kommunen ikke har meldt om den har tjenesten"),
    "spread_not_known": _("det er ikke kjent hvor mange kommunen er bedt om"),
    "urgency_most": _("så mye øker det høyst når målet er passert"),
    "work_until_age": _("arbeid og utdanning teller for dem som er under"),
    "unknown_counts": _("når det ikke er kjent om kommunen kan dekke et behov"),
    "spread_curve": _("vekter for spredt bosetting som vises ved siden av hverandre"),
    "protected_sets": _("disse skal ikke komme dårligere ut enn ved loddtrekning"),
}
UNKNOWN_COUNTS: Mapping[str, str | Promise] = {
    Unknown.POSSIBLE: _("kan planlegges, med trekk i poeng"),
    Unknown.IMPOSSIBLE: _("planlegges ikke"),
}
STATUSES: Mapping[str, str | Promise] = {
    ParameterStatus.VERIFIED: _("bekreftet"),
    ParameterStatus.SECONDARY: _("fra annen kilde"),
    ParameterStatus.DEMO: _("prøveverdi som ingen har vedtatt"),
}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value as a page shows it: what it is, what it says, since when, from where, and how sure that is."""

    name: str
    label: str
    value: str
    since_on: date
    source: str
    status: str


def shown(policy: Policy) -> tuple[ShownValue, ...]:
    """Every value of a policy, in the order in which policies are written."""
    return tuple(
        ShownValue(
            name=name,
            label=words.capital(LABELS[name]),
            value=value_in_words(name, parameter.value, parameter.unit),
            since_on=parameter.effective_from,
            source=parameter.source,
            status=str(STATUSES[parameter.status]),
        )
        for name, parameter in ((name, policy.parameters[name]) for name in (*NUMBERS, *TEXTS))
    )


def difference_sentence(difference: Difference) -> str:
    """What a change changes: `Arbeid og utdanning: 30 poeng (før: 25 poeng).`"""
    return gettext("{label}: {after} (før: {before}).").format(
        label=words.capital(LABELS[difference.name]),
        before=value_in_words(difference.name, difference.before, difference.unit),
        after=value_in_words(difference.name, difference.after, difference.unit),
    )


def value_in_words(name: str, value: Value, unit: str) -> str:
    """A value with its unit. Raises KeyError for a choice that is none."""
    if isinstance(value, int):
        return _number(value, unit)
    if name == "unknown_counts":
        return str(UNKNOWN_COUNTS[str(value)])
    if name == "spread_curve":
        return listed([points(int(each) * TENTHS) for each in str(value).split()])
    return listed([set_name(*each.split(":")) for each in str(value).split()]) or gettext("ingen")


def _number(value: int, unit: str) -> str:
    match unit:
        case "points":
            return points(value * TENTHS)
        case "thousandths":
            percent, rest = divmod(value, THOUSANDTHS_IN_A_PERCENT)
            shown_percent = words.number(value / THOUSANDTHS_IN_A_PERCENT if rest else percent)
            return gettext("{number} prosent").format(number=shown_percent)
        case "years":
            return gettext("{number} år").format(number=words.number(value))
        case _:
            return gettext("{number} km").format(number=words.number(value))
