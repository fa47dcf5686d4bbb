"""The pages of organisations, users, letters and insight."""

from tests.journeys.visits.visit import (
    GUARD,
    IMDI,
    KEEPER,
    LEADER,
    LEVANGER,
    MAYOR,
    UDI,
    VOSS,
    Visit,
    form,
    household,
    sees,
)

DIRECTORY = [
    *sees("organisations", "/organisasjoner/", VOSS, KEEPER),
    Visit("organisations", "/organisasjoner/?text=Qwertyuiop", VOSS, "none"),
    *sees("organisation", "/organisasjoner/{levanger}/", VOSS, MAYOR, KEEPER),
    *sees("organisation", "/organisasjoner/{voss}/", LEADER),
    *form("add_organisation", "/organisasjoner/ny/", KEEPER),
    *form("add_unit", "/organisasjoner/{levanger}/ny-enhet/", MAYOR),
    *form("change_unit", "/enheter/{unit}/endre/", MAYOR),
    *form("end_unit", "/enheter/{unit}/avslutt/", MAYOR),
    *form("add_contact", "/enheter/{unit}/ny-kontakt/", MAYOR),
    *form("change_contact", "/kontakter/{contact}/endre/", MAYOR),
    *form("end_contact", "/kontakter/{contact}/avslutt/", MAYOR),
]

LETTERS = [
    *sees("mailbox", "/brev/", LEVANGER),
    Visit("mailbox", "/brev/?vis=read", LEVANGER, "none"),
    *sees("letter", "/brev/{letter}/", VOSS, UDI),
    *sees("letter", "/brev/{request_letter}/", LEVANGER, note="request"),
    *form("follow_letter", "/brev/{letter}/status/", UDI),
    *sees("household_letters", "/husstand/{written_to}/brev/", VOSS, LEVANGER),
    *household("written_to", VOSS),
]

USERS = [
    *sees("users", "/brukere/", LEADER, MAYOR, GUARD),
    Visit("users", "/brukere/?vis=har_sluttet", LEADER, "nobody has left"),
    *sees("user", "/brukere/{colleague}/", LEADER),
    *sees("user", "/brukere/{leader}/", LEADER, note="oneself"),
    *form("add_user", "/brukere/ny/", LEADER),
    *form("give_role", "/brukere/{colleague}/ny-rolle/", LEADER),
    *sees("give_role", "/brukere/{leader}/ny-rolle/", LEADER, note="oneself"),
    *form("end_employment", "/brukere/{colleague}/slutter/", LEADER),
    *form("end_role", "/roller/{role}/avslutt/", LEADER),
    Visit("end_role", "/roller/{leading}/avslutt/", LEADER, "the last", 422, {"on": "1.1.2099"}),
    Visit("user", "/brukere/{colleague}/", MAYOR, "not theirs", 404),
]

INSIGHT = [
    *sees("insight_mamot", "/innsikt/mamot/", UDI, IMDI, LEVANGER),
    *sees("insight_settlement", "/innsikt/bosetting/", UDI, IMDI, LEVANGER),
    Visit("insight_settlement", "/innsikt/bosetting/?who=unaccompanied", IMDI, "of some"),
]
