"""Requests, offer and journey as lines of words, for panels and pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import Week
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import language_name
from fotfeste.platform.words import week as week_in_words
from fotfeste.registry.public import Member, guardians_of, unaccompanied_among
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementRequest
from fotfeste.settlement.queries.declines import declined_in
from fotfeste.settlement.queries.story import Asked, Story
from fotfeste.settlement.sentences_declines import no_in_words
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.words_offers import OFFER_STATES, REQUEST_STATES, REQUEST_TONES, WITHDRAWAL_REASONS


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """Whose guardian, and how to reach them; or that nobody is registered."""

    of_whom: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as the viewer may see it."""

    municipality: str
    number: str
    reference: str  # the request's own number
    sent_on: date
    due_on: date
    days_left: int
    state: str
    tone: str
    is_open: bool
    is_late: bool
    answered_on: date | None
    answer: str
    reasoning: str
    other_size: str  # where they are not as many as it was for


def more_or_fewer(was: int, now: int) -> str:
    """`gjelder 4, de er nå 5`: what was asked for or offered is not who they are any more; empty where it is."""
    return "" if was == now else _("gjelder %(was)d, de er nå %(now)d") % {"was": was, "now": now}


def guardian_rows(members: Iterable[Member], day: date) -> list[GuardianRow]:
    """The guardians of those who are unaccompanied minors. One query where there are any, else none."""
    everyone = list(members)
    alone = unaccompanied_among(everyone, day)
    minors = [member for member in everyone if member.subject_id in alone]
    if not minors:
        return []
    known = guardians_of(member.subject_id for member in minors)
    rows = []
    for member in minors:
        guardian = known.get(member.subject_id)
        words = ", ".join(part for part in (guardian.name, guardian.phone, guardian.email) if part) if guardian else ""
        rows.append(GuardianRow(member.given_name or member.family_name, words or _("ikke registrert")))
    return rows


def week_text(text: str) -> str:
    """A stored week (2024-W12) in words; empty for none."""
    return week_in_words(Week.parse(text)) if text else ""


def request_rows(story: Story, viewer: Viewer, day: date) -> list[RequestRow]:
    """The requests, the newest first. IMDi's own reasoning is shown to IMDi only."""
    is_imdi = viewer.may("settlement.find_municipality")
    return [
        _request_row(asked, day, shows_reasoning=is_imdi, other_size=_other_size(story, asked.request))
        for asked in reversed(story.requests)
    ]


def _other_size(story: Story, request: SettlementRequest) -> str:
    """Of what is out: an old request is as it was, and so is a settled household's."""
    if story.case is None or story.case.state in CASE.final or request.state not in ("open", "accepted"):
        return ""
    return more_or_fewer(request.size, story.case.size)


def _request_row(asked: Asked, day: date, *, shows_reasoning: bool, other_size: str) -> RequestRow:
    request = asked.request
    municipality = request.organisation.municipality
    return RequestRow(
        municipality=request.organisation.name,
        number=municipality.number if municipality else "",
        reference=request.reference,
        sent_on=request.sent_on,
        due_on=asked.deadline.due_on,
        days_left=asked.deadline.days_left(day),
        state=str(REQUEST_STATES[request.state]),
        tone=REQUEST_TONES[request.state],
        is_open=request.state == "open",
        is_late=asked.is_late_on(day),
        answered_on=request.answered_on,
        answer=answer_text(request),
        reasoning=request.reasoning if shows_reasoning else "",
        other_size=other_size,
    )


def answer_text(request: SettlementRequest) -> str:
    """What the municipality answered, in words."""
    parts: list[str] = []
    if request.decline_reason:
        parts += no_in_words(declined_in(request))
    if request.possible_week:
        parts.append(_("tidligst %(week)s") % {"week": week_text(request.possible_week)})
    if request.confirmed:
        confirmed = ", ".join(capability_name(code) for code in request.confirmed)
        parts.append(_("bekrefter %(what)s") % {"what": confirmed})
    if request.answer_text:
        parts.append(request.answer_text)
    return "; ".join(parts)


def offer_facts(story: Story) -> list[Fact]:
    """The decision and the answer to it."""
    offer = story.offer
    if offer is None or story.case is None:
        return []
    is_over, size = story.case.state in CASE.final, story.case.size
    facts = [
        Fact(_("Kommune"), offer.organisation.name),
        Fact(_("Bosettingsuke"), week_text(offer.week)),
        Fact(_("Vedtatt"), in_words(offer.decided_on)),
        Fact(_("Personer"), str(offer.size) if is_over else more_or_fewer(offer.size, size) or str(offer.size)),
        Fact(_("Begrunnelse"), offer.reasoning),
        Fact(_("Svar"), str(OFFER_STATES[offer.state])),
    ]
    if offer.answered_on:
        answered = _("%(day)s av %(names)s, på %(language)s")
        words = {
            "day": in_words(offer.answered_on),
            "names": offer.answered_by_names,
            "language": language_name(offer.answer_language),
        }
        shown = _("gått gjennom") if offer.consequences_shown else _("ikke gått gjennom")
        facts += [
            Fact(_("Svart"), answered % words),
            Fact(_("Sammen med"), offer.guardian_name),
            Fact(_("Følger av et nei"), shown),
        ]
    return [fact for fact in facts if fact.value]


def withdrawn_rows(story: Story, viewer: Viewer) -> list[Mapping[str, object]]:
    """The offers that IMDi took back, the newest first: which municipality, when and why. IMDi's own words are for
    those who follow the household, not for a municipality.
    """
    names = {asked.request.organisation_id: asked.request.organisation.name for asked in story.requests}
    is_municipality = viewer.organisation_kind == OrganisationKind.MUNICIPALITY
    return [
        {
            "municipality": names.get(offer.organisation_id, ""),
            "week": week_text(offer.week),
            "decided_on": offer.decided_on,
            "withdrawn_on": offer.withdrawn_on,
            "reason": str(WITHDRAWAL_REASONS[offer.withdrawal_reason]),
            "text": "" if is_municipality else offer.withdrawal_text,
            "told_on": offer.told_on,
        }
        for offer in reversed(story.withdrawn)
    ]
