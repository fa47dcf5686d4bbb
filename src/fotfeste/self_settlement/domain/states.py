"""The workflow of a household's request for agreed self-settlement (SET-13)."""

from fotfeste.kernel.workflow import Transition, Workflow

ASK = "self_settlement.ask"
ANSWER = "self_settlement.answer"
AGREE = "self_settlement.agree"

REOPENED = "self_settlement.reopen"

# The municipality has not said no, and they have not moved in.
UNDER_WAY = ("asked", "finding_home", "home_sent", "approved", "agreed")
BEFORE_AGREED = UNDER_WAY[:-1]
WELCOMED = BEFORE_AGREED[1:]  # the municipality has said yes, and IMDi has not agreed yet


def _step(name: str, sources: tuple[str, ...], target: str, permission: str, *, takes_back: bool = False) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        who=frozenset({permission}),
        event=f"self_settlement.{name}",
        guard=None,
        takes_back=takes_back,
    )


def _reopen(target: str) -> Transition:
    """It lapsed with a departure that never was."""
    return Transition(
        name=f"reopen_{target}",
        sources=frozenset({"lapsed"}),
        target=target,
        who=frozenset({ASK}),
        event=REOPENED,
        guard=None,
        takes_back=True,
    )


ASKED = Workflow(
    name="self_settlement",
    initial="asked",
    states=(*UNDER_WAY, "settled", "declined", "withdrawn", "lapsed"),
    final=frozenset({"settled", "declined", "withdrawn", "lapsed"}),
    transitions=(
        _step("welcome", ("asked",), "finding_home", ANSWER),
        # Also after its yes, until IMDi has agreed: what it had room for is gone, or they do not fit.
        _step("decline", BEFORE_AGREED, "declined", ANSWER),
        _step("send_home", ("finding_home",), "home_sent", ASK),
        # After IMDi's agreement where the household has become another: the home is not for them as they are now.
        _step("ask_for_change", ("home_sent", "agreed"), "finding_home", ANSWER),
        _step("approve_home", ("home_sent",), "approved", ANSWER),
        # The household has become another than the home was approved for: the municipality looks at it again.
        _step("look_again", ("approved",), "home_sent", AGREE),
        _step("agree", ("approved",), "agreed", AGREE),
        # ... after the agreement: it is for them all as they are now.
        _step("confirm_home", ("agreed",), "agreed", ANSWER),
        # IMDi and the municipality do not agree, whatever it thinks of the home: the places are taken, for example.
        _step("not_agree", ("approved",), "lapsed", AGREE),
        # The landlord lets the home to somebody else: another one is sent, and approved like the first.
        _step("lose_home", ("approved", "agreed"), "finding_home", ASK),
        _step("move_in", ("agreed",), "settled", ASK),
        _step("withdraw", UNDER_WAY, "withdrawn", ASK),
        # Something else happens to the household: an offer, a departure, the permit is lost, the case is closed.
        _step("lapse", UNDER_WAY, "lapsed", ASK),
        # That they moved in was registered by mistake: home and contract are approved still, IMDi agrees anew. Who may
        # not ask any more is in the queue alone.
        _step("annul_move", ("settled",), "approved", ASK, takes_back=True),
        _step("lapse_move", ("settled",), "lapsed", ASK, takes_back=True),
        # It lapsed with a departure that never was: it goes on where it stood. IMDi agrees anew.
        *(_reopen(target) for target in BEFORE_AGREED),
    ),
)
