"""Every page of the program, with a real address in the journeys' country and somebody who may see it.

`{due}` in an address is the reference of the household at that stage (tests/journeys/stages.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

VOSS, LEADER, UDI, IMDI, LEVANGER, POLICE, KEEPER, MAYOR, GUARD, NOBODY = (
    "demo-voss", "demo-voss-leder", "demo-udi", "demo-imdi", "demo-levanger", "demo-politi", "demo-imdi-katalog",
    "demo-levanger-leder", "demo-politi-leder", "",
)  # fmt: skip

VERDAL, APPROVER = "demo-verdal", "demo-udi-tilskudd"

NOT_PAGES: Mapping[str, str] = {
    "health": "answers machines",
    "run_sheet": "a spreadsheet; tests/web/ledger opens it",
    "own_account_sheet": "a spreadsheet; tests/web/ledger opens it",
    "run_orders": "a part of the page where a run is started, asked for again until all is computed",
    "plan_progress": "a part of the page of a plan, asked for again until it is computed",
    "postal_place": "a line of a form, which the departure form has",
    "my_centre": "leads to the centre's page",
    "own_organisation": "leads to the page of one's own organisation",
    "take_task": "takes an act, no visit",
    "hand_over_task": "takes an act, no visit",
    "choose_demo_user": "takes an act, no visit",
    "logout": "takes an act, no visit",
    "session_left": "takes an act, no visit",
    "resume_typed": "leads on to the form that was typed; test_login.py goes there",
    "begin_login": "leads on to the provider; test_login.py goes there",
    "provider_answer": "takes what the provider answers; test_login.py goes there",
    "log_out_at_provider": "leads on to the provider; test_login.py goes there",
    "set_language": "takes an act, no visit",
    "door_resume": "has a secret in its address; test_living_privately.py goes there",
    "door_person": "has a secret in its address; test_living_privately.py goes there",
    "door_situation": "has a secret in its address; test_living_privately.py goes there",
    "door_documents": "has a secret in its address; test_living_privately.py goes there",
    "door_send": "has a secret in its address; test_living_privately.py goes there",
    "door_receipt": "has a secret in its address; test_living_privately.py goes there",
    "door_step": "has a secret in its address; test_living_privately.py goes there",
    "door_link": "has a secret in its address; test_living_privately.py goes there",
    "door_withdraw": "has a secret in its address; test_living_privately.py goes there",
    "application_document": "a file",
    "decide_application": "leads on to the application",
    "send_preliminary_answer": "leads on to the application",
    "answer_acceptance": "leads on to the application",
    "register_move_in": "leads on to the application",
    "letter_pdf": "gives a PDF, held against PDF/UA by tests/domain/letters",
    "plan_curve": "a picture of the page plan_policy, which shows it",
    "insight_mamot_picture": "a picture of the page insight_mamot, which shows it",
    "insight_mamot_sheet": "a spreadsheet; tests/web/insight opens it",
    "insight_settlement_picture": "a picture of the page insight_settlement, which shows it",
    "insight_settlement_sheet": "a spreadsheet; tests/web/insight opens it",
}
"""Addresses that show no page of their own, and what they do instead."""

_NOT_NOW = "says why it cannot be done now"
SAME_PAGE: Mapping[str, str] = {
    "my_municipality": "municipality",
    "run_approve": _NOT_NOW,
    "stop_plan": _NOT_NOW,
    "yearly_report": _NOT_NOW,
}
"""Addresses that lead to the same page as another."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as one role sees it. `sends`: what is typed before its form is sent (empty fields otherwise)."""

    url_name: str
    path: str
    who: str = VOSS
    note: str = ""
    status: int = 200
    sends: Mapping[str, str] | None = None

    @property
    def slug(self) -> str:
        """A name for the test and its pictures."""
        words = [self.url_name, self.who.removeprefix("demo-") or "nobody", self.note]
        return "-".join(word.replace(" ", "_") for word in words if word)


def _sees(url_name: str, path: str, *whos: str, note: str = "") -> list[Visit]:
    return [Visit(url_name, path, who, note) for who in whos]


def _form(url_name: str, path: str, who: str, note: str = "") -> list[Visit]:
    """The form, and the form sent empty: it comes back with what is wrong."""
    empty = Visit(url_name, path, who, f"{note} empty".strip(), 422, {})
    return [Visit(url_name, path, who, note), empty]


def _household(stage: str, *whos: str) -> list[Visit]:
    return _sees("household", f"/husstand/{{{stage}}}/", *whos, note=stage)


FRAME = [
    *_sees("login", "/logg-inn/", NOBODY),
    *_sees("gallery", "/galleri/", VOSS),
    Visit("gallery", "/galleri/", VOSS, "with errors", 200, {}),
    *_form("act_gallery", "/galleri/handling/", VOSS),
    *_sees("worklist", "/", VOSS, LEADER, UDI, IMDI, LEVANGER, POLICE),
    Visit("worklist", "/?kind=hold_interview&taken_by=me", IMDI, "nothing left of the filter"),
    Visit("worklist", "/?kind=hold_interview", VOSS, "one kind"),
    Visit("search", "/sok/?q=Oleh", POLICE, "one alone", 200),
    Visit("search", "/sok/?q=Kr", VOSS, "hits"),
    Visit("search", "/sok/?q=Qwertyuiop", VOSS, "no hits"),
    Visit("search", "/sok/", VOSS, "nothing asked"),
    *_household("registered", POLICE, UDI),
    *_household("placed", VOSS),
    *_household("waiting", VOSS),
    *_household("due", VOSS, UDI),
    *_household("informed", VOSS),
    *_household("answered", VOSS),
    *_household("minor", VOSS),
    *_household("queued", VOSS, IMDI),
    *_household("declined", IMDI),
    *_household("asked", IMDI, LEVANGER),
    *_household("found", LEVANGER),
    *_household("offered", VOSS, LEVANGER),
    *_household("approval", UDI),
    *_household("travelling", VOSS, LEVANGER, IMDI),
    *_household("leaving", VOSS),
    *_household("settled", LEVANGER, VOSS),
    *_household("refused", VOSS),
    *_household("withdrawn", VOSS, IMDI),
    *_household("grown", IMDI),
    *_household("told", LEVANGER),
    *_household("moved", IMDI),
    *_sees("who_looks", "/husstand/{travelling}/innsyn/", VOSS),
    *_sees("who_looks", "/husstand/{placed}/innsyn/", UDI, note="few"),
    *_sees("who_looks", "/husstand/{placed}/innsyn/", VOSS, note="emergency"),
    *_form("emergency", "/nodinnsyn/", LEVANGER),
    Visit("emergency", "/nodinnsyn/?nummer=2099 999999 00", POLICE, "from a search"),
    *_sees("household", "/husstand/{placed}/", LEVANGER, note="emergency"),
    Visit("search", "/sok/?q=209999999900", LEVANGER, "no such number"),
    *_sees("unusual_looks", "/uvanlig-innsyn/", KEEPER),
    *_sees("unusual_looks", "/uvanlig-innsyn/", LEADER, note="own centre"),
    *_sees("unusual_looks", "/uvanlig-innsyn/", MAYOR, note="emergency"),
    *_form("review_look", "/uvanlig-innsyn/{look}/without_work/", KEEPER),
    *_form("review_look", "/uvanlig-innsyn/{emergency}/emergency/", MAYOR, note="emergency"),
    *_sees("retention", "/sletting/", GUARD),
    *_sees("compute_run", "/tilskudd/beregn/", UDI),
    *_sees("runs", "/tilskudd/kjoringer/", UDI),
    *_sees("claims", "/tilskudd/krav/", UDI),
    *_sees("own_account", "/kommunen/tilskudd/", LEVANGER),
    *_sees("money_if", "/husstand/{placed}/penger/", UDI),
    Visit("money_if", "/husstand/{placed}/penger/?what=end&on=1.6.2026", UDI, "nobody lives privately"),
    Visit("money_if", "/husstand/{placed}/penger/?what=move&on=i+morgen", UDI, "mistyped", 422),
]

APPLICATIONS = [
    *_sees("door_start", "/bo-privat/", NOBODY),
    *_form("door_begin", "/bo-privat/soknad/", NOBODY),
    *_sees("applications", "/soknader/", UDI, LEVANGER),
    *_form("apply_for", "/husstand/{placed}/sok-bo-privat/", VOSS),
]

ONE = "/soknader/{%s_application}/"
OF_APPLICATIONS = [
    *_sees("application", ONE % "parties", UDI, note="waits for parties"),
    *_sees("application", ONE % "stranger", UDI, note="of nobody known"),
    *_sees("application", ONE % "to_grant", UDI, note="with conditions"),
    *_sees("application", ONE % "at_levanger", LEVANGER, note="asked"),
    *_sees("application", ONE % "granted", UDI, LEVANGER, note="granted"),
    *_form("application_party", f"{ONE % 'parties'}part/host/", UDI),
    *_sees("application_link", f"{ONE % 'parties'}part/host/lenke/", UDI),
    *_sees("application_match", f"{ONE % 'stranger'}hvem/", UDI),
    *_sees("application_ask", f"{ONE % 'to_ask'}spor/", UDI),
    *_sees("application_preliminary", f"{ONE % 'to_ask'}forelopig/", UDI),
    *_form("application_answer", f"{ONE % 'at_levanger'}svar/", LEVANGER),
    *_form("application_grant", f"{ONE % 'to_grant'}innvilg/", UDI),
    *_form("application_refuse", f"{ONE % 'to_ask'}avsla/", UDI),
    *_form("application_withdraw", f"{ONE % 'to_ask'}trekk/", UDI),
    *_form("application_moved_in", f"{ONE % 'ahead'}innflytting/", LEVANGER),
    *_sees("application", ONE % "ahead", LEVANGER, note="granted ahead"),
    *_sees("application_annul", f"{ONE % 'granted'}feil/", UDI),
    *_form("end_agreement", "/husstand/{granted}/avtale/avslutt/", LEVANGER),
    *_sees("send_end_letter", "/husstand/{ended}/avtale/brev/", UDI),
    *_household("granted", LEVANGER, UDI),
]

RUN, CLAIM = "/tilskudd/kjoringer/{run_%s}/", "/tilskudd/krav/{claim_%s}/"
MONEY = [
    *_sees("run", RUN % "computed", UDI, note="computed"),
    *_sees("run", RUN % "approved", UDI, APPROVER, note="approved"),
    *_sees("run", RUN % "taking_back", UDI, note="paid"),
    *_sees("run_lines", f"{RUN % 'taking_back'}linjer/", UDI),
    *_sees("run_refusals", f"{RUN % 'approved'}ikke-beregnet/", UDI),
    *_sees("run_check", f"{RUN % 'computed'}kontroller/", UDI),
    *_sees("run_approve", f"{RUN % 'computed'}godkjenn/", APPROVER),
    *_sees("run_pay", f"{RUN % 'approved'}betal/", APPROVER),
    *_form("run_stop", f"{RUN % 'computed'}stopp/", UDI),
    *_sees("claims_after_run", f"{RUN % 'taking_back'}krev/", UDI),
    *_sees("claim", CLAIM % "noticed", UDI, VERDAL, note="noticed"),
    *_sees("claim", CLAIM % "answered", UDI, APPROVER, note="answered"),
    *_sees("claim", CLAIM % "decided", UDI, note="decided"),
    *_form("claim_answer", f"{CLAIM % 'noticed'}svar/", VERDAL),
    *_form("claim_decide", f"{CLAIM % 'answered'}avgjor/", APPROVER),
    *_form("claim_settle", f"{CLAIM % 'decided'}oppgjor/", APPROVER),
    *_sees("ledger_line", "/tilskudd/linje/{line}/{line_month}/", UDI),
    Visit("compute_run", "/tilskudd/beregn/?run=MAMOT:{through}", UDI, "shown beforehand"),
    *_sees("own_account", "/kommunen/tilskudd/", VERDAL, note="with a claim"),
    *_household("paid_for", UDI, LEVANGER),
]

REGISTRY = [
    *_form("register_group", "/registrer/", POLICE),
    *_sees("households", "/husstander/", VOSS, UDI, IMDI, LEVANGER),
    Visit("households", "/husstander/?q=Qwertyuiop", VOSS, "none"),
    Visit("households", "/husstander/?people=with_children&sort=-registered", VOSS, "filtered"),
    *_sees("duplicates", "/dubletter/", UDI),
    *_form("household_duplicates", "/husstand/{double}/dubletter/", UDI),
    *_form("register_status", "/husstand/{waiting}/status/", UDI),
    *_form("annul_status", "/husstand/{due}/status-feil/?person={due_0}", UDI),
    *_sees("add_member", "/husstand/{due}/legg-til/", UDI),
    Visit("add_member", "/husstand/{due}/legg-til/?q=Oleh", UDI, "found"),
    *_form("remove_member", "/husstand/{due}/ta-ut/", UDI),
    *_form("register_member", "/husstand/{due}/ny-person/", UDI),
    *_form("register_relation", "/husstand/{due}/slektskap/", VOSS),
    *_form("protect_household", "/husstand/{registered}/adressesperre/", UDI),
    *_sees("protect_household", "/husstand/{hidden}/adressesperre/", UDI, note="change"),
    *_form("end_protection", "/husstand/{hidden}/opphev-sperre/", UDI),
    *_form("name_follower", "/adressesperre/{hidden}/", LEADER),
    *_form("unname_follower", "/adressesperre/{hidden}/ta-bort/", LEADER),
    *_household("hidden", UDI, VOSS),
    *_form("correct_details", "/husstand/{due}/rett/{due_0}/", VOSS),
    *_sees("correct_details", "/husstand/{minor}/rett/{minor_0}/", VOSS, note="minor"),
]

ACCOMMODATION = [
    *_form("place_group", "/husstand/{registered}/plassering/", UDI),
    *_sees("alert_early", "/husstand/{placed}/samtale/tidlig/", UDI),
    Visit(
        "place_group", "/husstand/{registered}/plassering/", UDI, "in the future", 422,
        {"centre": "{voss}", "from_on": "1.1.2099"},
    ),
    *_form("annul_departure", "/husstand/{moved}/avreise-feil/", VOSS),
    *_form("correct_arrival", "/husstand/{placed}/ankomstdag/", VOSS),
    *_sees("correct_arrival", "/husstand/{due}/ankomstdag/", UDI),
    *_form("assign_beds", "/husstand/{placed}/senger/", VOSS),
    *_form("register_departure", "/husstand/{leaving}/avreise/", VOSS),
    *_sees("register_departure", "/husstand/{due}/avreise/", VOSS, note="before settlement"),
    *_form("register_absence", "/husstand/{due}/fravaer/", VOSS),
    *_form("grant_leave", "/husstand/{due}/permisjon/", VOSS),
    *_form("withdraw_leave", "/husstand/{waiting}/trekk-permisjon/", VOSS),
    *_sees("withdraw_leave", "/husstand/{due}/trekk-permisjon/", VOSS, note="no leave"),
    *_form("register_return", "/husstand/{waiting}/tilbake/", VOSS),
    *_sees("register_return", "/husstand/{due}/tilbake/", VOSS, note="nobody away"),
    *_sees("centres", "/mottak/", UDI),
    *_sees("centre", "/mottak/{voss}/", VOSS, LEADER, UDI),
    Visit("centre", "/mottak/{voss}/?dag=1.6.2026", VOSS, "on a day"),
    Visit("centre", "/mottak/{voss}/?dag=i+morgen", VOSS, "on no day"),
    *_form("centre_operation", "/mottak/{voss}/drift/", UDI),
    *_form("close_centre", "/mottak/{voss}/legg-ned/", UDI),
    *_form("centre_rooms", "/mottak/{voss}/rom/", LEADER),
    *_form("add_beds", "/rom/{room}/senger/", LEADER),
    *_form("block_bed", "/rom/{room}/2/sperr/", LEADER),
    *_form("unblock_bed", "/rom/{room}/{bed}/opphev/", LEADER),
]  # fmt: skip

INTERVIEW = [
    *_sees("ready_for_settlement", "/klare-for-bosetting/", VOSS),
    *(
        Visit("interview", f"/husstand/{{{stage}}}/samtale/", VOSS, stage)
        for stage in ("due", "informed", "invited", "answered", "minor", "queued", "reopened")
    ),
    *_sees("interview", "/husstand/{corrected}/samtale/", IMDI, VOSS, note="corrected"),
    *_form("reopen_interview", "/husstand/{declined}/samtale/rett/", VOSS),
    *_form("reopen_interview", "/husstand/{declined}/samtale/rett/", IMDI, note="IMDi"),
    *_sees("reopen_interview", "/husstand/{reopened}/samtale/rett/", VOSS, note="open already"),
    *_sees("finish_interview", "/husstand/{reopened}/samtale/fullfor/", VOSS, note="again"),
    *_household("reopened", VOSS, IMDI),
    *_form("give_information", "/husstand/{due}/samtale/informasjon/", VOSS),
    *_form("plan_interview", "/husstand/{due}/samtale/avtale/", VOSS),
    *_form("invite_to_interview", "/husstand/{informed}/samtale/innkalling/", VOSS),
    *(
        Visit("interview_leaflet", f"/husstand/{{invited}}/samtale/ark/{language}/", VOSS, language)
        for language in ("nb", "uk", "ru")
    ),
    *_sees("interview_answers", "/husstand/{invited}/samtale/svar/{invited_0}/", VOSS),
    Visit(
        "interview_answers", "/husstand/{invited}/samtale/svar/{invited_0}/", VOSS, "contradiction", 422,
        {"pets-choice": "no", "pets-description": "En katt"},
    ),
    *_sees("interview_answers", "/husstand/{answered}/samtale/svar/{answered_0}/", VOSS, note="rich"),
    *_sees("interview_answers", "/husstand/{invited}/samtale/svar/{invited_2}/", VOSS, note="child"),
    *_sees("interview_answers", "/husstand/{minor}/samtale/svar/{minor_0}/", VOSS, note="minor"),
    *_form("interview_participants", "/husstand/{invited}/samtale/barn/", VOSS),
    *_sees("mapping_note", "/husstand/{minor}/samtale/kartlegging/", VOSS),
    *_form("finish_interview", "/husstand/{answered}/samtale/fullfor/", VOSS),
    *_sees("finish_interview", "/husstand/{invited}/samtale/fullfor/", VOSS, note="not yet"),
    *_form("settlement_notes", "/husstand/{declined}/merknader/", VOSS),
    *_sees("settlement_notes", "/husstand/{declined}/merknader/", IMDI),
]  # fmt: skip

OFFERS = [
    *_sees("queue", "/bosetting/ko/", IMDI),
    Visit("queue", "/bosetting/ko/?state=all&who=minors&need=any&sort=-waited", IMDI, "filtered"),
    Visit("queue", "/bosetting/ko/?text=Qwertyuiop", IMDI, "none"),
    *_sees("policy", "/bosetting/prioritering/", IMDI),
    *_form("change_policy", "/bosetting/prioritering/endre/", IMDI),
    *_sees("plans", "/bosetting/planer/", IMDI),
    *_sees("plan_week", "/bosetting/planer/ny/", IMDI),
    *_sees("plan", "/bosetting/planer/{plan}/", IMDI),
    Visit("plan", "/bosetting/planer/{plan}/?show=waiting", IMDI, "who waits"),
    *_sees("plan_policy", "/bosetting/planer/{plan}/prioritering/", IMDI),
    *_sees("plan_fairness", "/bosetting/planer/{plan}/loddtrekning/", IMDI),
    *_sees("send_proposals", "/bosetting/planer/{plan}/send/", IMDI),
    *_sees("plan_municipalities", "/bosetting/planer/{plan}/kommuner/", IMDI),
    Visit("plan_municipalities", "/bosetting/planer/{plan}/kommuner/?county=50", IMDI, "a county"),
    *_sees("plan_flows", "/bosetting/planer/{plan}/flytting/", IMDI),
    Visit("plan_flows", "/bosetting/planer/{plan}/flytting/?county=50", IMDI, "a county"),
    *_sees("proposal", "/bosetting/planer/{plan}/husstand/{queued}/", IMDI),
    *_sees("steering", "/bosetting/planer/styring/", IMDI),
    *_sees("compare_plans", "/bosetting/planer/{plan}/sammenlign/", IMDI),
    *_form("pin_group", "/bosetting/planer/{plan}/husstand/{queued}/fest/", IMDI),
    *_form("forbid_municipality", "/bosetting/planer/{plan}/husstand/{queued}/utelukk/", IMDI),
    *_sees("lift_steering", "/bosetting/planer/styring/{steered}/husstand/{declined}/", IMDI),
    *_form("close_municipality", "/bosetting/planer/styring/steng/", IMDI),
    *_sees("open_municipality", "/bosetting/planer/styring/{closing}/apne/", IMDI),
    *_sees("plan", "/bosetting/planer/{plan_stopped}/", IMDI, note="stopped"),
    *_sees("stop_plan", "/bosetting/planer/{plan_stopped}/avbryt/", IMDI, note="too late"),
    *_sees("find_municipality", "/husstand/{queued}/kommune/", IMDI),
    Visit("find_municipality", "/husstand/{declined}/kommune/?text=Lev&week=12+2027", IMDI, "filtered"),
    Visit("find_municipality", "/husstand/{declined}/kommune/?county=Oslo&week=99", IMDI, "no such week"),
    *_sees("send_request", "/husstand/{queued}/kommune/0301/", IMDI),
    Visit("send_request", "/husstand/{queued}/kommune/0301/", IMDI, "no such week", 422, {"wanted_week": "99"}),
    *_sees("settlement_request", "/husstand/{queued}/foresporsel/", IMDI, note="nobody asked"),
    *_sees("settlement_request", "/husstand/{asked}/foresporsel/", IMDI, note="asked"),
    *_sees("settlement_request", "/husstand/{found}/foresporsel/", IMDI, note="found"),
    *_sees("withdraw_request", "/husstand/{asked}/foresporsel/trekk/", IMDI),
    *_sees("release_municipality", "/husstand/{found}/foresporsel/los/", IMDI),
    *_form("change_needs", "/husstand/{declined}/behov/", IMDI),
    *_form("pass_on", "/husstand/{declined}/gi-videre/", IMDI),
    *_sees("private_move", "/husstand/{moved}/flyttet-privat/", IMDI),
    *_form("answer_request", "/husstand/{asked}/foresporsel/svar/", LEVANGER),
    *_form("answer_needs", "/husstand/{needing}/behov/svar/", LEVANGER),
    *_sees("answer_needs", "/husstand/{unmet}/behov/svar/", LEVANGER, note="answered"),
    *_sees("household_again", "/husstand/{unmet}/pa-nytt/", IMDI, note="unmet"),
    *_household("needing", LEVANGER, VOSS),
    *_household("unmet", IMDI),
    Visit("answer_request", "/husstand/{declined}/foresporsel/svar/", LEVANGER, "gone", 410),
    *_sees("close_case", "/husstand/{due}/bosettingssak/avslutt/", VOSS),
    *_form("annul_closing", "/husstand/{closed}/bosettingssak/feil/", VOSS),
    *_household("closed", IMDI, VOSS),
    *_form("make_offer", "/husstand/{found}/tilbud/", IMDI),
    *_form("register_offer_answer", "/husstand/{offered}/tilbud/svar/", VOSS),
    *_form("withdraw_offer", "/husstand/{offered}/tilbud/trekk/", IMDI),
    *_sees("withdraw_offer", "/husstand/{travelling}/tilbud/trekk/", IMDI, note="journey agreed"),
    *_form("annul_refusal", "/husstand/{refused}/tilbud/nei-feil/", IMDI),
    *_form("tell_withdrawal", "/husstand/{withdrawn}/tilbud/trukket/", VOSS),
    *_sees("withdrawn_request", "/husstand/{withdrawn}/foresporsel/trukket/", LEVANGER),
    *_sees("household_changed", "/husstand/{grown}/endret/", LEVANGER),
    *_form("household_again", "/husstand/{grown}/pa-nytt/", IMDI),
    *_sees("household_again", "/husstand/{corrected}/pa-nytt/", IMDI, note="corrected"),
    *_form("take_back_passed_on", "/husstand/{told}/gi-videre/trekk/", IMDI),
    *_form("arrange_journey", "/husstand/{accepted}/reise/", VOSS),
    *_sees("arrange_journey", "/husstand/{travelling}/reise/", VOSS, note="agreed"),
    *_sees("arrange_journey", "/husstand/{queued}/reise/", VOSS, note="not now"),
    *_form("ask_travel_approval", "/husstand/{accepted}/reise/sporsmal/", VOSS),
    *_form("approve_travel", "/husstand/{approval}/reise/godkjenning/", UDI),
    *_form("confirm_arrival", "/husstand/{settled}/ankomst/", LEVANGER),
    *_sees("follow_no_show", "/husstand/{settled}/ankomst/oppfolging/", IMDI, note="nothing to follow up"),
    *_household("housed", LEVANGER, UDI, IMDI),
    *_sees("private_living", "/bor-privat/", LEVANGER),
    *_sees("late_reports", "/bor-privat/rapporter/", UDI),
    *_sees("declare_conditions", "/bor-privat/vilkar/", LEVANGER),
    Visit("declare_conditions", "/bor-privat/vilkar/", LEVANGER, "without words", 422, {"other": "on"}),
    *_form("add_waiting", "/bor-privat/venteliste/", LEVANGER),
    *_form("answer_waiting", "/bor-privat/venteliste/{entry}/", LEVANGER),
    *_sees("apply_from_waiting", "/bor-privat/venteliste/{place}/sok/", LEVANGER),
    *_form("register_resident", "/bor-privat/register/", LEVANGER),
    *_form("end_resident", "/bor-privat/register/{resident}/", LEVANGER),
    *_form("check_housing", "/husstand/{housed}/bolig/", LEVANGER),
    *_form("name_contact_person", "/husstand/{housed}/kontaktperson/", LEVANGER),
    *_form("log_contact", "/husstand/{housed}/kontakt/", LEVANGER),
    *_sees("yearly_report", "/husstand/{housed}/arsrapport/", LEVANGER),
    *_form("settle_where_they_live", "/husstand/{housed}/bosett-der-de-bor/", IMDI),
    *_form("correct_private_stay", "/husstand/{housed}/bor-privat-feil/", UDI),
    *_sees("municipalities", "/kommuner/", IMDI, LEVANGER),
    Visit("municipalities", "/kommuner/?text=Qwertyuiop", IMDI, "none"),
    *_sees("insight_mamot", "/innsikt/mamot/", UDI, IMDI, LEVANGER),
    *_sees("insight_settlement", "/innsikt/bosetting/", UDI, IMDI, LEVANGER),
    Visit("insight_settlement", "/innsikt/bosetting/?who=unaccompanied", IMDI, "of some"),
    *_sees("municipality", "/kommuner/5037/", IMDI, LEVANGER, VOSS),
    *_sees("municipality", "/kommuner/5001/", LEVANGER, note="another"),
    *_sees("my_municipality", "/kommunen/", LEVANGER),
    *_sees("declare_capabilities", "/kommunen/tilbud/", LEVANGER),
    *_form("register_decision", "/kommunen/vedtak/", LEVANGER),
    *_sees("declare_week_limit", "/kommunen/uke/", LEVANGER),
    *_sees("declare_resources", "/kommunen/plasser/", LEVANGER),
    *_sees("declare_local_offers", "/kommunen/utdanning-og-arbeid/", LEVANGER),
    *_form("register_year_request", "/kommuner/5037/anmodning/", IMDI),
    *_form("reserve_places", "/kommuner/5006/hold-av/", IMDI),
    *_sees("reserve_places", "/kommuner/5037/hold-av/", LEVANGER, note="no centre near"),
]

DIRECTORY = [
    *_sees("organisations", "/organisasjoner/", VOSS, KEEPER),
    Visit("organisations", "/organisasjoner/?text=Qwertyuiop", VOSS, "none"),
    *_sees("organisation", "/organisasjoner/{levanger}/", VOSS, MAYOR, KEEPER),
    *_sees("organisation", "/organisasjoner/{voss}/", LEADER),
    *_form("add_organisation", "/organisasjoner/ny/", KEEPER),
    *_form("add_unit", "/organisasjoner/{levanger}/ny-enhet/", MAYOR),
    *_form("change_unit", "/enheter/{unit}/endre/", MAYOR),
    *_form("end_unit", "/enheter/{unit}/avslutt/", MAYOR),
    *_form("add_contact", "/enheter/{unit}/ny-kontakt/", MAYOR),
    *_form("change_contact", "/kontakter/{contact}/endre/", MAYOR),
    *_form("end_contact", "/kontakter/{contact}/avslutt/", MAYOR),
]

LETTERS = [
    *_sees("mailbox", "/brev/", LEVANGER),
    Visit("mailbox", "/brev/?vis=read", LEVANGER, "none"),
    *_sees("letter", "/brev/{letter}/", VOSS, UDI),
    *_sees("letter", "/brev/{request_letter}/", LEVANGER, note="request"),
    *_form("follow_letter", "/brev/{letter}/status/", UDI),
    *_sees("household_letters", "/husstand/{written_to}/brev/", VOSS, LEVANGER),
    *_household("written_to", VOSS),
]

USERS = [
    *_sees("users", "/brukere/", LEADER, MAYOR, GUARD),
    Visit("users", "/brukere/?vis=har_sluttet", LEADER, "nobody has left"),
    *_sees("user", "/brukere/{colleague}/", LEADER),
    *_sees("user", "/brukere/{leader}/", LEADER, note="oneself"),
    *_form("add_user", "/brukere/ny/", LEADER),
    *_form("give_role", "/brukere/{colleague}/ny-rolle/", LEADER),
    *_sees("give_role", "/brukere/{leader}/ny-rolle/", LEADER, note="oneself"),
    *_form("end_employment", "/brukere/{colleague}/slutter/", LEADER),
    *_form("end_role", "/roller/{role}/avslutt/", LEADER),
    Visit("end_role", "/roller/{leading}/avslutt/", LEADER, "the last", 422, {"on": "1.1.2099"}),
    Visit("user", "/brukere/{colleague}/", MAYOR, "not theirs", 404),
]

TROUBLE = [
    Visit("", "/finnes-ikke/", VOSS, "no such page", 404),
    Visit("", "/finnes-ikke/", NOBODY, "no such page", 404),
    Visit("household", "/husstand/{queued}/", LEVANGER, "not theirs", 404),
    Visit("queue", "/bosetting/ko/", VOSS, "no right", 403),
]

VISITS = [
    *FRAME,
    *APPLICATIONS,
    *OF_APPLICATIONS,
    *MONEY,
    *REGISTRY,
    *ACCOMMODATION,
    *INTERVIEW,
    *OFFERS,
    *DIRECTORY,
    *LETTERS,
    *USERS,
    *TROUBLE,
]


def url_names() -> Iterator[str]:
    """The names of all addresses of the program."""
    yield from _named(get_resolver().url_patterns)


def _named(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _named(each.url_patterns)
        else:
            yield each.name or str(each.pattern)
