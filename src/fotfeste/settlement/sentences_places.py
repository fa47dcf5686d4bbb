"""The sentences of what a municipality has room for: refusals of rules and of the database (SET-10, SET-11)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.directory.reference.work import known_work
from fotfeste.platform import words
from fotfeste.settlement.domain.types import LocalOfferKind, PlaceKind

PLACE_KINDS: Mapping[PlaceKind, str | Promise] = {
    PlaceKind.MINORS: _("plasser for enslige mindreårige"),
    PlaceKind.ADAPTED_HOMES: _("tilrettelagte boliger"),
    PlaceKind.SCHOOL_PLACES: _("plasser i grunnskolen"),
    PlaceKind.KINDERGARTEN_PLACES: _("plasser i barnehage"),
}
LOCAL_OFFERS: Mapping[LocalOfferKind, str | Promise] = {
    LocalOfferKind.EDUCATION: _("utdanning og opplæring"),
    LocalOfferKind.WORK: _("arbeid det trengs folk til"),
}
PLACE_SENTENCES: Mapping[str, str | Promise] = {
    "places_are_taken": _(
        "Kommunestyrets vedtak har ikke plass til dem: plassene er brukt, lovet bort eller holdt av for andre. "
        "Kommunen kan registrere et høyere vedtak, eller IMDi kan spørre en annen kommune."
    ),
    "minors_places_are_taken": _(
        "Plassene som er vedtatt for enslige mindreårige, er brukt, lovet bort eller holdt av for andre. "
        "Kommunen kan registrere et høyere vedtak, eller IMDi kan spørre en annen kommune."
    ),
    "decision_below_use": _(
        "Flere plasser enn dette er allerede brukt, lovet bort eller holdt av. "
        "Svar på forespørslene først, eller be IMDi løse kommunen fra noe den har lovet."
    ),
    "decision_below_minors": _(
        "Flere plasser for enslige mindreårige enn dette er allerede brukt, lovet bort eller holdt av. "
        "Svar på forespørslene først, eller be IMDi løse kommunen fra noe den har lovet."
    ),
    "resource_is_taken": _(
        "Kommunen har ikke nok igjen av det husstanden trenger: boligene eller plassene er lovet bort eller holdt av "
        "for andre. Kommunen kan melde flere, eller IMDi kan spørre en annen kommune."
    ),
    "resource_below_use": _(
        "Flere enn dette er allerede lovet bort eller holdt av. "
        "Svar på forespørslene først, eller be IMDi løse kommunen fra noe den har lovet."
    ),
    "occupation_not_in_list": _("Velg fag og yrker fra lista."),
    "one_open_local_offer": _("En kollega har meldt det samme. Last siden på nytt."),
    "one_open_resource": _("En kollega har meldt det samme. Last siden på nytt."),
    "resource_is_a_number": _("Skriv antallet med tall. Det kan ikke være under null."),
    "reservation_beyond_decision": _("Kommunestyrets vedtak har ikke så mange ledige plasser å holde av."),
    "week_is_full": _("Da kommer det flere enn kommunen tar imot i en uke. Velg en annen uke."),
    "wanted_week_is_full": _(
        "Kommunen tar imot høyst {most} i en uke, og {planned} er lovet eller spurt om for uke {week}, eller for en "
        "uke som ikke er bestemt. La uken stå tom, velg en uke med plass, eller skriv hvorfor dere ber om denne "
        "likevel."
    ),
    "figure_of_another_time": _("Se om årstallet er riktig: {year} er for langt fra i dag."),
    "figure_source_missing": _("Skriv hvor vedtaket står, for eksempel saksnummeret."),
    "figure_is_a_number_of_persons": _("Skriv antallet med tall. Det kan ikke være under null."),
    "minors_are_among_the_persons": _("De enslige mindreårige er med i tallet på alle, og kan ikke være flere."),
    "not_a_number_of_persons": _("Skriv et antall mellom {least} og {most}."),
    "decided_in_the_future": _("Dagen er ikke kommet ennå. Registrer vedtaket når det er gjort."),
    "one_figure_of_a_kind_per_year": _("En kollega har registrert det samme. Last siden på nytt."),
    "one_open_week_limit": _("En kollega har meldt det samme. Last siden på nytt."),
    "week_limit_lets_somebody_come": _(
        "Grensen må være minst én person. La feltet stå tomt når det ikke er noen grense."
    ),
    "one_reservation_per_centre_and_year": _("En kollega har holdt av plasser for mottaket. Last siden på nytt."),
    "reservation_is_a_number_of_persons": _("Skriv antallet med tall. Det kan ikke være under null."),
    "not_an_integration_centre": _("Velg et integreringsmottak som er i drift."),
    "not_near_the_centre": _("Plasser holdes av i mottakets vertskommune og i kommunene som grenser til den."),
}


def work_name(code: str) -> str:
    """What a field or an occupation is called; the code itself where the list has lost it."""
    entry = known_work().entry(code)
    return code if entry is None else entry.name(words.language())
