"""The menu: only what the viewer's roles have."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fotfeste.access.public import SEE_UNUSUAL, emergencies_unseen
from fotfeste.letters.public import has_mailbox
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the menu; `count` is shown beside the words where it is not None.

    `parts`: the pages that share the line, where they are several. The line leads to the first of them, and they stand
    in a line of their own on each.
    """

    label: str
    url: str
    is_current: bool
    count: int | None = None
    parts: tuple["MenuItem", ...] = ()

    @property
    def holds_current(self) -> bool:
        """The present page is one of its parts."""
        return any(part.is_current for part in self.parts)


type Line = tuple[str, str, int | None, bool]
"""What it says, the name of its address, what is counted, whether the viewer has it."""


def _has_own_centre(viewer: Viewer) -> bool:
    return viewer.organisation_kind == "centre" and viewer.may("accommodation.see_centre")


def _follows_car_claims(viewer: Viewer) -> bool:
    """UDI, and the centres: IMDi pays for those alone who live at none, which their own pages tell."""
    pays = viewer.may("settlement.arrange_journey") and viewer.organisation_kind == "centre"
    return pays or viewer.may("settlement.approve_travel")


def menu_for(viewer: Viewer, path: str, open_tasks: int) -> tuple[MenuItem, ...]:
    """The viewer's menu, with the line of the present page marked.

    Whoever sees to looks is told how many emergency accesses wait for them: one query for those alone.
    """
    sees_to_looks = viewer.may(SEE_UNUSUAL)
    unseen = emergencies_unseen(viewer) or None if sees_to_looks else None
    before = [
        (_("Oppgaver"), "worklist", open_tasks, True),
        (_("Registrer"), "register_group", None, viewer.may("registry.register_persons")),
        (_("Husstander"), "households", None, bool(viewer.opens)),
        (_("Mottaket vårt"), "my_centre", None, _has_own_centre(viewer)),
        (pgettext("meny", "Mottak"), "centres", None, viewer.may("accommodation.operate_centres")),
        (_("Klare for bosetting"), "ready_for_settlement", None, viewer.may("settlement.hold_interview")),
        (_("Bosettingskø"), "queue", None, viewer.may("settlement.see_queue")),
        (
            pgettext("meny", "Bosettingsnekt"),
            "refusals",
            None,
            viewer.may("refusal.ask_to_hold") or viewer.may("refusal.pursue"),
        ),
        (pgettext("meny", "Egen bil"), "car_claims", None, _follows_car_claims(viewer)),
        (_("Fordeling"), "plans", None, viewer.may("allocation.plan")),
        (_("Vår kommune"), "my_municipality", None, viewer.may("settlement.answer_request")),
        (
            _("Ønsker om selvbosetting"),
            "self_settlement_requests",
            None,
            viewer.may("self_settlement.answer") or viewer.may("self_settlement.agree"),
        ),
        (_("Søknader"), "applications", None, viewer.may("alternative.decide") or viewer.may("alternative.answer")),
        (_("Bor privat"), "private_living", None, viewer.may("alternative.follow_up")),
        (_("Årsrapporter"), "late_reports", None, viewer.may("alternative.decide")),
        (_("Postkassen"), "mailbox", None, has_mailbox(viewer)),
        (_("Kommuner"), "municipalities", None, viewer.may("settlement.see_municipalities")),
        (_("Selvbosetting"), "terms_overview", None, viewer.may("self_settlement.see_terms")),
        (_("Tilskudd"), "runs", None, viewer.may("ledger.see")),
        (_("Tilskudd"), "own_account", None, viewer.may("ledger.see_own")),
    ]
    after = [
        (_("Våre kontakter"), "own_organisation", None, viewer.may("directory.keep_own_contacts")),
        (_("Brukere"), "users", None, viewer.may("access.give_roles")),
        (_("Organisasjoner"), "organisations", None, True),
        (_("Uvanlig innsyn"), "unusual_looks", unseen, sees_to_looks),
        (_("Sletting"), "retention", None, viewer.may("retention.see")),
        (_("Dubletter"), "duplicates", None, viewer.may("registry.answer_duplicate")),
    ]
    return (*_items(before, path), *_together(_("Tall"), _items(_figures(viewer), path)), *_items(after, path))


def _figures(viewer: Viewer) -> list[Line]:
    """Pages of numbers: nobody has work to do there, so they share a line of a menu that is full as it is."""
    sees_settlement = viewer.may("insight.see_settlement")
    return [
        (_("Ventetid"), "insight_settlement", None, sees_settlement),
        (_("MAMOT i tall"), "insight_mamot", None, viewer.may("insight.see_schemes")),
        (_("Avtalt selvbosetting i tall"), "self_settlement_measures", None, sees_settlement),
    ]


def _items(lines: Iterable[Line], path: str) -> tuple[MenuItem, ...]:
    return tuple(
        MenuItem(label, reverse(name), path == reverse(name), count) for label, name, count, has in lines if has
    )


def _together(label: str, parts: tuple[MenuItem, ...]) -> tuple[MenuItem, ...]:
    """One line for all of them; who has one alone has no need of it."""
    if len(parts) < 2:
        return parts
    return (MenuItem(label, parts[0].url, parts[0].is_current, parts=parts),)
