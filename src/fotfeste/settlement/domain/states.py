"""The workflows of settlement: the case of a group, its interview, a request, an offer."""

from fotfeste.kernel.workflow import Transition, Workflow

_OPEN = (
    "interview_due",
    "queued",
    "requested",
    "municipality_found",
    "offered",
    "accepted",
    "journey_agreed",
)

# Nobody outside has said or been promised anything yet.
WITHOUT_MUNICIPALITY = frozenset({"interview_due", "queued"})


def _step(name: str, sources: tuple[str, ...], target: str, permission: str, *, takes_back: bool = False) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        who=frozenset({permission}),
        event=f"settlement.{name}",
        guard=None,
        takes_back=takes_back,
    )


CASE = Workflow(
    name="settlement_case",
    initial="interview_due",
    states=(*_OPEN, "refused", "settled", "closed"),
    final=frozenset({"refused", "settled", "closed"}),
    transitions=(
        _step("register_interview", ("interview_due",), "queued", "settlement.hold_interview"),
        _step("send_request", ("queued",), "requested", "settlement.find_municipality"),
        _step("decline_request", ("requested",), "queued", "settlement.answer_request"),
        _step("withdraw_request", ("requested",), "queued", "settlement.find_municipality"),
        _step("accept_request", ("requested",), "municipality_found", "settlement.answer_request"),
        _step("release_municipality", ("municipality_found",), "queued", "settlement.find_municipality"),
        _step("make_offer", ("municipality_found",), "offered", "settlement.find_municipality"),
        _step("accept_offer", ("offered",), "accepted", "settlement.register_offer_answer"),
        _step("decline_offer", ("offered",), "refused", "settlement.register_offer_answer"),
        _step("withdraw_offer", ("offered", "accepted", "journey_agreed"), "queued", "settlement.find_municipality"),
        _step("agree_journey", ("accepted",), "journey_agreed", "settlement.arrange_journey"),
        _step("change_journey", ("journey_agreed",), "journey_agreed", "settlement.arrange_journey"),
        # Delayed, cancelled or ill, and no new day yet: the offer stands.
        _step("postpone_journey", ("journey_agreed",), "accepted", "settlement.arrange_journey"),
        _step("register_departure", ("journey_agreed",), "settled", "settlement.register_departure"),
        # The agreed day came and went: a refusal as if they had said no (REF-01).
        _step("register_not_moved", ("journey_agreed",), "refused", "settlement.arrange_journey"),
        # They live privately in the municipality already: IMDi and the municipality agree that they stay (SET-12).
        _step(
            "settle_where_they_live",
            ("interview_due", "queued", "requested", "municipality_found"),
            "settled",
            "settlement.find_municipality",
        ),
        # They asked a municipality themselves, and IMDi has agreed it: from here on as after any yes (SET-13).
        _step("agree_found_home", ("queued",), "municipality_found", "settlement.find_municipality"),
        _step("move_into_found_home", ("municipality_found",), "settled", "settlement.register_departure"),
        _step("close_case", _OPEN, "closed", "settlement.close_case"),
        # A departure that never was: they live where they lived.
        _step("annul_departure", ("settled",), "journey_agreed", "settlement.register_departure", takes_back=True),
        # ... that they were settled where they live was wrong: they live there as before.
        _step("annul_agreement", ("settled",), "queued", "settlement.register_departure", takes_back=True),
        _step("reopen_interview", ("closed",), "interview_due", "settlement.register_departure", takes_back=True),
        _step("reopen_case", ("closed",), "queued", "settlement.register_departure", takes_back=True),
        # A no that nobody has given: the one offer waits for its answer.
        _step("annul_refusal", ("refused",), "offered", "settlement.find_municipality", takes_back=True),
        # ... that they did not move was wrong: the journey stands as it was agreed.
        _step("annul_not_moved", ("refused",), "journey_agreed", "settlement.find_municipality", takes_back=True),
        # They themselves take their no back, as they may until they have moved: the offer was held for them (REF-05);
        # where the municipality has withdrawn meanwhile, they wait for another.
        _step("accept_after_all", ("refused",), "accepted", "settlement.register_offer_answer", takes_back=True),
        # ... which was registered by mistake.
        _step("annul_acceptance", ("accepted",), "refused", "settlement.register_offer_answer", takes_back=True),
        _step("back_to_queue", ("refused",), "queued", "settlement.register_offer_answer", takes_back=True),
    ),
)

REQUEST = Workflow(
    name="settlement_request",
    initial="open",
    states=("open", "accepted", "declined", "withdrawn", "fulfilled"),
    final=frozenset({"declined", "withdrawn", "fulfilled"}),
    transitions=(
        _step("accept", ("open",), "accepted", "settlement.answer_request"),
        _step("decline", ("open",), "declined", "settlement.answer_request"),
        _step("withdraw", ("open", "accepted"), "withdrawn", "settlement.find_municipality"),
        _step("fulfil", ("accepted",), "fulfilled", "settlement.register_departure"),
        _step("annul_departure", ("fulfilled",), "accepted", "settlement.register_departure", takes_back=True),
    ),
)

OFFER = Workflow(
    name="settlement_offer",
    initial="open",
    states=("open", "accepted", "declined", "withdrawn"),
    # An accepted one is carried out by the departure; until then the municipality may lose the home.
    final=frozenset({"declined", "withdrawn"}),
    transitions=(
        _step("accept", ("open",), "accepted", "settlement.register_offer_answer"),
        _step("decline", ("open",), "declined", "settlement.register_offer_answer"),
        _step("withdraw", ("open", "accepted"), "withdrawn", "settlement.find_municipality"),
        _step("annul_refusal", ("declined",), "open", "settlement.find_municipality", takes_back=True),
        _step("register_not_moved", ("accepted",), "declined", "settlement.arrange_journey"),
        _step("annul_not_moved", ("declined",), "accepted", "settlement.find_municipality", takes_back=True),
        _step("accept_after_all", ("declined",), "accepted", "settlement.register_offer_answer", takes_back=True),
        _step("annul_acceptance", ("accepted",), "declined", "settlement.register_offer_answer", takes_back=True),
        # The municipality held it no longer, and they have changed their minds: they may have another.
        _step("withdraw", ("declined",), "withdrawn", "settlement.register_offer_answer", takes_back=True),
    ),
)
