"""The sentences of a municipality's no: what it says follows, and when it can be asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Reason
from fotfeste.platform import words
from fotfeste.settlement.domain.types import AfterDecline, Declined, DeclineReason, Following
from fotfeste.settlement.sentences_interview import listed
from fotfeste.settlement.sentences_offers import DECLINE_REASONS, capability_name, reason_sentence

DECLINE_SENTENCES: Mapping[str, str | Promise] = {
    "decline_reason_missing": _("Velg hvorfor kommunen svarer nei."),
    "decline_reason_needs_words": _("Skriv med egne ord hvorfor kommunen svarer nei."),
    "declined_request_has_a_reason": _("Velg hvorfor kommunen svarer nei."),
    "what_follows_missing": _("Velg når IMDi kan spørre dere om husstanden igjen."),
    "declined_request_says_what_follows": _("Velg når IMDi kan spørre dere om husstanden igjen."),
    "not_this_week_says_which": _("Velg når IMDi kan spørre dere om husstanden igjen."),
    "unmet_needs_are_of_a_no": _("Velg når IMDi kan spørre dere om husstanden igjen."),
    "again_too_early": _("Dere svarer nei nå. Skriv uke {week} i {year} eller en senere uke."),
    "again_too_late": _(
        "Skriv senest uke {week} i {year}. Gjelder det lenger enn et år, velg at dere ikke spørres før ny vurdering."
    ),
    "unmet_need_missing": _("Kryss av for det kommunen ikke kan tilby."),
    "no_need_left": _(
        "Husstanden trenger ikke lenger noe særskilt, så neiet kan ikke gjelde et behov. "
        "Velg på nytt når IMDi kan spørre dere om husstanden."
    ),
    "need_not_told": _("Velg blant det husstanden trenger nå. Behovene er endret siden siden ble åpnet."),
    "municipality_has_declined": _("{said} Skriv hvorfor dere spør kommunen likevel."),
}
# {who} is a municipality by name, or `Kommunen` where the name stands beside it.
DECLINED: Mapping[str, str | Promise] = {
    "declined_this_week": _("{who} svarte nei {on} ({reason}): ikke denne uken. Kan spørres igjen fra {week}."),
    "declined_this_need": _(
        "{who} svarte nei {on} ({reason}): ikke dette behovet ({needs}). "
        "Kan spørres igjen når kommunen ikke lenger melder at den mangler det, eller husstanden ikke trenger det."
    ),
    "declined_until_reassessed": _(
        "{who} svarte nei {on} ({reason}): ikke før ny vurdering. Kan spørres igjen når husstanden er vurdert på nytt."
    ),
}
_OF_NEEDS_FORGOTTEN = _("{who} svarte nei {on} ({reason}): ikke dette behovet.")  # the needs are deleted with the case
AFTER_DECLINE: Mapping[AfterDecline, str | Promise] = {
    AfterDecline.NOT_THIS_WEEK: _("ikke denne uken"),
    AfterDecline.NOT_THIS_NEED: _("ikke dette behovet"),
    AfterDecline.NOT_UNTIL_REASSESSED: _("ikke før ny vurdering"),
}


def needs_listed(needs: Iterable[str]) -> str:
    """Capabilities in a sentence, by code."""
    return listed([capability_name(each) for each in sorted(needs)])


def declined_sentence(reason: Reason, who: str = "") -> str:
    """That a municipality has said no, what follows, and when it can be asked again. `who`: its name, or ""."""
    on = reason.fields["on"]
    assert isinstance(on, date)
    is_forgotten = reason.fields.get("needs") == ""
    return str(_OF_NEEDS_FORGOTTEN if is_forgotten else DECLINED[reason.code]).format(
        who=who or gettext("Kommunen"),
        on=words.day(on),
        reason=DECLINE_REASONS[DeclineReason(str(reason.fields["reason"]))],
        week=words.week(Week.parse(str(reason.fields["week"]))) if "week" in reason.fields else "",
        needs=needs_listed(str(reason.fields.get("needs", "")).split()),
    )


def candidate_sentence(reason: Reason) -> str:
    """Why a municipality fits a household or not, beside its name."""
    return declined_sentence(reason) if reason.code in DECLINED else reason_sentence(reason)


def no_in_words(declined: Declined) -> list[str]:
    """Why a municipality said no, and what follows."""
    return [str(DECLINE_REASONS[DeclineReason(declined.reason)]), following_in_words(declined.following)]


def following_in_words(following: Following) -> str:
    """What follows from a no, beside its reason: `ikke denne uken, kan spørres igjen fra uke 12, 2024`."""
    said = str(AFTER_DECLINE[following.follows])
    if following.from_week:
        return gettext("%(said)s, kan spørres igjen fra %(week)s") % {
            "said": said,
            "week": words.week(following.from_week),
        }
    if following.unmet:
        return gettext("%(said)s (%(needs)s)") % {"said": said, "needs": needs_listed(map(str, following.unmet))}
    return said


@dataclass(frozen=True, slots=True)
class EarlierNo:
    """A municipality's earlier no, as a sentence in the language of the reader."""

    reason: Reason
    who: str

    def __str__(self) -> str:
        return declined_sentence(self.reason, self.who)
