"""What happens now in a household's way to a municipality: a sentence, whose move it is, by when, what comes after."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.panels import HouseholdContext, NowAndNext, PossibleAct
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.beside import with_what_is_beside
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.outside_week import otherwise_than_agreed, outside_week
from fotfeste.settlement.queries.story import Story, story_for
from fotfeste.settlement.steps import possible_acts
from fotfeste.settlement.task_kinds_offers import (
    DECIDE_WITHOUT_PERMIT,
    FOLLOW_NO_SHOW,
    FOLLOW_REFUSAL,
    SEE_PRIVATE_MOVE,
)
from fotfeste.settlement.words_offers import CLOSING_REASONS, municipality_named


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
    return NowAndNext(_("Venter på vedtak fra UDI."), "UDI", None, _("bosettingssamtale på mottaket."))


def _centre_name(case: SettlementCase) -> str:
    return case.centre.name if case.centre else _("mottaket")


def _is_at_centre(case: SettlementCase, context: HouseholdContext) -> bool:
    return case.centre_id == context.viewer.organisation_id


def _interview_due(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    sentence = _("Bosettingssamtalen skal holdes.")
    if story.interview is not None and story.interview.planned_at is not None:
        sentence = _("Bosettingssamtalen er avtalt til %(day)s.") % {"day": in_words(story.interview.planned_at)}
    elif case.centre is None:
        sentence = _("Bosettingssamtalen holdes når husstanden er plassert på et mottak.")
    is_theirs = context.viewer.may("settlement.hold_interview") and _is_at_centre(case, context)
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
        _is_at_centre(case, context) or context.viewer.may("settlement.find_municipality")
    )
    return NowAndNext(
        sentence_for(Refused("one_offer_only", params={"names": ", ".join(names)})),
        _centre_name(case) if case.centre else "UDI",
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


def _municipality_found(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    if story.offered_before:
        return _offered_already(story, case, context)
    asked = story.living_request
    words = {"name": "", "week": ""}
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


def _offer_words(story: Story) -> Mapping[str, str]:
    if story.offer is None:
        return {"name": "", "week": ""}
    return {
        "name": municipality_named(story.offer.organisation.name),
        "week": week_in_words(Week.parse(story.offer.week)),
    }


def _offered(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    is_theirs = context.viewer.may("settlement.register_offer_answer") and _is_at_centre(case, context)
    return NowAndNext(
        _("Husstanden har fått tilbud om bosetting i %(name)s, %(week)s.") % _offer_words(story),
        _centre_name(case),
        story.due_on("register_offer_answer"),
        _("reisen avtales med kommunen hvis de takker ja."),
        possible_acts(context, ("register_offer_answer", _("Registrer svar på tilbudet"), is_theirs)),
    )


def _accepted(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    may = context.viewer.may
    sentence = _("Husstanden har takket ja til %(name)s, %(week)s. Mottaket avtaler reisen.") % _offer_words(story)
    if story.open_approval is not None:
        return NowAndNext(
            sentence + " " + _("UDI er spurt om annen reisemåte enn kollektivtransport."),
            "UDI",
            story.due_on("approve_travel"),
            _("reisen avtales med kommunen."),
            possible_acts(context, ("approve_travel", _("Svar på spørsmålet"), may("settlement.approve_travel"))),
        )
    is_theirs = may("settlement.arrange_journey") and _is_at_centre(case, context)
    return NowAndNext(
        sentence,
        _centre_name(case),
        story.due_on("arrange_journey"),
        _("reisen til kommunen."),
        possible_acts(context, ("arrange_journey", _("Avtal reisen"), is_theirs)),
    )


def _journey_agreed(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    travels_on = story.journey.travels_on if story.journey else None
    words = {**_offer_words(story), "day": in_words(travels_on)}
    sentence = _("Reisen til %(name)s er avtalt til %(day)s.") % words
    if outside := outside_week(story.journey, story.offer):
        sentence += " " + outside
    if travels_on is not None and travels_on <= context.day:
        sentence += " " + _("Registrer avreisen samme dag som de reiser.")
    is_theirs = context.viewer.may("settlement.register_departure") and _is_at_centre(case, context)
    return NowAndNext(
        sentence,
        _centre_name(case),
        travels_on,
        _("kommunen tar imot dem, og de er bosatt."),
        possible_acts(context, ("register_departure", _("Registrer avreise"), is_theirs)),
    )


def _refused(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    words = {**_offer_words(story), "day": in_words(case.state_since_on)}
    return NowAndNext(
        _("Husstanden takket nei til %(name)s %(day)s. Den får ikke et nytt tilbud.") % words,
        "IMDi" if FOLLOW_REFUSAL in story.tasks else "",
        afterwards=_("oppfølging av bosettingsnekt."),
        acts=_private_move(story, context),
    )


def _settled(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    words = {**_offer_words(story), "day": in_words(case.state_since_on)}
    has_arrived = story.journey is not None and story.journey.arrived_on is not None
    sentence = _("Bosatt i %(name)s fra %(day)s.") % words
    if has_arrived:
        return NowAndNext(sentence)
    persons = [member.subject_id for member in context.members]
    sentence = " ".join([sentence, *otherwise_than_agreed(story.journey, story.offer, case.state_since_on, persons)])
    is_theirs = context.viewer.may("settlement.answer_request") and (
        story.offer is not None and story.offer.organisation_id == context.viewer.organisation_id
    )
    to_confirm = ("confirm_arrival", _("Bekreft at de er kommet"), is_theirs)
    if story.journey is not None and story.journey.missed_on is not None:
        is_imdis = FOLLOW_NO_SHOW in story.tasks
        to_follow = (
            "follow_no_show",
            _("Følg opp at de ikke kom"),
            is_imdis and context.viewer.may("settlement.find_municipality"),
        )
        told = _("Kommunen meldte %(day)s at de ikke kom.") % {"day": in_words(story.journey.missed_on)}
        return NowAndNext(
            f"{sentence} {told}",
            "IMDi" if is_imdis else "",
            story.due_on(FOLLOW_NO_SHOW),
            _("kommer de senere, bekrefter kommunen det."),
            possible_acts(context, to_follow, to_confirm),
        )
    due: date | None = story.due_on("receive_household")
    return NowAndNext(
        sentence + " " + _("Kommunen bekrefter at de er kommet."),
        words["name"],
        due,
        "",
        possible_acts(context, to_confirm),
    )


def _closed(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    sentence = _("Bosettingssaken ble avsluttet %(day)s.") % {"day": in_words(case.state_since_on)}
    if case.closing_reason:
        sentence += " " + _("Grunn: %(reason)s.") % {"reason": str(CLOSING_REASONS[case.closing_reason])}
    if case.closing_text and context.viewer.organisation_kind in _FOLLOWS:
        sentence += " " + case.closing_text
    return NowAndNext(
        sentence,
        acts=_private_move(story, context),
    )


# Who reads the words of whoever closed a case.
_FOLLOWS = frozenset({OrganisationKind.CENTRE, OrganisationKind.IMDI, OrganisationKind.UDI})


def _private_move(story: Story, context: HouseholdContext) -> tuple[PossibleAct, ...]:
    """IMDi looks at who has moved privately, as long as it has not said that it has."""
    is_there = SEE_PRIVATE_MOVE in story.tasks and context.viewer.may("settlement.find_municipality")
    return possible_acts(context, ("private_move", _("Se hvem som har flyttet privat"), is_there))


type _Tells = Callable[[Story, SettlementCase, HouseholdContext], NowAndNext]
_NOW: Mapping[str, _Tells] = {
    "interview_due": _interview_due,
    "queued": _queued,
    "requested": _requested,
    "municipality_found": _municipality_found,
    "offered": _offered,
    "accepted": _accepted,
    "journey_agreed": _journey_agreed,
    "refused": _refused,
    "settled": _settled,
    "closed": _closed,
}
