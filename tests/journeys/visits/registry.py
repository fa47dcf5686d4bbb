"""The pages of registering households and of protected addresses."""

from tests.journeys.visits.visit import IMDI, LEADER, LEVANGER, POLICE, UDI, VOSS, Visit, form, household, sees

REGISTRY = [
    *form("register_group", "/registrer/", POLICE),
    *sees("households", "/husstander/", VOSS, UDI, IMDI, LEVANGER),
    Visit("households", "/husstander/?q=Qwertyuiop", VOSS, "none"),
    Visit("households", "/husstander/?people=with_children&sort=-registered", VOSS, "filtered"),
    *sees("duplicates", "/dubletter/", UDI),
    *form("household_duplicates", "/husstand/{double}/dubletter/", UDI),
    *form("register_status", "/husstand/{waiting}/status/", UDI),
    *form("annul_status", "/husstand/{due}/status-feil/?person={due_0}", UDI),
    *sees("add_member", "/husstand/{due}/legg-til/", UDI),
    Visit("add_member", "/husstand/{due}/legg-til/?q=Oleh", UDI, "found"),
    *form("remove_member", "/husstand/{due}/ta-ut/", UDI),
    *form("register_member", "/husstand/{due}/ny-person/", UDI),
    *form("register_relation", "/husstand/{due}/slektskap/", VOSS),
    *form("protect_household", "/husstand/{registered}/adressesperre/", UDI),
    *sees("protect_household", "/husstand/{hidden}/adressesperre/", UDI, note="change"),
    *form("end_protection", "/husstand/{hidden}/opphev-sperre/", UDI),
    *form("name_follower", "/adressesperre/{hidden}/", LEADER),
    *form("unname_follower", "/adressesperre/{hidden}/ta-bort/", LEADER),
    *household("hidden", UDI, VOSS),
    *form("correct_details", "/husstand/{due}/rett/{due_0}/", VOSS),
    *sees("correct_details", "/husstand/{minor}/rett/{minor_0}/", VOSS, note="minor"),
]
