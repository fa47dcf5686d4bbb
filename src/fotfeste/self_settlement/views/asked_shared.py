"""What every page about a household's request shares: the request, whose move it is, and whether its time has come."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import ActOnHousehold
from fotfeste.self_settlement.domain.states import ASK, UNDER_WAY
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.asked import requests_of
from fotfeste.self_settlement.rows_asked import asked_row
from fotfeste.settlement.public import SettlementCase


class AskedView(ActOnHousehold):
    """An act on the request of the household in the address, in the states in which it makes sense."""

    shows = ActOnHousehold.shows | {Compartment.SETTLEMENT}
    is_shown_late = False
    states: ClassVar[tuple[str, ...]] = UNDER_WAY
    template_name = "self_settlement/asked/act.html"

    @cached_property
    def asked(self) -> SelfSettlement | None:
        """The request under way, as the viewer may see it."""
        return next((each for each in requests_of(self.group_id) if each.state in UNDER_WAY), None)

    @property
    def request_row(self) -> SelfSettlement:
        """The request; there is one where the page is shown."""
        if self.asked is None:
            raise LookupError("the page is shown only where there is a request")
        return self.asked

    def too_late(self) -> Sequence[str]:
        """Why the act cannot be done now."""
        if ASK in self.permissions() and (reason := self.not_theirs()):
            return (reason,)
        if self.asked is None:
            return (sentence_for(Refused("no_self_settlement")),)
        if self.asked.state not in self.states:
            return (sentence_for(Refused("illegal_step")),)
        return ()

    def not_theirs(self) -> str:
        """Why it is not the viewer's organisation that acts on behalf of the household."""
        case = SettlementCase.objects.filter(subject_id=self.group_id).order_by("-pk").first()
        is_imdi = self.viewer.organisation_kind == OrganisationKind.IMDI
        is_theirs = case is None or case.centre_id == (None if is_imdi else self.viewer.organisation_id)
        return "" if is_theirs else sentence_for(Refused("not_their_centre"))

    def context(self) -> dict[str, Any]:
        """The request beside the form."""
        return super().context() | {
            "row": asked_row(self.asked) if self.asked is not None else None,
            "submit_label": _("Lagre"),
        }
