"""Every form of the product on a page where it is open, by the stage that shows it: for tests that go through all.

A form that is new must be put on a stage of its area: the test of the stages says so.
"""

from collections.abc import Callable, Mapping, Sequence

from tests.conftest import Cast
from tests.web.every_form.accommodation import ACCOMMODATION_NAMES, ACCOMMODATION_STAGES
from tests.web.every_form.allocation import ALLOCATION_NAMES, ALLOCATION_STAGES
from tests.web.every_form.applications import APPLICATION_NAMES, APPLICATION_STAGES
from tests.web.every_form.interview import INTERVIEW_NAMES, INTERVIEW_STAGES
from tests.web.every_form.living_privately import LIVING_PRIVATELY_NAMES, LIVING_PRIVATELY_STAGES
from tests.web.every_form.money import MONEY_NAMES, MONEY_STAGES
from tests.web.every_form.offices import OFFICES_NAMES, OFFICES_STAGES
from tests.web.every_form.refusal import REFUSAL_NAMES, REFUSAL_STAGES
from tests.web.every_form.refusal_steps import REFUSAL_STEP_NAMES, REFUSAL_STEP_STAGES
from tests.web.every_form.registry import REGISTRY_NAMES, REGISTRY_STAGES
from tests.web.every_form.self_asked import SELF_ASKED_NAMES, SELF_ASKED_STAGES
from tests.web.every_form.self_settlement import SELF_SETTLEMENT_NAMES, SELF_SETTLEMENT_STAGES
from tests.web.every_form.settlement import SETTLEMENT_NAMES, SETTLEMENT_STAGES
from tests.web.place import Place

STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    **REGISTRY_STAGES,
    **ACCOMMODATION_STAGES,
    **INTERVIEW_STAGES,
    **SETTLEMENT_STAGES,
    **SELF_SETTLEMENT_STAGES,
    **SELF_ASKED_STAGES,
    **ALLOCATION_STAGES,
    **REFUSAL_STAGES,
    **REFUSAL_STEP_STAGES,
    **LIVING_PRIVATELY_STAGES,
    **APPLICATION_STAGES,
    **MONEY_STAGES,
    **OFFICES_STAGES,
}

# The forms that each stage shows, in its order: known without setting it.
NAMES_ON_STAGES: Mapping[str, Sequence[str]] = {
    **REGISTRY_NAMES,
    **ACCOMMODATION_NAMES,
    **INTERVIEW_NAMES,
    **SETTLEMENT_NAMES,
    **SELF_SETTLEMENT_NAMES,
    **SELF_ASKED_NAMES,
    **ALLOCATION_NAMES,
    **REFUSAL_NAMES,
    **REFUSAL_STEP_NAMES,
    **LIVING_PRIVATELY_NAMES,
    **APPLICATION_NAMES,
    **MONEY_NAMES,
    **OFFICES_NAMES,
}
