"""The forms of applications to live privately, each on a step on which it is open: name, who sits before it, where."""

from collections.abc import Callable, Mapping, Sequence

from fotfeste.alternative.public import Procedure
from tests.actions.alternative.applied import answered, application, applied, asked, granted, registered, submitted
from tests.conftest import Cast
from tests.web.place import Place, reference


def not_matched(cast: Cast) -> list[Place]:
    """Sent, and nobody knows yet whom it is about; host and municipality have not answered."""
    group, members = registered(cast)
    here = applied(application(cast, members, procedure=Procedure.FAST)).application.reference
    return [
        Place("application_match", cast.udi, [here]),
        Place("application_party", cast.udi, [here, "host"]),
        Place("application_link", cast.udi, [here, "host"]),
        Place("apply_for", cast.udi, [reference(group)]),
    ]


def with_udi(cast: Cast) -> list[Place]:
    """All have answered, UDI knows whom it is about."""
    made, _ = submitted(cast)
    acts = ("application_ask", "application_preliminary", "application_withdraw")
    return [Place(name, cast.udi, [made.reference]) for name in acts]


def with_the_municipality(cast: Cast) -> list[Place]:
    """The municipality is asked."""
    made, _ = asked(cast)
    return [Place("application_answer", cast.municipality, [made.reference])]


def with_an_answer(cast: Cast) -> list[Place]:
    """The municipality has said yes."""
    made, _ = answered(cast)
    return [Place("application_grant", cast.udi, [made.reference])]


def with_a_no(cast: Cast) -> list[Place]:
    """The municipality has said no."""
    made, _ = answered(cast, accepts=False)
    return [Place("application_refuse", cast.udi, [made.reference])]


def with_a_grant(cast: Cast) -> list[Place]:
    """They have the place."""
    made, group = granted(cast)
    household = reference(group)
    return [
        Place("application_moved_in", cast.udi, [made.reference]),
        Place("application_annul", cast.udi, [made.reference]),
        Place("end_agreement", cast.udi, [household]),
        Place("send_end_letter", cast.udi, [household]),
    ]


APPLICATION_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "an application not matched": not_matched,
    "an application with udi": with_udi,
    "an application with the municipality": with_the_municipality,
    "an application with an answer": with_an_answer,
    "an application with a no": with_a_no,
    "an application with a grant": with_a_grant,
}
APPLICATION_NAMES: Mapping[str, Sequence[str]] = {
    "an application not matched": ["application_match", "application_party", "application_link", "apply_for"],
    "an application with udi": ["application_ask", "application_preliminary", "application_withdraw"],
    "an application with the municipality": ["application_answer"],
    "an application with an answer": ["application_grant"],
    "an application with a no": ["application_refuse"],
    "an application with a grant": ["application_moved_in", "application_annul", "end_agreement", "send_end_letter"],
}
