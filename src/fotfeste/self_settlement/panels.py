"""What agreed self-settlement supplies to the household page: how it stands, whose move it is, what can be done.

Asked for only where something of it has happened: a household that has asked nobody costs no query.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry
from fotfeste.platform.sentences import filled
from fotfeste.self_settlement.domain.asking import Household, may_ask
from fotfeste.self_settlement.domain.states import AGREE, ANSWER, ASK, BEFORE_AGREED, UNDER_WAY
from fotfeste.self_settlement.domain.tasks import TO_TELL
from fotfeste.self_settlement.domain.waiting import allocation_waits
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.asked import requests_of
from fotfeste.self_settlement.queries.homes import approved_for_others
from fotfeste.self_settlement.queries.listed import move_of
from fotfeste.self_settlement.rows_asked import AskedRow, asked_row
from fotfeste.self_settlement.sentences_asked import ASKED_REASONS
from fotfeste.settlement.public import SettlementCase, own_travel_days, story_for

_KEY = "self_settlement.requests"
ORDER = 59  # before the requests that IMDi sends


def household_panels(context: HouseholdContext) -> list[Panel]:
    """One panel, where a household has asked and the viewer may know of it."""
    requests = _requests(context)
    if not requests:
        return []
    rows = [asked_row(each) for each in requests]
    shown = {
        "rows": rows,
        "now": _now(context, requests[0], rows[0]) if requests[0].state in UNDER_WAY else None,
        "waits": _waits(context, requests[0]),
        "settled_in": rows[0].municipality if requests[0].state == "settled" else "",
    }
    shows = frozenset({Compartment.SETTLEMENT})
    return [
        Panel("self_settlement", _("Avtalt selvbosetting"), "self_settlement/asked/panel.html", shown, ORDER, shows)
    ]


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Nothing of its own: the settlement stands there."""
    return []


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer can do with the request now, or that one can be made."""
    requests = _requests(context)
    living = requests[0] if requests and requests[0].state in UNDER_WAY else None
    return _acts_on(context, living) if living is not None else _may_ask(context, requests)


def _acts_on(context: HouseholdContext, living: SelfSettlement) -> list[PossibleAct]:
    may, state = context.viewer.may, living.state
    asks = may(ASK) and _acts_for_them(context, living.case)
    answers = may(ANSWER) and living.organisation_id == context.viewer.organisation_id
    agrees, changed = may(AGREE), approved_for_others(living) is not None
    looks = state == "home_sent" or (state == "agreed" and changed)
    wanted = (
        (_("Svar om avtalt selvbosetting"), "answer_self_settlement", answers and state == "asked", True),
        (_("Vurder bolig og leiekontrakt"), "check_found_home", answers and looks, True),
        (_("Si likevel nei"), "answer_self_settlement", answers and state in BEFORE_AGREED[1:], False),
        (_("Bli enig med kommunen"), "agree_self_settlement", agrees and state == "approved", True),
        (_("Send inn bolig og leiekontrakt"), "send_found_home", asks and state == "finding_home", True),
        (_("Registrer at de har flyttet inn"), "register_moved_in", asks and state == "agreed" and not changed, True),
        (_("Boligen er leid ut til andre"), "lose_found_home", asks and state in ("approved", "agreed"), False),
        (_("Trekk ønsket om avtalt selvbosetting"), "withdraw_self_settlement", asks, False),
    )
    return [
        PossibleAct(label, reverse(name, args=[context.reference]), is_primary)
        for label, name, is_open, is_primary in wanted
        if is_open
    ]


def _may_ask(context: HouseholdContext, requests: Sequence[SelfSettlement]) -> list[PossibleAct]:
    if not context.viewer.may(ASK):
        return []
    story = story_for(context)
    case = story.case
    if case is None or not _acts_for_them(context, case):
        return []
    acts = []
    if any(task.kind in TO_TELL for task in context.tasks):
        url = reverse("tell_self_settlement_no", args=[context.reference])
        is_no = requests[0].state == "declined" if requests else True
        words = _("Fortell husstanden at kommunen sa nei") if is_no else _("Fortell husstanden at det ikke ble noe av")
        acts.append(PossibleAct(words, url, is_primary=True))
    household = Household(
        case_state=case.state,
        has_permit=not story.is_without_permit and not case.waits_for_decision,
        has_had_offer=bool(story.offered_before),
        is_unaccompanied_minor=case.is_unaccompanied_on(context.day),
        is_under_way=False,
    )
    if may_ask(household).is_yes:
        url = reverse("ask_self_settlement", args=[context.reference])
        acts.append(PossibleAct(_("Be om avtalt selvbosetting"), url))
    return acts


def _acts_for_them(context: HouseholdContext, case: SettlementCase) -> bool:
    """Their centre; IMDi where they live at none."""
    is_imdi = context.viewer.organisation_kind == OrganisationKind.IMDI
    return case.centre_id == (None if is_imdi else context.viewer.organisation_id)


def _requests(context: HouseholdContext) -> Sequence[SelfSettlement]:
    """Fetched once for the page, where anything of it has happened and the viewer's roles open it."""
    if _KEY not in context.cache:
        is_open = bool(context.reasons & context.viewer.opens.get(Compartment.SETTLEMENT, frozenset()))
        has_asked = any(each.type.startswith("self_settlement.") for each in context.events)
        context.cache[_KEY] = requests_of(context.subject_id) if is_open and has_asked else []
    return cast("Sequence[SelfSettlement]", context.cache[_KEY])


def _now(context: HouseholdContext, request: SelfSettlement, row: AskedRow) -> dict[str, Any]:
    """How it stands, whose move it is, by when, and what comes after."""
    theirs = request.case.centre.name if request.case.centre else "IMDi"
    sentence, whose, afterwards = {
        "asked": (_("Venter på svar fra kommunen."), row.municipality, _("ved ja leter de etter bolig der.")),
        "finding_home": (
            _("Kommunen har sagt ja. De leter etter bolig."),
            theirs,
            _("kommunen ser på bolig og kontrakt før noen signerer."),
        ),
        "home_sent": (_("Bolig og kontrakt er sendt."), row.municipality, _("IMDi og kommunen blir enige.")),
        "approved": (_("Kommunen har godkjent bolig og kontrakt."), "IMDi", _("de signerer og flytter inn.")),
        "agreed": (
            _("IMDi og kommunen er enige. De kan signere og flytte inn."),
            theirs,
            _("de er bosatt den dagen de flytter inn."),
        ),
    }[request.state]
    if request.state == "agreed" and approved_for_others(request):
        sentence = _("Husstanden er en annen enn boligen er godkjent for. Kommunen ser på den på nytt.")
        whose, afterwards = row.municipality, _("passer boligen, kan de flytte inn.")
    travels = own_travel_days([request.case_id] if request.state == "agreed" else [])
    since = {task.kind: task.basis_on for task in context.tasks}
    move = move_of(request, [each.home for each in row.homes], since, travels.get(request.case_id))
    due_on = move.due.on if move and move.due else None
    return {"sentence": sentence, "whose": whose, "due_on": due_on, "afterwards": afterwards, "day": context.day}


def _waits(context: HouseholdContext, request: SelfSettlement) -> str:
    """What it means for the queue, for those who see it."""
    if request.state not in BEFORE_AGREED or context.viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
        return ""
    decision = allocation_waits(
        request.state,
        asked_on=request.asked_on,
        welcomed_on=request.welcomed_on,
        approved_on=request.approved_on,
        fell_away_on=request.fell_away_on,
        municipality=request.organisation.name,
        day=context.day,
    )
    reason = decision.reasons[0]
    return filled(str(ASKED_REASONS[reason.code]), reason.fields)
