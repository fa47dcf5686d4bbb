"""The pages of centres and of those who live there."""

from tests.journeys.visits.visit import LEADER, UDI, VOSS, Visit, form, sees

ACCOMMODATION = [
    *form("place_group", "/husstand/{registered}/plassering/", UDI),
    *sees("alert_early", "/husstand/{placed}/samtale/tidlig/", UDI),
    Visit(
        "place_group", "/husstand/{registered}/plassering/", UDI, "in the future", 422,
        {"centre": "{voss}", "from_on": "1.1.2099"},
    ),
    *form("annul_departure", "/husstand/{moved}/avreise-feil/", VOSS),
    *form("correct_arrival", "/husstand/{placed}/ankomstdag/", VOSS),
    *sees("correct_arrival", "/husstand/{due}/ankomstdag/", UDI),
    *form("assign_beds", "/husstand/{placed}/senger/", VOSS),
    *form("register_departure", "/husstand/{leaving}/avreise/", VOSS),
    *sees("register_departure", "/husstand/{due}/avreise/", VOSS, note="before settlement"),
    *form("register_absence", "/husstand/{due}/fravaer/", VOSS),
    *form("grant_leave", "/husstand/{due}/permisjon/", VOSS),
    *form("withdraw_leave", "/husstand/{waiting}/trekk-permisjon/", VOSS),
    *sees("withdraw_leave", "/husstand/{due}/trekk-permisjon/", VOSS, note="no leave"),
    *form("register_return", "/husstand/{waiting}/tilbake/", VOSS),
    *sees("register_return", "/husstand/{due}/tilbake/", VOSS, note="nobody away"),
    *sees("centres", "/mottak/", UDI),
    *sees("centre", "/mottak/{voss}/", VOSS, LEADER, UDI),
    Visit("centre", "/mottak/{voss}/?dag=1.6.2026", VOSS, "on a day"),
    Visit("centre", "/mottak/{voss}/?dag=i+morgen", VOSS, "on no day"),
    *form("centre_operation", "/mottak/{voss}/drift/", UDI),
    *form("close_centre", "/mottak/{voss}/legg-ned/", UDI),
    *form("centre_rooms", "/mottak/{voss}/rom/", LEADER),
    *form("add_beds", "/rom/{room}/senger/", LEADER),
    *form("block_bed", "/rom/{room}/2/sperr/", LEADER),
    *form("unblock_bed", "/rom/{room}/{bed}/opphev/", LEADER),
]  # fmt: skip
