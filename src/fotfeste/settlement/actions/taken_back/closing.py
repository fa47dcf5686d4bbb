"""A case that was closed by hand by mistake: it is open again, and goes on where it stood before a municipality."""

from dataclasses import replace
from datetime import datetime

from fotfeste.accommodation.public import everyone_of, home_among
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, TakenBack, check_mistake, lock_group, record_correction
from fotfeste.settlement.actions.permits import has_permit_on
from fotfeste.settlement.actions.taken_back.again import closing_of, go_on_with
from fotfeste.settlement.domain.requests import check_closed_by_hand
from fotfeste.settlement.models import SettlementCase


@act
def annul_closing(
    group_id: int,
    *,
    reason: Mistake | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementCase:
    """Open a case again that was closed by hand by mistake (ACC-07, SET-09), while the household lives at a centre:
    by that centre, or by IMDi.

    It goes on in the interview where that was not finished, and in the queue else: a municipality that was asked has
    been told that it is over. The waiting time is as it was.
    Raises Refused: `mistake_missing`, `mistake_needs_words`, `closing_not_registered`, `closed_with_the_permit`,
    `closed_and_left`, `not_their_centre`, `nobody_to_settle`; Stale, NotFound, NoRule.
    """
    require(by, "settlement.close_case")
    check_mistake(reason, text)
    lock_group(group_id, version=version)
    today = legal_day(at)
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("-pk").first()
    closed = closing_of(case) if case else None
    if case is None or closed is None or case.state != "closed":
        raise Refused("closing_not_registered")
    check_closed_by_hand(case.closing_reason)
    home = home_among(everyone_of(group_id, today))
    if home is None or home.centre_id is None:
        raise Refused("closed_and_left")
    if by.organisation_kind == OrganisationKind.CENTRE and home.centre_id != by.organisation_id:
        raise Refused("not_their_centre")
    if not case.waits_for_decision and not has_permit_on(group_id, today):
        raise Refused("nobody_to_settle")
    record_correction(group_id, TakenBack.CLOSING, case.state_since_on, reason, text, by=by, at=at)
    # Steps back are the centre's that registers departures: here they follow from whoever may close.
    by = replace(by, permissions=by.permissions | {"settlement.register_departure"})
    go_on_with(case, closed, Told(closed, by, at), cause="settlement.annul_closing")
    return case
