"""What the figures of settlement are called: families, steps, shares, days (INS-02)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fotfeste.insight.cells import NOTHING, number
from fotfeste.insight.domain.pictures import Cell
from fotfeste.insight.domain.waiting import Bound, Family, Share, Step, Times

FAMILIES: Mapping[Family | None, str | Promise] = {
    None: pgettext_lazy("people", "alle"),
    Family.UNACCOMPANIED: _("enslige mindreårige"),
    Family.WITH_CHILDREN: _("barnefamilier"),
    Family.ADULTS: _("voksne uten barn"),
}
STEPS: Mapping[Step, str | Promise] = {
    Step.PERMIT: _("beskjed til mottaket"),
    Step.INTERVIEW: _("bosettingssamtale"),
    Step.QUEUE: _("plass i køen hos IMDi"),
    Step.REQUEST: _("svar fra en kommune"),
    Step.OFFER: _("tilbud fra IMDi"),
    Step.ANSWER: _("svar fra husstanden"),
    Step.JOURNEY: _("avtale om reisen"),
    Step.TRAVEL: _("reisedagen"),
}


def share_in_words(share: Share) -> str:
    """`91 %`, `minst 80 %`, `høyst 20 %`."""
    words = {
        Bound.EXACTLY: gettext("%(percent)d %%"),
        Bound.AT_LEAST: gettext("minst %(percent)d %%"),
        Bound.AT_MOST: gettext("høyst %(percent)d %%"),
    }
    return words[share.bound] % {"percent": share.percent}


def share_cell(times: Times) -> Cell:
    """The share within the goal; in words where it is not exact, a dash where there is nobody."""
    share = times.share
    if share is None:
        return not_told(times)
    words = share_in_words(share)
    return Cell(words, share.percent if share.bound is Bound.EXACTLY else words)


def days_cell(days: int | None, times: Times) -> Cell:
    """A number of days; that it is not shown where they are too few, a dash where there is nobody."""
    return not_told(times) if days is None else number(days)


def not_told(times: Times) -> Cell:
    """Where there is no number of theirs: since they are too few to be told of, or since there is nobody."""
    if not times.people.number:
        return Cell(NOTHING, None)
    left_out = gettext("vises ikke")
    return Cell(left_out, left_out)
