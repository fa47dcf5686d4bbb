"""The pages of agreed self-settlement: the terms, for staff and for everybody.

`{language}` in an address is that of the visit.
"""

from tests.journeys.visits.visit import IMDI, LEVANGER, NOBODY, UDI, VERDAL, VOSS, Visit, form, household, sees

SELF_SETTLEMENT = [
    *sees("terms_overview", "/selvbosetting/", VOSS, IMDI, UDI),
    Visit("terms_overview", "/selvbosetting/?stand=allowed&county=50&deposit=help", IMDI, "filtered"),
    Visit("terms_overview", "/selvbosetting/?text=Qwertyuiop", IMDI, "none"),
    *sees("municipality_terms", "/selvbosetting/kommune/5038/", VOSS),
    *sees("municipality_terms", "/selvbosetting/kommune/5037/", LEVANGER, note="late"),
    *sees("municipality_terms", "/selvbosetting/kommune/1103/", VOSS, note="nothing"),
    *sees("own_terms", "/selvbosetting/vart-svar/", LEVANGER, VERDAL),
    *sees("publish_terms", "/selvbosetting/vart-svar/publiser/", LEVANGER),
    Visit("publish_terms", "/selvbosetting/vart-svar/publiser/", LEVANGER, "half", 422, {"allows": "yes"}),
    *sees("review_terms", "/selvbosetting/vart-svar/gjennomgatt/", LEVANGER),
    *sees("open_terms_overview", "/bo-selv/{language}/", NOBODY),
    *sees("open_terms_overview", "/bo-selv/{language}/?target=work", NOBODY, note="filtered"),
    *sees("open_terms", "/bo-selv/{language}/5037/", NOBODY),
    *sees("open_terms", "/bo-selv/{language}/1103/", NOBODY, note="nothing"),
    *sees("self_settlement_requests", "/selvbosetting/foresporsler/", LEVANGER, IMDI),
    *sees("self_settlement_measures", "/selvbosetting/tall/", IMDI, LEVANGER),
    *form("ask_self_settlement", "/husstand/{queued}/selvbosetting/spor/", VOSS),
    *form("answer_self_settlement", "/husstand/{self_asked}/selvbosetting/svar/", LEVANGER),
    *form("send_found_home", "/husstand/{self_welcome}/selvbosetting/bolig/", VOSS),
    *form("check_found_home", "/husstand/{self_sent}/selvbosetting/godkjenning/", LEVANGER),
    *form("agree_self_settlement", "/husstand/{self_approved}/selvbosetting/enighet/", IMDI),
    *form("register_moved_in", "/husstand/{self_agreed}/selvbosetting/innflytting/", VOSS),
    *form("withdraw_self_settlement", "/husstand/{self_asked}/selvbosetting/trekk/", VOSS),
    *sees("lose_found_home", "/husstand/{self_approved}/selvbosetting/leid-ut/", VOSS),
    *sees("tell_self_settlement_no", "/husstand/{self_declined}/selvbosetting/nei/", VOSS),
    *household("self_asked", VOSS, LEVANGER, IMDI),
    *household("self_sent", LEVANGER, VOSS),
    *household("self_agreed", VOSS),
]
