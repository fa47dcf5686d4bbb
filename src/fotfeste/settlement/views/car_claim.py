"""What the pages of a claim for an own car share: which claim it is of, who asks for it, what was said before."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.car_claims import name_of
from fotfeste.settlement.queries.claimants import Claimants, claimants_of
from fotfeste.settlement.queries.travel import Travel, paid_by_case
from fotfeste.settlement.views.travel import TravelActView


class ClaimView(TravelActView):
    """An act on the claims in a state."""

    state: ClassVar[str]

    def is_open(self) -> bool:
        """There is one in the state."""
        return bool(self.claims)

    def is_untimely(self) -> bool:
        """There must be one, which may be that of a centre they have left."""
        return self.story.case is None or not self.is_open()

    @cached_property
    def travel(self) -> Travel:
        """Of the case of the claim that the address names; else of the oldest in which there is something to do here,
        what nobody has seen first: it may be over, and another begun.
        """
        found = [(each, claim) for each in paid_by_case(self.group_id) for claim in self.takes(each)]
        if self._asked:
            found = [(each, claim) for each, claim in found if name_of(claim) == self._asked]
        return min(found, key=lambda each: self._turn(each[1]))[0] if found else super().travel

    @property
    def _asked(self) -> str:
        return self.request.GET.get("krav", "")

    def _turn(self, claim: CarClaim) -> bool:
        """What has been seen comes after what has not."""
        return claim.denial_seen_on is not None

    @cached_property
    def who(self) -> Claimants:
        """Who may ask UDI for what was paid."""
        return claimants_of(self.group_id, self.day)

    def takes(self, travel: Travel) -> list[CarClaim]:
        """Those of a case that this is about, the oldest first: in the state."""
        return [claim for claim in travel.claims if claim.state == self.state]

    @property
    def claims(self) -> list[CarClaim]:
        """Those that this is about, the oldest first; the one that the address names where it names one."""
        found = [each for each in self.takes(self.travel) if self._asked in ("", name_of(each))]
        return sorted(found, key=self._turn)

    @property
    def is_return(self) -> bool:
        """Whether the oldest is what residents paid back."""
        return bool(self.claims) and self.claims[0].amount_ore < 0

    @property
    def claim_id(self) -> int:
        """The claim that is acted on; one that is not there where somebody was quicker, and the act says so."""
        return self.claims[0].pk if self.claims else 0

    def about(self) -> dict[str, str]:
        """What the oldest is of, who paid it, and what of it is between the centre and UDI."""
        claim = self.claims[0]
        return {
            "sum": kroner(abs(claim.amount_ore)),
            "share": kroner(abs(self.travel.share_ore(claim))),
            "centre": claim.organisation.name if claim.organisation else _("mottaket"),
        }


def quoted(claim: CarClaim) -> list[tuple[str, str]]:
    """What was said of a claim before, the oldest first, and why it is sent once more."""
    said = []
    for denial in claim.denials:
        if denial["why"]:
            said.append((_("Mottakets begrunnelse"), denial["why"]))
        day = in_words(date.fromisoformat(denial["decided_on"]))
        said.append((_("UDI avslo %(day)s") % {"day": day}, denial["text"]))
    if claim.resend_text:
        said.append((_("Mottakets nye begrunnelse"), claim.resend_text))
    return said
