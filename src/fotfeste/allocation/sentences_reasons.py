"""The reasons of an allocation as sentences for the case worker: what a score, a no and a choice rest on."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import in_tenths
from fotfeste.allocation.words import RESOURCES, SERVICES, STRENGTHS, points, set_name
from fotfeste.kernel.decisions import Reason
from fotfeste.platform import words
from fotfeste.settlement.public import DECLINED, capability_name, declined_sentence, work_name

type Sentences = Mapping[str, str | Promise]

REASONS: Sentences = {
    # What is possible
    "nothing_special_needed": _("Husstanden trenger ikke noe særskilt."),
    "capability_offered": _("Kommunen har meldt at den har {capability}."),
    "capability_not_offered": _("Kommunen har ikke {capability}."),
    "capability_not_said": _("Kommunen har ikke meldt om den har {capability}. Spør kommunen."),
    "council_not_decided": _("Kommunestyrets vedtak er ikke kjent. Spør kommunen."),
    "minors_not_decided": _("Det er ikke kjent hvor mange enslige mindreårige kommunen tar imot. Spør kommunen."),
    "room": _("{resource_capital}: trenger {used}, {left} igjen."),
    "no_room": _("For få {resource}: trenger {used}, {left} igjen."),
    "kept_for_centre": _(
        "{kept} plasser er holdt av for integreringsmottak. Trenger {used}, {left} igjen til denne husstanden."
    ),
    "week_is_full": _(
        "Kommunen tar imot høyst {most} i en uke, og {planned} er lovet eller spurt om for denne uken, eller for en "
        "uke som ikke er bestemt."
    ),
    "week_is_filled": _("Kommunen tar imot høyst {most} i en uke, og husstanden får ikke plass i denne uken."),
    "declined_before": _("Kommunen har allerede svart nei for denne husstanden."),
    "closed_this_time": _("Kommunen er holdt utenfor denne planen."),
    "forbidden_by_hand": _("En saksbehandler har bestemt at husstanden ikke skal hit."),
    "pinned_elsewhere": _("En saksbehandler har bestemt at husstanden skal til {place}."),
    # Close relations
    "tie_there": _("Noen nære bor i kommunen ({strength})."),
    "tie_next_door": _("Noen nære bor i nabokommunen {place} ({strength})."),
    # Work and education
    "work_in_occupation": _("Kommunen har meldt arbeid som {occupation}."),
    "work_asks_authorisation": _(
        "Kommunen har meldt arbeid som {occupation}. Yrket krever norsk autorisasjon eller godkjenning først."
    ),
    "study_for_occupation": _("Kommunen har meldt opplæring som fører fram til arbeid som {occupation}."),
    "work_after_education": _("Kommunen har meldt arbeid som {occupation}, som utdanningen leder fram mot."),
    "work_in_field": _("Kommunen har meldt arbeid innen {field}."),
    "study_in_field": _("Kommunen har meldt utdanning innen {field}."),
    "offers_not_said": _("Kommunen har ikke meldt hva den har av arbeid og utdanning."),
    "no_offer_for_occupation": _("Kommunen har ikke meldt noe for en {occupation}."),
    "no_offer_in_field": _("Kommunen har ikke meldt noe innen {field}."),
    "background_not_known": _("Yrke eller utdanning er ikke kjent."),
    # Continuity and residence
    "host_municipality": _("Integreringsmottaket ligger her, så programmet går videre uten avbrudd."),
    "borders_on_host": _("Grenser til {host}, der integreringsmottaket ligger."),
    "near_host": _("{km} km i luftlinje fra {host}, der integreringsmottaket ligger."),
    "far_from_host": _("Langt fra {host}, der integreringsmottaket ligger."),
    "lives_there": _("Bor i kommunen fra før, på alternativ mottaksplass."),
    "lives_elsewhere": _("Bor i {place} nå, på alternativ mottaksplass, og måtte ha flyttet."),
    # Services
    "service_there": _("Kommunen har {service}."),
    "service_missing": _("Kommunen har ikke {service}."),
    "service_not_said": _("Kommunen har ikke meldt om den har {service}."),
    # Dispersed, fast
    "share_of_request": _(
        "Kommunen har tatt imot, sagt ja til eller er spurt om {taken} av de {requested} den er bedt om."
    ),
    "request_not_known": _("Det er ikke kjent hvor mange kommunen er bedt om å bosette."),
    "goal_ahead": _("Har ventet {days} dager. Målet er bosetting innen {goal_on}."),
    "goal_passed": _("Har ventet {days} dager. Målet var bosetting innen {goal_on}."),
    # What the choice came of
    "best_of_all": _("Ingen av de {possible} mulige kommunene passer bedre."),
    "best_that_was_left": _("Passer best av det som var ledig. {better} av {possible} mulige kommuner passer bedre."),
    "pin_not_possible": _("En saksbehandler har festet husstanden til {place}, men det er ikke mulig i denne planen."),
    "pin_without_room": _(
        "En saksbehandler har festet husstanden til {place}, men plassene der holder ikke til alle som er festet dit."
    ),
    "pinned_here": _("En saksbehandler har festet husstanden til kommunen."),
    "unpinned_better": _("Uten dette ville {place} passet bedre, med {points} mer per person."),
    "unpinned_cheaper": _(
        "Uten dette kunne de fått {place}, med {points} mindre per person, og latt andre få de knappe plassene her."
    ),
    "unpinned_alike": _("Uten dette kunne de fått {place}, som passer omtrent like godt."),
    "unpinned_same": _("Kommunen er den som passer best også uten dette."),
    "unpinned_placed": _("Uten dette kunne de fått {place}, med {points} per person."),
    "unpinned_waits": _("Uten dette ville de ventet til en senere uke."),
    "only_possible": _("Den eneste mulige kommunen."),
    "nothing_possible": _("Ingen kommune er mulig nå."),
    "better_later": _("Ingen ledig kommune passer godt nok denne uken. Det er bedre å vente."),
    "no_place_left": _("Plassene i de {possible} mulige kommunene gikk til andre."),
    "held_for_expected": _("Plassene i kommunene som passer, er holdt av for dem som ventes senere i år."),
    "place_will_be_scarce": _(
        "Plassene her blir knappe: en plass er verdt {points} per person for husstander som ventes senere i år."
    ),
    "place_is_scarce": _("Plassene her er knappe: en plass er verdt {points} per person for andre husstander."),
    "wanted_by_others": _(
        "Plassene der er knappe: en plass er verdt {price} per person for andre husstander. "
        "Kommunen måtte ha passet {short} bedre, eller hatt flere plasser."
    ),
    "kept_for_expected": _(
        "Plassene er holdt av for dem som ventes senere i år: en plass er verdt {price} per person for dem. "
        "Kommunen måtte ha passet {short} bedre, eller hatt flere plasser."
    ),
    "filled_otherwise": _("Plassene går til andre husstander i planen."),
    "equal": _("Passer like godt."),
    # Fair
    "set_below_the_draw": _("Dårligere ut enn ved loddtrekning: {set}, {points} per person mot {drawn}."),
    "small_set_below_the_draw": _("Dårligere ut enn ved loddtrekning: {set}. De er for få til at tallene vises."),
}
# Plans kept how many others they sent to a municipality until they did not; it is not told.
REASONS_KEPT_BEFORE: Mapping[str, str] = {"share_of_request_planned": "share_of_request"}
# Where a municipality has less of something, and its own part says nothing about it.
NOTHING_OF: Sentences = {
    PartKind.RELATIONS: _("Ingen nære bor der eller i nabokommunene."),
}
_IN_POINTS = frozenset({"points", "price", "short", "drawn"})


def reason_sentence(reason: Reason, names: Mapping[str, str]) -> str:
    """A reason as a sentence in the viewer's language. `names`: of municipalities, by number."""
    if reason.code in DECLINED:
        return declined_sentence(reason)
    shown = {name: _shown(name, value, names) for name, value in reason.fields.items()}
    if "kind" in reason.fields:
        shown["set"] = set_name(str(reason.fields["kind"]), str(reason.fields["value"]))
    if "resource" in shown:
        shown["resource_capital"] = words.capital(shown["resource"])
    return str(REASONS[REASONS_KEPT_BEFORE.get(reason.code, reason.code)]).format(**shown)


def _shown(name: str, value: object, names: Mapping[str, str]) -> str:
    if name in _BY_NAME:
        return str(_BY_NAME[name][str(value)])
    if name in ("place", "host"):
        return names.get(str(value), str(value))
    if isinstance(value, int):
        return points(in_tenths([value])[0]) if name in _IN_POINTS else words.number(value)
    if name in _CALLED:
        return _CALLED[name](str(value))
    return words.day(value) if isinstance(value, date) else str(value)


_BY_NAME: Mapping[str, Mapping[str, str | Promise]] = {
    "resource": RESOURCES,
    "service": SERVICES,
    "strength": STRENGTHS,
}
_CALLED = {"capability": capability_name, "field": work_name, "occupation": work_name}
