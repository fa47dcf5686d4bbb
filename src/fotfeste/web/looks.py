"""The resident's view, as a page that staff show them: who can see what of them and why, and who has looked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.access.public import (
    Compartment,
    EmergencyTold,
    Knows,
    Look,
    NeedReason,
    Role,
    emergencies_told_to,
    looks_at,
    who_knows,
)
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import capital
from fotfeste.registry import public as registry
from fotfeste.web.words import compartment_names, reason_name, role_name

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see them, in words: an organisation, and what each role there sees.

    `is_nobody_named`: their address is protected, and nobody there is named to see them.
    """

    who: str
    why: str
    since_on: date
    roles: Sequence[tuple[str, Sequence[str]]]
    is_nobody_named: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A look, in words: when, which organisation and roles, what. Never the name of the employee."""

    looked_at: datetime
    who: str
    roles: str
    shown: Sequence[str]
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class InEmergency:
    """An emergency access, in words: from when until when, which organisation and roles."""

    opened_at: datetime
    until_at: datetime
    who: str
    roles: str
    is_open: bool


class WhoLooksView(registry.OfHousehold):
    """For those who may show it to them: the centre where they live, UDI, and the municipality where they are settled.

    A municipality shows nothing of other municipalities, and says where that is to be had.
    """

    shows = registry.OfHousehold.shows | {Compartment.LOOKS}

    @classmethod
    def is_open_to(cls, viewer: Viewer) -> bool:
        """Whoever has a role that may show somebody their looks."""
        return may_show(viewer, viewer.opens.get(Compartment.LOOKS, frozenset()))

    def refuse_strangers(self) -> None:
        """Whose organisation knows of them for another reason does not learn who else does."""
        if not may_show(self.viewer, self.whom().because):
            raise NotFound("not_found")

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Who can see what today, and a page of who has looked, the newest first."""
        persons = [member.subject_id for member in self.members]
        earlier = registry.groups_ever_of(persons)
        page: Page[Look] = Paginator(looks_at(self.group.pk, earlier, persons), ROWS_PER_PAGE).get_page(
            request.GET.get("page")
        )
        is_protected = registry.protection_of(self.group.pk) is not None
        named = registry.named_for(self.group.pk) if is_protected else []
        unnamed = {each.organisation_id for each in named if not each.count}
        known = who_knows(self.viewer, [self.group.pk, *persons], self.day)
        context = {
            "name": registry.household_name(self.members),
            "emergencies": [_in_emergency(each, self.at) for each in emergencies_told_to([self.group.pk, *persons])],
            "is_protected": is_protected,
            "access": [_access(each, is_nobody_named=each.organisation_id in unnamed) for each in known],
            "is_municipality": self.viewer.organisation_kind == OrganisationKind.MUNICIPALITY,
            "page": page,
            "looks": [_looked(look) for look in page.object_list],
        }
        return render(request, "web/who_looks.html", context | self.back())


def may_show(viewer: Viewer, because: frozenset[str]) -> bool:
    """Whether the viewer may show somebody who has looked at them, knowing of them for these reasons."""
    return bool(viewer.opens.get(Compartment.LOOKS, frozenset()) & because)


def _access(knows: Knows, *, is_nobody_named: bool) -> Access:
    roles = [(capital(role_name(role)), compartment_names(opened)) for role, opened in knows.roles]
    return Access(knows.organisation_name, reason_name(knows.reason), knows.since_on, roles, is_nobody_named)


def _looked(look: Any) -> Looked:
    shown = compartment_names(look.compartments)
    is_emergency = NeedReason.EMERGENCY in look.reasons
    return Looked(look.looked_at, look.organisation_name, _roles(look.roles), shown, is_emergency)


def _in_emergency(told: EmergencyTold, at: datetime) -> InEmergency:
    is_open = at < told.until_at
    return InEmergency(told.opened_at, told.until_at, told.organisation_name, _roles(told.roles), is_open)


def _roles(roles: Iterable[str]) -> str:
    return capital(", ".join(role_name(Role(role)) for role in roles))
