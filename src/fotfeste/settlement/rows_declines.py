"""What a municipality has said no to, as rows of its own page."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.kernel.calendar import Week
from fotfeste.platform import words
from fotfeste.settlement.domain.types import AfterDecline, Capability, DeclineReason, Following
from fotfeste.settlement.models import SettlementRequest
from fotfeste.settlement.queries.declines import OwnNo, declined_in
from fotfeste.settlement.sentences_declines import AFTER_DECLINE, declined_sentence, needs_listed
from fotfeste.settlement.sentences_offers import DECLINE_REASONS


def own_no_rows(noes: Sequence[OwnNo], declared: Mapping[Capability, bool], day: date) -> list[Mapping[str, object]]:
    """Each no with its reason, what it said follows, and until when that holds."""
    return [
        {
            "number": each.request_number,
            "on": each.declined.on,
            "reason": str(DECLINE_REASONS[DeclineReason(each.declined.reason)]),
            "follows": str(AFTER_DECLINE[each.declined.following.follows]),
            "needs": needs_listed(map(str, each.declined.following.unmet)) if each.declined.following.unmet else "",
            "until": _until(each.declined.following, declared, day),
        }
        for each in noes
    ]


def no_sentence(request: SettlementRequest | None, who: str = "") -> str:
    """What the municipality that was asked said follows from its no; "" where it has not said no. `who`: its name."""
    if request is None or request.state != "declined":
        return ""
    return declined_sentence(declined_in(request).why_not(), who)


def _until(following: Following, declared: Mapping[Capability, bool], day: date) -> str:
    match following.follows:
        case AfterDecline.NOT_THIS_WEEK:
            week = following.from_week or Week.of(day)
            told = _("Dere kan spørres igjen fra %(week)s.") if week > Week.of(day) else _("Dere kan spørres igjen nå.")
            return told % {"week": words.week(week)}
        case AfterDecline.NOT_THIS_NEED:
            lacks = [str(each) for each in following.unmet if declared.get(each) is False]
            if not lacks:
                return _("Dere har meldt noe annet siden, og kan spørres igjen.")
            return _("Gjelder alle som trenger %(needs)s, til dere melder at dere har det.") % {
                "needs": needs_listed(lacks)
            }
        case AfterDecline.NOT_UNTIL_REASSESSED:
            return _("Dere spørres ikke om husstanden før den er vurdert på nytt.")
