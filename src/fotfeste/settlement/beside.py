"""What goes on beside a case's way: new needs, who has come or left, corrections, what the household must be told."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from fotfeste.platform.panels import HouseholdContext, NowAndNext
from fotfeste.platform.words import day as in_words
from fotfeste.settlement import task_kinds_offers
from fotfeste.settlement.actions.told import MOVE_ANNULLED, MOVE_ANNULLED_AND_CHANGED
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.queries.story import AskedNeed, Story
from fotfeste.settlement.sentences_interview import listed
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.steps import possible_acts
from fotfeste.settlement.task_kinds_interview import CORRECT_INTERVIEW, SUPPLEMENT_INTERVIEW, TELL_WITHDRAWAL
from fotfeste.settlement.task_kinds_offers import (
    DECIDE_WITHOUT_PERMIT,
    SEE_CHANGE,
    SEE_HOUSEHOLD_AGAIN,
    SEE_PRIVATE_MOVE,
)
from fotfeste.settlement.words_offers import municipality_named


def with_what_is_beside(now: NowAndNext, story: Story, context: HouseholdContext) -> NowAndNext:
    """What happens now, with what else has happened and whose move that is."""
    now = _with_growth(_with_needs(now, story, context), story, context)
    if DECIDE_WITHOUT_PERMIT not in story.tasks:
        return now
    return replace(now, sentence=_("Ingen i husstanden har tillatelse nå. IMDi vurderer saken.") + " " + now.sentence)


def _with_needs(now: NowAndNext, story: Story, context: HouseholdContext) -> NowAndNext:
    """Beside it: what the municipality is asked about since its yes, by when, and what it cannot meet."""
    living = story.living_request
    if living is None or story.case is None or story.case.state in CASE.final:
        return now
    words, acts = [now.sentence], now.acts
    name = municipality_named(living.request.organisation.name)
    if waiting := story.open_needs:
        told = _("%(name)s svarer på om den kan tilby %(what)s, innen %(day)s.")
        words.append(told % {"name": name, "what": _named(waiting), "day": in_words(waiting[0].deadline.due_on)})
        is_theirs = living.request.organisation_id == context.viewer.organisation_id
        asks = is_theirs and context.viewer.may("settlement.answer_request")
        acts = (*acts, *possible_acts(context, ("answer_needs", _("Svar om nytt behov"), asks)))
    if unmet := story.unmet_needs:
        words.append(_("%(name)s kan ikke tilby %(what)s.") % {"name": name, "what": _named(unmet)})
    return replace(now, sentence=" ".join(words), acts=acts)


def _named(asked: Sequence[AskedNeed]) -> str:
    return listed([capability_name(each.question.capability) for each in asked])


def _with_growth(now: NowAndNext, story: Story, context: HouseholdContext) -> NowAndNext:
    """Beside it: what has changed since the interview, until IMDi has looked, and what the centre still asks them."""
    may, acts, words = context.viewer.may, now.acts, ""
    if (task := story.tasks.get(SEE_HOUSEHOLD_AGAIN)) is not None:
        words = _seen_again(task.cause, is_told=bool(story.unmet_needs))
        sees = may("settlement.find_municipality")
        acts = (*acts, *possible_acts(context, ("household_again", _("Se husstanden på nytt"), sees)))
    if SEE_PRIVATE_MOVE in story.tasks and story.case is not None and story.case.state not in CASE.final:
        words = f"{words} {_('Noen i husstanden er ikke der lenger. IMDi ser på det.')}".strip()
        sees = may("settlement.find_municipality")
        acts = (*acts, *possible_acts(context, ("private_move", _("Se hvem som ikke er der lenger"), sees)))
    if (task := story.tasks.get(SEE_CHANGE)) is not None and task.organisation_id == context.viewer.organisation_id:
        is_mistake = task.cause in (MOVE_ANNULLED, MOVE_ANNULLED_AND_CHANGED)
        words = _("At de flyttet inn, var registrert ved en feil.") if is_mistake else ""
        if task.cause != MOVE_ANNULLED:
            words = f"{words} {_('Husstanden er endret etter at dere ble spurt.')}".strip()
        sees = may("settlement.answer_request")
        acts = (*acts, *possible_acts(context, ("household_changed", _("Se hvem som kommer nå"), sees)))
    for kind, url_name, permission, asked, label in _OF_THE_CENTRE:
        if (task := story.tasks.get(kind)) is not None:
            words = f"{words} {asked() % {'day': in_words(task.due_on)}}".strip()
            asks = may(permission) and task.organisation_id == context.viewer.organisation_id
            acts = (*acts, *possible_acts(context, (url_name, label(), asks)))
    return replace(now, sentence=f"{now.sentence} {words}", acts=acts) if words else now


_OF_THE_CENTRE: tuple[tuple[str, str, str, Callable[[], str], Callable[[], str]], ...] = (
    (
        SUPPLEMENT_INTERVIEW,
        "interview",
        "settlement.hold_interview",
        lambda: _("Mottaket spør dem som er kommet til, innen %(day)s."),
        lambda: _("Suppler bosettingssamtalen"),
    ),
    (
        CORRECT_INTERVIEW,
        "interview",
        "settlement.hold_interview",
        lambda: _("Mottaket retter svar i bosettingssamtalen, innen %(day)s."),
        lambda: _("Rett bosettingssamtalen"),
    ),
    (
        TELL_WITHDRAWAL,
        "tell_withdrawal",
        "settlement.register_offer_answer",
        lambda: _("Mottaket forteller husstanden at tilbudet er trukket tilbake, innen %(day)s."),
        lambda: _("Fortell at tilbudet er trukket tilbake"),
    ),
)


def _seen_again(cause: str, *, is_told: bool) -> str:
    """Why IMDi sees the household again.

    `is_told`: what the municipality cannot offer is said before it; not to UDI, who reads no needs.
    """
    match cause:
        case "settlement.interview_corrected":
            return _("Svar i bosettingssamtalen er rettet. IMDi ser på det.")
        case task_kinds_offers.NEED_NOT_MET if is_told:
            return _("IMDi ser på det.")
        case task_kinds_offers.NEED_NOT_MET:
            return _("Kommunen har svart nei til et behov. IMDi ser på det.")
        case "settlement.household_shrunk":
            return _("Noen i husstanden er ikke der lenger. IMDi ser på det.")
        case _other:
            return _("Noen er kommet til i husstanden etter samtalen. IMDi ser på det.")
