"""Why a household is hard to place, and what the queue can be narrowed down to, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.decisions import Reason
from fotfeste.platform.words import capital, number
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.sentences_offers import CAPABILITIES

NEEDS: Mapping[str, str | Promise] = {
    "any": _("alle med et særlig behov"),
    "none": _("uten særlige behov"),
    **{str(code): words for code, words in CAPABILITIES.items() if code is not Capability.UNACCOMPANIED_MINORS},
}
"""What of the needs the queue can be asked for; minors alone are a choice of who they are."""

_SHORT: Mapping[Capability, str | Promise] = {
    Capability.ADAPTED_HOUSING: _("tilrettelagt bolig"),
    Capability.HEALTH_SPECIALISTS: _("spesialisthelsetjeneste"),
    Capability.STAFFED_HOUSING: _("bemannet bolig"),
    Capability.PETS: _("kjæledyr"),
    Capability.UNACCOMPANIED_MINORS: _("enslig mindreårig"),
}


def why_hard(reason: Reason) -> str:
    """A reason in as few words as a list has room for; the household's size and days stand beside it."""
    if reason.code == "few_can_meet":
        needed = [str(_SHORT[Capability(each)]) for each in str(reason.fields["needed"]).split()]
        able = reason.fields["able"]
        assert isinstance(able, int)
        return ngettext("%(needs)s: %(able)s kommune kan", "%(needs)s: %(able)s kommuner kan", able) % {
            "needs": capital(gettext(" og ").join(needed)),
            "able": number(able),
        }
    return str(_WHY[reason.code])


_WHY: Mapping[str, str | Promise] = {
    "large_household": _("Mange i husstanden"),
    "over_goal": _("Over målet"),
    "little_time": _("Lite tid igjen til målet"),
}
