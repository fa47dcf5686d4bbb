"""What happens now in a household's way to a municipality from the offer on, and when the case is closed."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.accommodation.public import stays_shown
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import Week
from fotfeste.platform.panels import HouseholdContext, NowAndNext, PossibleAct
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.outside_week import otherwise_than_agreed, outside_week
from fotfeste.settlement.queries.story import Story
from fotfeste.settlement.steps import centre_name, is_at_centre, possible_acts
from fotfeste.settlement.task_kinds_offers import FOLLOW_NO_SHOW, FOLLOW_REFUSAL, SEE_PRIVATE_MOVE
from fotfeste.settlement.words_offers import CLOSING_REASONS, municipality_named


def _offer_words(story: Story) -> Mapping[str, str]:
    if story.offer is None:
        return {"name": "", "week": ""}
    return {
        "name": municipality_named(story.offer.organisation.name),
        "week": week_in_words(Week.parse(story.offer.week)),
    }


def _who_is_with_them(case: SettlementCase) -> str:
    """Who goes through the offer with them and arranges their journey: their centre; IMDi where there is none."""
    return case.centre.name if case.centre else "IMDi"


def _offered(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    is_theirs = context.viewer.may("settlement.register_offer_answer") and is_at_centre(case, context)
    return NowAndNext(
        _("Husstanden har fått tilbud om bosetting i %(name)s, %(week)s.") % _offer_words(story),
        _who_is_with_them(case),
        story.due_on("register_offer_answer"),
        _("reisen avtales med kommunen hvis de takker ja."),
        possible_acts(context, ("register_offer_answer", _("Registrer svar på tilbudet"), is_theirs)),
    )


def _accepted(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    may = context.viewer.may
    said = (
        _("Husstanden har takket ja til %(name)s, %(week)s. Mottaket avtaler reisen.")
        if case.centre
        else _("Husstanden har takket ja til %(name)s, %(week)s. IMDi avtaler reisen.")
    )
    sentence = said % _offer_words(story)
    if story.journey is not None and story.journey.postponed_on is not None:
        day = in_words(story.journey.travels_on)
        sentence += " " + _("Reisen %(day)s er utsatt. Ny dag er ikke avtalt.") % {"day": day}
    if story.open_approval is not None:
        return NowAndNext(
            sentence + " " + _("UDI er spurt om annen reisemåte enn kollektivtransport."),
            "UDI",
            story.due_on("approve_travel"),
            _("reisen avtales med kommunen."),
            possible_acts(context, ("approve_travel", _("Svar på spørsmålet"), may("settlement.approve_travel"))),
        )
    is_theirs = may("settlement.arrange_journey") and is_at_centre(case, context)
    return NowAndNext(
        sentence,
        _who_is_with_them(case),
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
    is_theirs = context.viewer.may("settlement.register_departure") and is_at_centre(case, context)
    return NowAndNext(
        sentence,
        centre_name(case),
        travels_on,
        _("kommunen tar imot dem, og de er bosatt."),
        possible_acts(context, ("register_departure", _("Registrer avreise"), is_theirs)),
    )


def _refused(story: Story, case: SettlementCase, context: HouseholdContext) -> NowAndNext:
    words = {**_offer_words(story), "day": in_words(case.state_since_on)}
    told = _("Husstanden takket nei til %(name)s %(day)s. Den får ikke et nytt tilbud.")
    if story.offer is not None and story.offer.not_moved_on is not None:
        told = _("Husstanden flyttet ikke til %(name)s den avtalte dagen, %(day)s. Den får ikke et nytt tilbud.")
    return NowAndNext(
        told % words,
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
    # A centre that they have left sees no request, and what it did itself.
    if story.is_self_found or any(each.type == "settlement.move_into_found_home" for each in context.events):
        found = _("De fant boligen selv, etter avtale med kommunen og IMDi.")
        if story.journey is not None and story.journey.travels_on != case.state_since_on:
            told = _("Reisen var avtalt til %(day)s.") % {"day": in_words(story.journey.travels_on)}
            found = f"{told} {found}"
        if context.viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
            found = f"{found} {_('Ingen skal bekrefte at de er kommet: dagen de flyttet inn, er registrert.')}"
        return NowAndNext(f"{sentence} {found}")
    if story.offer is not None and story.journey is None:
        return NowAndNext(sentence + " " + _("De bodde der fra før, og blir boende."))
    stays = stays_shown(context)
    sentence = " ".join([sentence, *otherwise_than_agreed(story.journey, story.offer, case.state_since_on, stays)])
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
    """IMDi looks at who is not there any more, as long as it has not said that it has."""
    is_there = SEE_PRIVATE_MOVE in story.tasks and context.viewer.may("settlement.find_municipality")
    return possible_acts(context, ("private_move", _("Se hvem som ikke er der lenger"), is_there))


type Tells = Callable[[Story, SettlementCase, HouseholdContext], NowAndNext]
FROM_THE_OFFER: dict[str, Tells] = {
    "offered": _offered,
    "accepted": _accepted,
    "journey_agreed": _journey_agreed,
    "refused": _refused,
    "settled": _settled,
    "closed": _closed,
}
