"""What can be registered in a case beside its interview, step by step: in which states, by whom, and in what words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.platform.panels import HouseholdContext, PossibleAct
from fotfeste.settlement.alert import alert_acts
from fotfeste.settlement.domain.requests import REASONS_TO_CLOSE
from fotfeste.settlement.interview_panel import interview_acts
from fotfeste.settlement.queries.private import lives_privately
from fotfeste.settlement.queries.story import Story, story_for
from fotfeste.settlement.steps import Step, is_at_centre
from fotfeste.settlement.task_kinds_interview import TELL_WITHDRAWAL
from fotfeste.settlement.task_kinds_offers import FOLLOW_NO_SHOW, SEE_HOUSEHOLD_AGAIN


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer may register in the case now, by its state and their permissions."""
    story = story_for(context)
    return (
        alert_acts(context, story.case)
        + interview_acts(context)
        + [
            PossibleAct(step.label(), reverse(step.url_name, args=[context.reference]), step.is_primary)
            for step in STEPS
            if step.is_open(story, context)
        ]
    )


def _is_imdis(story: Story, context: HouseholdContext) -> bool:
    return context.viewer.may("settlement.find_municipality")


def _is_the_centres(story: Story, context: HouseholdContext) -> bool:
    return story.case is not None and is_at_centre(story.case, context)


def _is_the_municipalitys(story: Story, context: HouseholdContext) -> bool:
    living = story.living_request
    return living is not None and living.request.organisation_id == context.viewer.organisation_id


STEPS: tuple[Step, ...] = (
    Step(
        "find_municipality",
        "settlement.find_municipality",
        ("queued",),
        lambda story, context: _is_imdis(story, context) and not story.is_without_permit,
        lambda: _("Finn kommune"),
        True,
    ),
    Step(
        "settlement_request",
        "settlement.find_municipality",
        ("requested", "municipality_found"),
        _is_imdis,
        lambda: _("Se forespørselen"),
    ),
    Step(
        "answer_request",
        "settlement.answer_request",
        ("requested",),
        _is_the_municipalitys,
        lambda: _("Svar på forespørselen"),
        True,
    ),
    Step(
        "make_offer",
        "settlement.find_municipality",
        ("municipality_found",),
        lambda story, context: _is_imdis(story, context) and not story.is_self_found,
        lambda: _("Gi tilbud"),
        True,
    ),
    Step(
        "withdraw_offer",
        "settlement.find_municipality",
        ("offered", "accepted", "journey_agreed"),
        _is_imdis,
        lambda: _("Trekk tilbudet tilbake"),
    ),
    Step(
        "tell_withdrawal",
        "settlement.register_offer_answer",
        ("queued", "requested", "municipality_found", "offered", "accepted", "journey_agreed"),
        lambda story, context: _is_the_centres(story, context) and TELL_WITHDRAWAL in story.tasks,
        lambda: _("Fortell at tilbudet er trukket tilbake"),
        True,
    ),
    Step(
        "register_offer_answer",
        "settlement.register_offer_answer",
        ("offered",),
        _is_the_centres,
        lambda: _("Registrer svar på tilbudet"),
        True,
    ),
    Step(
        "arrange_journey",
        "settlement.arrange_journey",
        ("accepted",),
        _is_the_centres,
        lambda: _("Avtal reisen"),
        True,
    ),
    Step(
        "arrange_journey",
        "settlement.arrange_journey",
        ("journey_agreed",),
        _is_the_centres,
        lambda: _("Endre reisen"),
    ),
    Step(
        "postpone_journey",
        "settlement.arrange_journey",
        ("journey_agreed",),
        _is_the_centres,
        lambda: _("Reisen er utsatt"),
    ),
    Step(
        "ask_travel_approval",
        "settlement.arrange_journey",
        ("accepted", "journey_agreed"),
        lambda story, context: _is_the_centres(story, context) and story.open_approval is None,
        lambda: _("Spør UDI om annen reisemåte"),
    ),
    Step(
        "approve_travel",
        "settlement.approve_travel",
        ("accepted", "journey_agreed"),
        lambda story, context: story.open_approval is not None,
        lambda: _("Svar på spørsmål om reisemåte"),
        True,
    ),
    Step(
        "answer_needs",
        "settlement.answer_request",
        ("municipality_found", "offered", "accepted", "journey_agreed"),
        lambda story, context: _is_the_municipalitys(story, context) and bool(story.open_needs),
        lambda: _("Svar om nytt behov"),
        True,
    ),
    Step(
        "household_again",
        "settlement.find_municipality",
        ("queued", "requested", "municipality_found", "offered", "accepted", "journey_agreed"),
        lambda story, context: SEE_HOUSEHOLD_AGAIN in story.tasks,
        lambda: _("Se husstanden på nytt"),
    ),
    Step(
        "confirm_arrival",
        "settlement.answer_request",
        ("settled",),
        lambda story, context: (
            _is_the_municipalitys(story, context)
            and story.journey is not None
            and not story.journey.arrived_on
            and not story.is_self_found
        ),
        lambda: _("Bekreft at de er kommet"),
        True,
    ),
    Step(
        "follow_no_show",
        "settlement.find_municipality",
        ("settled",),
        lambda story, context: FOLLOW_NO_SHOW in story.tasks,
        lambda: _("Følg opp at de ikke kom"),
        True,
    ),
    Step(
        "settle_where_they_live",
        "settlement.find_municipality",
        ("interview_due", "queued", "requested", "municipality_found"),
        lambda story, context: _is_imdis(story, context) and lives_privately(context),
        lambda: _("Bosett der de bor"),
        True,
    ),
    Step(
        "close_case",
        "settlement.close_case",
        ("interview_due", "queued", "requested", "municipality_found", "offered", "accepted", "journey_agreed"),
        lambda story, context: _is_the_centres(story, context) or _is_imdis(story, context),
        lambda: _("Avslutt bosettingssaken"),
    ),
    Step(
        "annul_closing",
        "settlement.close_case",
        ("closed",),
        lambda story, context: (
            story.case is not None
            and story.case.closing_reason in REASONS_TO_CLOSE
            and (_is_the_centres(story, context) or _is_imdis(story, context))
        ),
        lambda: _("Åpne bosettingssaken igjen"),
    ),
)
