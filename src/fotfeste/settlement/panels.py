"""What settlement supplies to the household page: panels and timeline."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.kernel.calendar import Week
from fotfeste.platform.panels import HouseholdContext, Panel, TimelineEntry
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.heard import heard, steps_panel
from fotfeste.settlement.interview_panel import interview_panels, interview_timeline
from fotfeste.settlement.queries.story import Story, story_for
from fotfeste.settlement.rows import offer_facts, request_rows, withdrawn_rows
from fotfeste.settlement.rows_journey import approval_rows, journey_facts, journey_picture, leg_rows
from fotfeste.settlement.rows_needs import need_rows
from fotfeste.settlement.rows_travel import travel_shown
from fotfeste.settlement.task_kinds_offers import FOLLOW_REFUSAL, OF_REFUSAL


def household_panels(context: HouseholdContext) -> list[Panel]:
    """The panels of the interview, requests, offer and journey; each only when there is something in it."""
    story = story_for(context)
    panels = interview_panels(context)
    if story.requests:
        rows = request_rows(story, context.viewer, context.day)
        shown: dict[str, object] = {"rows": rows, "asked_needs": need_rows(story, context.day)}
        panels.append(_panel("requests", _("Forespørsler til kommuner"), shown, 60))
    if story.offer is not None or story.withdrawn:
        facts = {
            "facts": offer_facts(story),
            "withdrawn": withdrawn_rows(story, context.viewer),
            "annul_url": _annul_url(story, context),
        }
        panels.append(_panel("offer", _("Tilbudet"), facts, 61))
    travel = travel_shown(story, context)
    if story.journey is not None or story.approvals or travel:
        facts = {
            "facts": journey_facts(story),
            "picture": journey_picture(story.legs),
            "legs": leg_rows(story.legs),
            "approvals": approval_rows(story),
            **travel,
        }
        panels.append(_panel("journey", _("Reisen"), facts, 62))
    if story.case is not None:
        panels += steps_panel(context, story.case)
    return panels


def _annul_url(story: Story, context: HouseholdContext) -> str:
    """Where IMDi takes back a no that is wrong, as long as it follows it up: until the household has left."""
    is_followed = any(kind == FOLLOW_REFUSAL or kind.startswith(OF_REFUSAL) for kind in story.tasks)
    is_refused = story.case is not None and story.case.state == "refused" and is_followed
    if not is_refused or not context.viewer.may("settlement.find_municipality"):
        return ""
    return reverse("annul_refusal", args=[context.reference])


def _panel(code: str, title: str, context: dict[str, object], order: int) -> Panel:
    folder = "request" if code == "requests" else code
    shows = frozenset({Compartment.SETTLEMENT, Compartment.NEEDS})
    return Panel(code, title, f"settlement/{folder}/panel.html", context, order, shows)


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Interview, requests, offer, journey and settlement on the household's timeline, with who told and when."""
    own = _timeline(story_for(context), context)
    return [*interview_timeline(context), *own]


def _timeline(story: Story, context: HouseholdContext) -> Iterator[TimelineEntry]:
    lane = _("Bosetting")
    if story.case is None:
        return
    for asked in story.requests:
        request = asked.request
        name = _("Forespørsel til %(name)s") % {"name": request.organisation.name}
        if request.state == "withdrawn" and request.answered_on is None:
            yield TimelineEntry(lane, name, request.sent_on, is_point=True, source="IMDi", known_on=request.sent_on)
            continue
        yield TimelineEntry(lane, name, request.sent_on, request.answered_on, source="IMDi", known_on=request.sent_on)
    for taken_back in story.withdrawn:
        week = week_in_words(Week.parse(taken_back.week))
        name = _("Tilbud, %(week)s, trukket tilbake") % {"week": week}
        yield TimelineEntry(
            lane,
            name,
            taken_back.decided_on,
            taken_back.withdrawn_on,
            is_point=taken_back.withdrawn_on == taken_back.decided_on,
            source="IMDi",
            known_on=taken_back.decided_on,
        )
    if story.offer is not None:
        offer = story.offer
        label = _("Tilbud om %(name)s, %(week)s") % {
            "name": offer.organisation.name,
            "week": week_in_words(Week.parse(offer.week)),
        }
        yield TimelineEntry(lane, label, offer.decided_on, offer.answered_on, source="IMDi", known_on=offer.decided_on)
    if story.journey is not None and story.travel_state == "journey_agreed":
        told = heard(context, story.case.pk, "agree_journey", "change_journey")
        yield TimelineEntry(lane, _("Avtalt reisedag"), story.journey.travels_on, is_point=True, **told)
    yield from _endings(story, context, lane)


def _endings(story: Story, context: HouseholdContext, lane: str) -> Iterator[TimelineEntry]:
    if story.case is None:
        return
    labels = {"settled": _("Bosatt"), "refused": _("Takket nei til tilbudet"), "closed": _("Saken avsluttet")}
    if story.case.state in labels:
        steps = ("register_departure", "settle_where_they_live", "move_into_found_home", "decline_offer", "close_case")
        told = heard(context, story.case.pk, *steps)
        yield TimelineEntry(lane, labels[story.case.state], story.case.state_since_on, is_point=True, **told)
    if story.journey is not None and story.journey.missed_on:
        told = heard(context, story.case.pk, "not_arrived")
        yield TimelineEntry(lane, _("Kom ikke til kommunen"), story.journey.missed_on, is_point=True, **told)
    if story.journey is not None and story.journey.arrived_on:
        told = heard(context, story.case.pk, "arrived")
        yield TimelineEntry(lane, _("Kommet til kommunen"), story.journey.arrived_on, is_point=True, **told)
