"""What happens now in a household's way to a municipality: a sentence, whose move it is, by when, what comes after."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.panels import HouseholdContext, NowAndNext
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.beside import with_what_is_beside
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.now_offered import FROM_THE_OFFER, Tells
from fotfeste.settlement.queries.story import Story, story_for
from fotfeste.settlement.steps import centre_name, is_at_centre, possible_acts
from fotfeste.settlement.task_kinds_offers import DECIDE_WITHOUT_PERMIT
from fotfeste.settlement.words_offers import municipality_named


def now_and_next(context: HouseholdContext) -> NowAndNext:
    """What happens now, for every state of the case and before there is one."""
    story = story_for(context)
    if story.case is None:
        return _before_the_case(story, context)
    if _is_told_to_others(story):
        return NowAndNext(_("Mottaket der de bor, og IMDi følger opp bosettingen."))
    return with_what_is_beside(_NOW[story.case.state](story, story.case, context), story, context)


def _is_told_to_others(story: Story) -> bool:
    """The case has come to a request or an offer that the viewer has no part in."""
    if story.case is None:
        return False
    needs_request = story.case.state in ("requested", "municipality_found") and story.living_request is None
    needs_offer = story.case.state in ("offered", "accepted", "journey_agreed", "refused", "settled")
    return needs_request or (needs_offer and story.offer is None)


def _before_the_case(story: Story, context: HouseholdContext) -> NowAndNext:
    may = context.viewer.may
    if (task := story.tasks.get("place_group")) is not None:
        return NowAndNext(
            _("Husstanden skal plasseres på et mottak."),
            task.organisation.name,
            task.due_on,
            _("rom og senger på mottaket."),
            possible_acts(context, ("place_group", _("Plasser husstanden"), may("accommodation.place_group"))),
        )
    if (task := story.tasks.get("assign_beds")) is not None:
        is_theirs = may("accommodation.assign_beds") and task.organisation_id == context.viewer.organisation_id
        return NowAndNext(
            _("Husstanden er plassert på %(centre)s og skal få senger.") % {"centre": task.organisation.name},
            task.organisation.name,
            task.due_on,
            _("vedtak fra UDI."),
            possible_acts(context, ("assign_beds", _("Gi dem senger"), is_theirs)),
        )
    if any(getattr(member, "has_permit", False) for member in context.members):
        return NowAndNext(_("Husstanden har tillatelse, men det er ikke åpnet noen bosettingssak."))
    return NowAndNext(_("Venter på vedtak fra UDI."), "UDI", None, _("bosettingssamtale."))


def _interview_due(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    sentence = _("Bosettingssamtalen skal holdes.")
    if story.interview is not None and story.interview.planned_at is not None:
        sentence = _("Bosettingssamtalen er avtalt til %(day)s.") % {"day": in_words(story.interview.planned_at)}
    elif case.centre is None:
        sentence = _("Bosettingssamtalen holdes når husstanden er plassert på et mottak.")
    is_theirs = context.viewer.may("settlement.hold_interview") and is_at_centre(case, context)
    return NowAndNext(
        sentence,
        case.centre.name if case.centre else "UDI",
        story.due_on("hold_interview"),
        _("IMDi finner en kommune."),
        possible_acts(context, ("interview", _("Til bosettingssamtalen"), is_theirs)),
    )


def _offered_already(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    """Somebody has had their one offer: no municipality can be asked for this household."""
    names = [name for person, name in context.names.items() if person in story.offered_before]
    is_theirs = context.viewer.may("settlement.close_case") and (
        is_at_centre(case, context) or context.viewer.may("settlement.find_municipality")
    )
    return NowAndNext(
        sentence_for(Refused("one_offer_only", params={"names": ", ".join(names)})),
        centre_name(case) if case.centre else "UDI",
        acts=possible_acts(context, ("close_case", _("Avslutt saken"), is_theirs)),
    )


def _queued(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    if story.offered_before:
        return _offered_already(story, case, context)
    if DECIDE_WITHOUT_PERMIT in story.tasks:
        decides = context.viewer.may("settlement.find_municipality") and context.viewer.may("settlement.close_case")
        return NowAndNext(
            _("Bosettingssamtalen er holdt."),
            "IMDi",
            story.due_on(DECIDE_WITHOUT_PERMIT),
            acts=possible_acts(context, ("close_case", _("Avslutt saken"), decides)),
        )
    if case.waits_for_decision:
        return NowAndNext(
            _("Bosettingssamtalen er holdt. Husstanden venter på vedtak fra UDI."),
            "UDI",
            None,
            _("IMDi finner en kommune."),
        )
    waited = story.waiting_on(context.day)
    sentence = _("Venter på at IMDi finner en kommune.")
    if waited is not None:
        sentence += " " + ngettext(
            "De har ventet %(days)d dag siden vedtaket. Målet er bosetting innen %(goal)s.",
            "De har ventet %(days)d dager siden vedtaket. Målet er bosetting innen %(goal)s.",
            waited.days,
        ) % {"days": waited.days, "goal": in_words(waited.goal.due_on)}
    return NowAndNext(
        sentence,
        "IMDi",
        story.due_on("find_municipality"),
        _("forespørsel til en kommune."),
        possible_acts(
            context, ("find_municipality", _("Finn kommune"), context.viewer.may("settlement.find_municipality"))
        ),
    )


def _requested(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    asked = story.open_request
    if asked is None:
        return NowAndNext(_("En kommune er spurt om å bosette husstanden."))
    name = municipality_named(asked.request.organisation.name)
    may = context.viewer.may
    is_theirs = may("settlement.answer_request") and (asked.request.organisation_id == context.viewer.organisation_id)
    return NowAndNext(
        _("Venter på svar fra %(name)s (forespørsel sendt %(day)s).")
        % {"name": name, "day": in_words(asked.request.sent_on)},
        name,
        asked.deadline.due_on,
        _("tilbud til husstanden."),
        possible_acts(
            context,
            ("answer_request", _("Svar på forespørselen"), is_theirs),
            ("settlement_request", _("Se forespørselen"), may("settlement.find_municipality")),
        ),
    )


def _who_registers(case: SettlementCase) -> str:
    """Who registers that they have moved in: their centre; IMDi where they live at none."""
    return case.centre.name if case.centre else "IMDi"


def _found_themselves(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    """They have agreed it themselves: the journey, and the day that they move in."""
    name = municipality_named(story.destination.name) if story.destination else ""
    said = [_("Avtalt selvbosetting i %(name)s er klar. De er bosatt den dagen de flytter inn.") % {"name": name}]
    may, journey = context.viewer.may, story.journey
    if journey is not None:
        told = _("Reisen er avtalt til %(day)s.")
        if journey.postponed_on is not None:
            told = _("Reisen %(day)s er utsatt. Ny dag er ikke avtalt.")
        said.append(told % {"day": in_words(journey.travels_on)})
    if story.open_approval is not None:
        said.append(_("UDI er spurt om annen reisemåte enn kollektivtransport."))
        acts = possible_acts(context, ("approve_travel", _("Svar på spørsmålet"), may("settlement.approve_travel")))
        due_on = story.due_on("approve_travel")
        return NowAndNext(" ".join(said), "UDI", due_on, _("reisen avtales med kommunen."), acts)
    is_to_arrange = "arrange_journey" in story.tasks and story.travel_state == "accepted"
    arranges = is_to_arrange and may("settlement.arrange_journey") and is_at_centre(case, context)
    return NowAndNext(
        " ".join(said),
        _who_registers(case),
        story.due_on("arrange_journey") if is_to_arrange else None,
        _("kommunen følger dem opp."),
        possible_acts(context, ("arrange_journey", _("Avtal reisen"), arranges)),
    )


def _municipality_found(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    if story.offered_before:
        return _offered_already(story, case, context)
    asked = story.living_request
    words = {"name": "", "week": ""}
    if asked is not None and asked.request.is_self_found:
        return _found_themselves(story, case, context)
    if asked is not None:
        words["name"] = municipality_named(asked.request.organisation.name)
        words["week"] = week_in_words(Week.parse(asked.request.possible_week))
    return NowAndNext(
        _("%(name)s har svart ja, tidligst %(week)s. IMDi skal gi tilbudet.") % words,
        "IMDi",
        story.due_on("make_offer"),
        _("husstanden svarer på tilbudet."),
        possible_acts(context, ("make_offer", _("Gi tilbud"), context.viewer.may("settlement.find_municipality"))),
    )


_NOW: Mapping[str, Tells] = FROM_THE_OFFER | {
    "interview_due": _interview_due,
    "queued": _queued,
    "requested": _requested,
    "municipality_found": _municipality_found,
}
