"""A request and its homes as lines of words, for panel and pages."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.platform.sentences import filled
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.self_settlement.domain.empty_rent import empty_rent_findings
from fotfeste.self_settlement.domain.home import findings
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.queries.homes import contract_of, empty_days_of, persons_of, published_then
from fotfeste.self_settlement.sentences_asked import ASKED_REASONS
from fotfeste.self_settlement.words import (
    CHECKS,
    DEPOSIT_BY,
    EMPTY_RENT_BY,
    END_CAUSES,
    HOME_OUTCOMES,
    HOME_TONES,
    NO_REASONS,
    STATES,
    TONES,
    WHY_THERE,
)
from fotfeste.self_settlement.words_terms import own_texts


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One home that was sent, with what stands out in it."""

    home: SentHome
    outcome: str
    tone: str
    facts: tuple[tuple[str, str], ...]
    stands_out: tuple[str, ...]
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One request with its words, and its homes, the newest first."""

    request: SelfSettlement
    municipality: str
    state: str
    tone: str
    why_there: str
    answer: str
    ended: str
    published: str
    homes: tuple[HomeRow, ...]


def asked_row(request: SelfSettlement) -> AskedRow:
    """The words of a request whose organisation and homes are fetched. Raises NoRule."""
    return AskedRow(
        request=request,
        municipality=request.organisation.name,
        state=str(STATES[request.state]),
        tone=TONES[request.state],
        why_there=", ".join(str(WHY_THERE[each]) for each in request.why_there),
        answer=str(NO_REASONS[request.no_reason]) if request.no_reason else "",
        ended=str(END_CAUSES[request.end_cause]) if request.end_cause else "",
        published=published_words(request.was_allowed),
        homes=tuple(
            home_row(home, persons_of(home, request)) for home in sorted(request.homes.all(), key=lambda each: -each.pk)
        ),
    )


def published_words(was_allowed: bool | None) -> str:
    """What the municipality had said in public when it was asked."""
    if was_allowed is None:
        return _("hadde ikke sagt noe om avtalt selvbosetting")
    return _("tillot det") if was_allowed else _("tillot det ikke")


def home_row(home: SentHome, persons: int) -> HomeRow:
    """A home in words, for so many of the household. Raises NoRule."""
    return HomeRow(
        home=home,
        outcome=str(HOME_OUTCOMES[home.outcome]),
        tone=HOME_TONES[home.outcome],
        facts=home_facts(home, persons),
        stands_out=tuple(
            filled(str(ASKED_REASONS[each.code]), each.fields)
            for each in (
                *findings(replace(contract_of(home), persons=persons), home.sent_on),
                *empty_rent_findings(empty_days_of(home), home.rent_ore, published_then(home)),
            )
        ),
        seen=tuple(str(words) for code, words in CHECKS.items() if code in home.checks),
    )


def home_facts(home: SentHome, persons: int) -> tuple[tuple[str, str], ...]:
    """What is told of a home and its contract."""
    size = ngettext("%(many)d rom", "%(many)d rom", home.rooms) % {"many": home.rooms}
    if home.square_metres:
        size += ", " + _("%(many)d kvadratmeter") % {"many": home.square_metres}
    people = ngettext("%(many)d person", "%(many)d personer", persons) % {"many": persons}
    if home.others:
        people += ", " + ngettext("og %(many)d annen bor der", "og %(many)d andre bor der", home.others) % {
            "many": home.others
        }
    deposit = str(DEPOSIT_BY[home.deposit_by])
    if home.deposit_ore:
        deposit = f"{kroner(home.deposit_ore)}. {deposit}"
    return (
        (_("Adresse"), f"{home.street}, {home.postal_code}"),
        (_("Utleier"), f"{home.landlord_name}, {home.landlord_contact}"),
        (_("Størrelse"), size),
        (_("Hvem skal bo der"), people),
        (_("Husleie i måneden"), kroner(home.rent_ore)),
        (_("Depositum"), deposit),
        (_("Oppsigelsestid"), _months(home.notice_months)),
        (_("Leietid"), _months(home.length_months) if home.length_months else _("til noen sier opp")),
        (_("Leien begynner"), in_words(home.starts_on)),
        (_("Mens boligen står tom"), _empty_rent(home)),
        (_("Signert"), _("ja") if home.is_signed else _("nei")),
    )


def _empty_rent(home: SentHome) -> str:
    """Who pays how much for which days, and what the municipality had published of it."""
    days = empty_days_of(home)
    if days is None:
        return _("ingen betaler for tomme dager")
    words = _("%(who)s %(amount)s, fra og med %(first)s til og med %(last)s.") % {
        "who": EMPTY_RENT_BY[days.paid_by],
        "amount": kroner(days.amount_ore),
        "first": in_words(days.from_on),
        "last": in_words(days.until_on - timedelta(days=1)),
    }
    said = published_then(home)
    return (
        words
        if said is None
        else words + " " + _("Kommunens vilkår: %(said)s.") % {"said": own_texts()["empty_rent"][said]}
    )


def _months(many: int) -> str:
    return ngettext("%(many)d måned", "%(many)d måneder", many) % {"many": many}
