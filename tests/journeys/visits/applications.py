"""The pages of applications to live privately, and of those who do."""

from tests.journeys.visits.visit import IMDI, LEVANGER, NOBODY, UDI, VOSS, Visit, form, household, sees

ONE = "/soknader/{%s_application}/"

APPLICATIONS = [
    *sees("door_start", "/bo-privat/", NOBODY),
    *form("door_begin", "/bo-privat/soknad/", NOBODY),
    *sees("applications", "/soknader/", UDI, LEVANGER),
    *form("apply_for", "/husstand/{placed}/sok-bo-privat/", VOSS),
]

OF_APPLICATIONS = [
    *sees("application", ONE % "parties", UDI, note="waits for parties"),
    *sees("application", ONE % "stranger", UDI, note="of nobody known"),
    *sees("application", ONE % "to_grant", UDI, note="with conditions"),
    *sees("application", ONE % "at_levanger", LEVANGER, note="asked"),
    *sees("application", ONE % "granted", UDI, LEVANGER, note="granted"),
    *form("application_party", f"{ONE % 'parties'}part/host/", UDI),
    *sees("application_link", f"{ONE % 'parties'}part/host/lenke/", UDI),
    *sees("application_match", f"{ONE % 'stranger'}hvem/", UDI),
    *sees("application_ask", f"{ONE % 'to_ask'}spor/", UDI),
    *sees("application_preliminary", f"{ONE % 'to_ask'}forelopig/", UDI),
    *form("application_answer", f"{ONE % 'at_levanger'}svar/", LEVANGER),
    *form("application_grant", f"{ONE % 'to_grant'}innvilg/", UDI),
    *form("application_refuse", f"{ONE % 'to_ask'}avsla/", UDI),
    *form("application_withdraw", f"{ONE % 'to_ask'}trekk/", UDI),
    *form("application_moved_in", f"{ONE % 'ahead'}innflytting/", LEVANGER),
    *sees("application", ONE % "ahead", LEVANGER, note="granted ahead"),
    *sees("application_annul", f"{ONE % 'granted'}feil/", UDI),
    *form("end_agreement", "/husstand/{granted}/avtale/avslutt/", LEVANGER),
    *sees("send_end_letter", "/husstand/{ended}/avtale/brev/", UDI),
    *household("granted", LEVANGER, UDI),
]

LIVING_PRIVATELY = [
    *household("housed", LEVANGER, UDI, IMDI),
    *sees("private_living", "/bor-privat/", LEVANGER),
    *sees("late_reports", "/bor-privat/rapporter/", UDI),
    *sees("declare_conditions", "/bor-privat/vilkar/", LEVANGER),
    Visit("declare_conditions", "/bor-privat/vilkar/", LEVANGER, "without words", 422, {"other": "on"}),
    *form("add_waiting", "/bor-privat/venteliste/", LEVANGER),
    *form("answer_waiting", "/bor-privat/venteliste/{entry}/", LEVANGER),
    *sees("apply_from_waiting", "/bor-privat/venteliste/{place}/sok/", LEVANGER),
    *form("register_resident", "/bor-privat/register/", LEVANGER),
    *form("end_resident", "/bor-privat/register/{resident}/", LEVANGER),
    *form("check_housing", "/husstand/{housed}/bolig/", LEVANGER),
    *form("name_contact_person", "/husstand/{housed}/kontaktperson/", LEVANGER),
    *form("log_contact", "/husstand/{housed}/kontakt/", LEVANGER),
    *sees("yearly_report", "/husstand/{housed}/arsrapport/", LEVANGER),
    *form("settle_where_they_live", "/husstand/{housed}/bosett-der-de-bor/", IMDI),
    *form("correct_private_stay", "/husstand/{housed}/bor-privat-feil/", UDI),
]
