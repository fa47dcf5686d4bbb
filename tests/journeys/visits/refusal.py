"""The pages of refusal."""

from tests.journeys.visits.visit import IMDI, LEVANGER, UDI, VOSS, form, sees

REFUSAL = [
    *sees("rulings", "/bosettingsnekt/avklaringer/", UDI, IMDI, VOSS),
    *form("give_ruling", "/bosettingsnekt/avklaringer/ny/", UDI),
    *sees("refusals", "/bosettingsnekt/", IMDI, UDI),
    *sees("refusals", "/bosettingsnekt/?step=petition&move=udi", UDI, note="none"),
    *sees("refusal", "/husstand/{refused}/bosettingsnekt/", IMDI, UDI, VOSS),
    *form("refusal_ask_to_hold", "/husstand/{refused}/bosettingsnekt/hold/", IMDI),
    *sees("refusal_tell_udi", "/husstand/{refused}/bosettingsnekt/meld-udi/", IMDI, note="not yet"),
    *sees("refusal_extend_deadline", "/husstand/{refused}/bosettingsnekt/frist/", IMDI, note="not yet"),
    *sees("refusal_withdraw_home", "/husstand/{refused}/bosettingsnekt/trekk/", LEVANGER, note="not asked"),
    *sees("refusal_withdrawn", "/husstand/{refused}/bosettingsnekt/trukket/", IMDI, UDI, note="not withdrawn"),
    *sees("refusal_first_letter", "/husstand/{refused}/bosettingsnekt/forste-brev/", UDI, note="not yet"),
    *sees("refusal_notice", "/husstand/{refused}/bosettingsnekt/varsel/", UDI, note="not yet"),
    *sees("refusal_petition", "/husstand/{refused}/bosettingsnekt/begjaring/", UDI, note="not yet"),
    *sees("refusal_minors", "/husstand/{refused}/bosettingsnekt/barn/", UDI, note="no minors"),
    *sees("refusal_eviction_day", "/husstand/{refused}/bosettingsnekt/utkastelse/", UDI, note="not yet"),
    *sees("refusal_officer", "/husstand/{refused}/bosettingsnekt/namsmannen/", UDI, note="no petition"),
    *sees("refusal_extend_fortnight", "/husstand/{refused}/bosettingsnekt/14-dager/", UDI, note="not yet"),
    *form("refusal_suspend", "/husstand/{refused}/bosettingsnekt/bero/", UDI),
    *sees("refusal_resume", "/husstand/{refused}/bosettingsnekt/gjenoppta/", UDI, note="not suspended"),
    *sees("refusal_close", "/husstand/{refused}/bosettingsnekt/avslutt/", UDI, note="not yet"),
    *sees("refusal_days", "/husstand/{refused}/bosettingsnekt/dager/", VOSS, note="not changed"),
    *sees("refusal_take_back", "/husstand/{refused}/bosettingsnekt/ta-tilbake/", IMDI, UDI, VOSS, note="nothing"),
    *form("refusal_talk", "/husstand/{refused}/bosettingsnekt/samtale/", VOSS),
    *form("refusal_accept", "/husstand/{refused}/bosettingsnekt/ja/", VOSS),
]
