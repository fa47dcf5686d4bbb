"""The sentences of refusals, by code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    # Plans
    "one_plan_is_computed": _("En plan beregnes nå. Vent til den er ferdig, eller avbryt den."),
    "nobody_to_plan": _("Ingen husstander venter i køen nå. Det er ingenting å planlegge."),
    "plan_not_computed": _(
        "Planen kunne ikke lages med prioriteringen som gjelder. Se over den, og lag planen på nytt."
    ),
    "plan_is_kept": _("En plan blir stående slik den ble beregnet. Lag en ny."),
    "nothing_to_send": _("Velg minst én husstand som ikke er sendt."),
    "sent_already": _("Noen andre har sendt forespørselen."),
    "too_many_to_send": _("Velg høyst {most} husstander om gangen."),
    # What-ifs
    "what_if_is_asked_once": _("Det samme beregnes allerede nå. Vent til svaret er klart."),
    "what_if_percent_wrong": _("Skriv et helt tall fra 0 til {most}."),
    "what_if_per_cents": _("Skriv hele tall fra 0 til 300 for hvor mange som kommer, og hvor mange plasser det er."),
    "what_if_is_kept": _("Et svar blir stående slik det ble beregnet. Spør på nytt."),
    # Steering
    "pin_not_possible": _("{place} er ikke mulig for husstanden. Velg en annen kommune."),
    "pin_not_possible_because": _("{place} er ikke mulig for husstanden. {why}"),
    "pinned_there": _("Husstanden er festet til kommunen. Ta bort det først."),
    "not_in_the_queue": _("Husstanden er ikke i køen lenger. Det er ingenting å styre."),
    "steered_once": _("Det er allerede bestemt noe for husstanden og denne kommunen. Ta bort det først."),
    "one_pin_for_each": _("Noen andre festet husstanden samtidig. Se hva som gjelder nå."),
    "closed_once_a_week": _("Kommunen er allerede stengt denne uken."),
    "steering_is_over": _("Det er allerede tatt bort, eller kommunen er spurt."),
    "steering_reason_missing": _("Skriv hvorfor, med høyst {most} tegn."),
    "steering_is_kept": _("Det som er bestemt, endres ikke. Ta det bort, og bestem på nytt."),
    "forbidden_meanwhile": _("En saksbehandler har bestemt at husstanden ikke skal til denne kommunen."),
    "pinned_meanwhile": _("En saksbehandler har festet husstanden til {place}."),
    "closed_meanwhile": _("Kommunen er stengt denne uken."),
    "unfair_without_reason": _(
        "Planen lar noen som prioriteringen verner, komme dårligere ut enn ved loddtrekning. Skriv hvorfor den sendes."
    ),
    # The policy
    "policy_value_missing": _("Prioriteringen mangler en verdi: {name}."),
    "policy_value_unknown": _("Prioriteringen har ingen verdi som heter {name}."),
    "policy_value_wrong": _("Verdien passer ikke her. Se hva som står fra før, og skriv det på samme måte."),
    "policy_value_negative": _("Verdien kan ikke være under 0."),
    "policy_reason_missing": _("Skriv hvorfor prioriteringen endres, med høyst {most} tegn."),
    "policy_source_missing": _("Skriv hva endringen bygger på, med høyst {most} tegn."),
    "policy_is_not_changed_backwards": _(
        "Prioriteringen kan ikke endres bakover i tid: planer som er laget, bygger på den slik den var. "
        "Velg i dag eller en senere dag."
    ),
    "policy_changed_meanwhile": _("Noen andre endret prioriteringen akkurat nå. Se hva de endret, og prøv igjen."),
    "policy_version_is_kept": _("En endring av prioriteringen blir stående. Endre på nytt i stedet."),
    "policy_version_says_why": _("Skriv hvorfor prioriteringen endres, og hva det bygger på."),
    "policy_unchanged": _("Ingenting er endret. Endre minst én verdi."),
    "ties_would_decide": _(
        "Nære relasjoner kan ikke avgjøre alene: {weight} poeng er ikke mindre enn det arbeid og spredning "
        "kan gi til sammen ({rest} poeng)."
    ),
}
