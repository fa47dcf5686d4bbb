"""What somebody can do in a refusal now, and what cannot be done yet, with its day or what it waits for."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from fotfeste.platform.panels import PossibleAct
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.counselling import COUNSELS
from fotfeste.refusal.actions.holding import HOLDS
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS
from fotfeste.refusal.domain.plan import Act
from fotfeste.refusal.domain.types import LETTERS, TO_OFFICER, Happening
from fotfeste.refusal.queries.shown import Shown
from fotfeste.refusal.rows import Names, listed_names
from fotfeste.refusal.words_pages import ACTS, PAGES_OF_SEVERAL, why_waits

PAGES: Mapping[Happening, tuple[str, str]] = {
    Happening.HOLD_ASKED: ("refusal_ask_to_hold", HOLDS),
    Happening.IMDI_MESSAGE: ("refusal_tell_udi", HOLDS),
    Happening.IMDI_DEADLINE_EXTENDED: ("refusal_extend_deadline", HOLDS),
    Happening.FIRST_LETTER: ("refusal_first_letter", PURSUES),
    Happening.EVICTION_NOTICE: ("refusal_notice", PURSUES),
    Happening.PETITION: ("refusal_petition", PURSUES),
    Happening.GUARDIAN_TOLD: ("refusal_minors", PURSUES),
    Happening.CHILD_WELFARE_TOLD: ("refusal_minors", PURSUES),
    Happening.MINORS_PLACE_OFFERED: ("refusal_minors", PURSUES),
    Happening.EVICTION_DAY_SET: ("refusal_eviction_day", PURSUES),
    **dict.fromkeys(TO_OFFICER, ("refusal_officer", PURSUES)),
    Happening.FORTNIGHT_EXTENDED: ("refusal_extend_fortnight", PURSUES),
    Happening.SUSPENDED: ("refusal_suspend", PURSUES),
    Happening.RESUMED: ("refusal_resume", PURSUES),
    Happening.CLOSED: ("refusal_close", PURSUES),
    Happening.DAYS_TOLD: ("refusal_days", COUNSELS),
    Happening.TALK: ("refusal_talk", COUNSELS),
    Happening.ACCEPTED: ("refusal_accept", COUNSELS),
    Happening.WITHDRAWN: ("refusal_withdraw_home", "refusal.withdraw_home"),
}
"""The page of each act, and the permission that it takes."""

_FIRST = (Happening.HOLD_ASKED, Happening.IMDI_MESSAGE, *LETTERS, *TO_OFFICER, *TOLD_OF_MINORS)


def possible_acts(shown: Shown, viewer: Viewer, reference: str) -> list[PossibleAct]:
    """Each page of an act that is open to the viewer now, once."""
    now = [act for act in reversed(shown.plan.now) if _is_theirs(act, viewer)]
    found = {PAGES[act.act][0]: act.act for act in now}
    return [
        PossibleAct(str(PAGES_OF_SEVERAL.get(name, ACTS[kind])), reverse(name, args=[reference]), kind in _FIRST)
        for name, kind in reversed(found.items())
    ]


def later_rows(shown: Shown, viewer: Viewer, names: Names) -> list[dict[str, object]]:
    """What the viewer does later: from which day, or what must be done first."""
    return list(_later(shown, viewer, names))


def _later(shown: Shown, viewer: Viewer, names: Names) -> Iterator[dict[str, object]]:
    for act in shown.plan.later:
        if _is_theirs(act, viewer):
            yield {
                "label": ACTS[act.act],
                "about": listed_names(act.residents, names),
                "from_on": opens_on if (opens_on := act.waiting.opens_on) and opens_on > shown.day else None,
                "why": why_waits(act.waiting.waits_for),
            }


def _is_theirs(act: Act, viewer: Viewer) -> bool:
    return act.act in PAGES and viewer.may(PAGES[act.act][1])
