"""Every page of the program: who visits it, and what is no page."""

from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

from tests.journeys.visits.accommodation import ACCOMMODATION
from tests.journeys.visits.allocation import ALLOCATION
from tests.journeys.visits.applications import APPLICATIONS, LIVING_PRIVATELY, OF_APPLICATIONS
from tests.journeys.visits.frame import FRAME, TROUBLE
from tests.journeys.visits.money import MONEY
from tests.journeys.visits.offices import DIRECTORY, INSIGHT, LETTERS, USERS
from tests.journeys.visits.refusal import REFUSAL
from tests.journeys.visits.registry import REGISTRY
from tests.journeys.visits.self_settlement import SELF_SETTLEMENT
from tests.journeys.visits.settlement import INTERVIEW, MUNICIPALITIES, OFFERS

NOT_PAGES: Mapping[str, str] = {
    "health": "answers machines",
    "run_sheet": "a spreadsheet; tests/web/ledger opens it",
    "own_account_sheet": "a spreadsheet; tests/web/ledger opens it",
    "run_orders": "a part of the page where a run is started, asked for again until all is computed",
    "plan_progress": "a part of the page of a plan, asked for again until it is computed",
    "what_if_progress": "a part of the page of a plan, asked for again until it is computed",
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
    "terms_sheet": "a spreadsheet; tests/web/self_settlement opens it",
    "open_terms_start": "leads on to the overview in the language of the browser",
    "insight_settlement_sheet": "a spreadsheet; tests/web/insight opens it",
}
"""Addresses that show no page of their own, and what they do instead."""

_NOT_NOW = "says why it cannot be done now"
SAME_PAGE: Mapping[str, str] = {
    "my_municipality": "municipality",
    "refusal_close": _NOT_NOW,
    "refusal_eviction_day": _NOT_NOW,
    "refusal_extend_deadline": _NOT_NOW,
    "refusal_extend_fortnight": _NOT_NOW,
    "refusal_take_back": _NOT_NOW,
    "refusal_withdrawn": _NOT_NOW,
    "refusal_first_letter": _NOT_NOW,
    "refusal_days": _NOT_NOW,
    "refusal_minors": _NOT_NOW,
    "refusal_officer": _NOT_NOW,
    "refusal_notice": _NOT_NOW,
    "refusal_petition": _NOT_NOW,
    "refusal_resume": _NOT_NOW,
    "refusal_tell_udi": _NOT_NOW,
    "refusal_withdraw_home": _NOT_NOW,
    "run_approve": _NOT_NOW,
    "stop_plan": _NOT_NOW,
    "stop_what_if": _NOT_NOW,
    "yearly_report": _NOT_NOW,
}
"""Addresses that lead to the same page as another."""

VISITS = [
    *FRAME,
    *APPLICATIONS,
    *OF_APPLICATIONS,
    *MONEY,
    *REGISTRY,
    *ACCOMMODATION,
    *INTERVIEW,
    *OFFERS,
    *ALLOCATION,
    *REFUSAL,
    *LIVING_PRIVATELY,
    *MUNICIPALITIES,
    *SELF_SETTLEMENT,
    *INSIGHT,
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
