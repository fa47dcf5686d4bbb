"""A policy in words: what each value is called, what it says, and what differs between two (SET-15)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.policy import NUMBERS, TEXTS, Difference, PartKind, Policy, Unknown
from fotfeste.allocation.domain.types import Service, Strength
from fotfeste.allocation.words import PARTS, SERVICES, STRENGTHS, TENTHS, listed, points, set_name
from fotfeste.kernel.parameters import Parameter, ParameterStatus, Value
from fotfeste.platform import words

THOUSANDTHS_IN_A_PERCENT = 10
TOLD_FIRST = 3
# The parts that speak for a municipality; the others are taken off, or belong to waiting.
FOR_A_PLACE = (
    PartKind.RELATIONS, PartKind.WORK, PartKind.CONTINUITY, PartKind.RESIDENCE, PartKind.SERVICES, PartKind.SPREAD
)  # fmt: skip
LABELS: Mapping[str, str | Promise] = {
    **{f"weight_{kind}": PARTS[kind] for kind in PartKind},
    **{f"tie_{strength}": STRENGTHS[strength] for strength in Strength},
    **{f"wish_{service}": SERVICES[service] for service in Service},
    "tie_near": _("nære som bor i nabokommunen, av det de ellers teller"),
    "match_occupation": _("arbeid i eget yrke"),
    "match_study": _("opplæring som fører fram i eget yrke"),
    "match_regulated": _("arbeid i eget yrke som krever norsk autorisasjon eller godkjenning først"),
    "match_field": _("arbeid eller utdanning i samme fag"),
    "match_not_said": _("kommunen har ikke meldt hva den har av arbeid og utdanning"),
    "continuity_host": _("kommunen der integreringsmottaket ligger"),
    "continuity_border": _("kommune som grenser til den"),
    "continuity_near": _("annen kommune i nærheten"),
    "continuity_near_km": _("så langt regnes som nærheten, i luftlinje"),
    "service_not_said": _("tjeneste som kommunen ikke har meldt noe om, av det den ellers teller"),
    "spread_not_known": _("spredt bosetting, når IMDis anmodning til kommunen ikke er kjent"),
    "urgency_most": _("hvor mye det haster, høyst, når målet er passert"),
    "work_until_age": _("arbeid og utdanning teller for dem som er under"),
    "coming_weeks": _("så mange uker fram holdes plasser av for dem som ventes, høyst ut året"),
    "recent_weeks": _("de som ventes, regnes som husstandene i så mange uker fram til nå"),
    "unknown_counts": _("kommune der det ikke er kjent om den kan dekke et behov"),
    "spread_curve": _("vekter for spredt bosetting som vises ved siden av hverandre"),
    "protected_sets": _("disse skal ikke komme dårligere ut enn ved loddtrekning"),
}
UNKNOWN_COUNTS: Mapping[str, str | Promise] = {
    Unknown.POSSIBLE: _("kan planlegges, med trekk i poeng"),
    Unknown.IMPOSSIBLE: _("planlegges ikke"),
}
STATUSES: Mapping[str, str | Promise] = {
    ParameterStatus.VERIFIED: _("vedtatt"),
    ParameterStatus.SECONDARY: _("fra annen kilde"),
    ParameterStatus.DEMO: _("prøveverdi som ingen har vedtatt"),
}


# How sure all values are, and how sure those are that say nothing else.
ALL_ARE: Mapping[str, str | Promise] = {
    ParameterStatus.VERIFIED: _("Alle verdiene er vedtatt."),
    ParameterStatus.SECONDARY: _("Alle verdiene er hentet fra en annen kilde enn vedtaket."),
    ParameterStatus.DEMO: _("Ingen har vedtatt verdiene. De er prøveverdier."),
}
MOST_ARE: Mapping[str, str | Promise] = {
    ParameterStatus.VERIFIED: _("Verdiene er vedtatt, der det ikke står noe annet."),
    ParameterStatus.SECONDARY: _("Verdiene er hentet fra en annen kilde enn vedtaket, der det ikke står noe annet."),
    ParameterStatus.DEMO: _("Ingen har vedtatt verdiene, der det ikke står noe annet. De er prøveverdier."),
}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value as a page shows it: what it is, what it says, since when, from where, how sure that is; and `note`,
    which of that is not as for the others.
    """

    name: str
    label: str
    value: str
    since_on: date
    source: str
    status: str
    note: str


def common_status(policy: Policy) -> ParameterStatus:
    """How sure most values are."""
    counted = Counter(each.status for each in policy.parameters.values())
    return max(ParameterStatus, key=lambda status: counted[status])


def how_sure(policy: Policy) -> str:
    """How sure the values are, said once for all of them."""
    common = common_status(policy)
    said = ALL_ARE if all(each.status is common for each in policy.parameters.values()) else MOST_ARE
    return str(said[common])


def heaviest(policy: Policy) -> str:
    """The three heaviest reasons for a municipality: `Dette teller mest: bor der fra før (50 poeng), ...`."""
    kinds = sorted(FOR_A_PLACE, key=policy.weight, reverse=True)[:TOLD_FIRST]
    told = [
        gettext("{part} ({points})").format(part=str(PARTS[kind]).lower(), points=points(policy.weight(kind) * TENTHS))
        for kind in kinds
    ]
    return gettext("Dette teller mest: {parts}.").format(parts=listed(told))


def _note(parameter: Parameter, common: ParameterStatus, first_on: date) -> str:
    """What is not as for the others: changed since, or surer or less sure."""
    told = []
    if parameter.status is not common:
        told.append(str(STATUSES[parameter.status]))
    if parameter.effective_from != first_on:
        told.append(gettext("endret fra {day}").format(day=words.day(parameter.effective_from)))
    return words.capital(", ".join(told)) if told else ""


def shown(policy: Policy) -> tuple[ShownValue, ...]:
    """Every value of a policy, in the order in which policies are written."""
    common = common_status(policy)
    first_on = min(each.effective_from for each in policy.parameters.values())
    return tuple(
        ShownValue(
            name=name,
            label=words.capital(LABELS[name]),
            value=value_in_words(name, parameter.value, parameter.unit),
            since_on=parameter.effective_from,
            source=parameter.source,
            status=str(STATUSES[parameter.status]),
            note=_note(parameter, common, first_on),
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
        case "weeks":
            return ngettext("{number} uke", "{number} uker", value).format(number=words.number(value))
        case _:
            return gettext("{number} km").format(number=words.number(value))
