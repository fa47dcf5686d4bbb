"""What every act of the ledger begins and ends with: one at a time for a scheme, the head locked, its step taken."""

import hashlib
from datetime import datetime

from django.db import connection

from fotfeste.kernel.errors import NotAllowed, NotFound
from fotfeste.kernel.workflow import Transition, Workflow
from fotfeste.ledger.domain.states import CLAIM, RUN
from fotfeste.ledger.models import Claim, Run
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer


def lock_scheme(scheme: str) -> None:
    """Let one at a time read and write the books of a scheme until the transaction ends; the next one waits.

    For whoever computes a run: what is read of earlier lines holds until the run is recorded.
    """
    key = int.from_bytes(hashlib.sha256(f"ledger:{scheme}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def locked_run(reference: str) -> Run:
    """The run behind a reference, its scheme locked first (the fixed order). Raises NotFound."""
    found = Run.objects.filter(subject__reference=reference).values_list("scheme", flat=True).first()
    if found is None:
        raise NotFound("not_found")
    lock_scheme(found)
    return Run.objects.select_for_update(of=("self",)).select_related("subject").get(subject__reference=reference)


def locked_claim(reference: str) -> Claim:
    """The claim behind a reference, its scheme locked first. Raises NotFound."""
    found = Claim.objects.filter(subject__reference=reference).values_list("scheme", flat=True).first()
    if found is None:
        raise NotFound("not_found")
    lock_scheme(found)
    return Claim.objects.select_for_update(of=("self",)).select_related("subject").get(subject__reference=reference)


def person_of(by: Viewer) -> int:
    """Who acts: nothing in the books is anybody's but a person's. Raises NotAllowed for the system itself."""
    if by.user_id is None:
        raise NotAllowed("not_allowed")
    return by.user_id


def step_of(workflow: Workflow, state: str, name: str, by: Viewer) -> Transition:
    """The step, where one of the actor's roles takes it. Raises IllegalStep, NotAllowed."""
    transition = workflow.step(state, name)
    if not any(by.may(permission) for permission in transition.who):
        raise NotAllowed("not_allowed", params={"permission": sorted(transition.who)[0]})
    return transition


def tell(head: Run | Claim, transition: Transition | None, before: str, *, by: Viewer, at: datetime) -> None:
    """Publish what happened to a run or a claim; None: it was made."""
    workflow, kind = (RUN, "ledger_run") if isinstance(head, Run) else (CLAIM, "ledger_claim")
    other = head.municipality_id if isinstance(head, Claim) else None
    publish(
        Happening(
            type=transition.event if transition else f"{kind.replace('_', '.')}_{workflow.initial}",
            subject_id=head.subject_id,
            object_kind=kind,
            object_id=head.pk,
            workflow=workflow.name,
            transition=transition.name if transition else "",
            from_state=before,
            to_state=head.state,
            other_organisation_id=other,
        ),
        by=by,
        at=at,
    )
