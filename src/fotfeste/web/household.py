"""The household page, composed of what the domains supply; it knows none of their rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fotfeste.access.public import Compartment, NeedReason, emergency_until, needs_as_rows, subject_by_reference
from fotfeste.accommodation import public as accommodation
from fotfeste.alternative import public as alternative
from fotfeste.directory.public import OrganisationKind
from fotfeste.grants import public as grants
from fotfeste.kernel.errors import NotFound
from fotfeste.letters import public as letters
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry
from fotfeste.platform.prepared import Given, Prepared
from fotfeste.platform.shown import Whom
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.views import StaffView
from fotfeste.refusal import public as refusal
from fotfeste.registry import public as registry
from fotfeste.self_settlement import public as self_settlement
from fotfeste.settlement import public as settlement
from fotfeste.web.doing import may_do, who_does
from fotfeste.web.happened import happened_to, in_words, whys_of
from fotfeste.web.looks import may_show
from fotfeste.web.words import reason_name
from fotfeste.worklist.public import open_tasks_with_units, task_kinds, unit_of

DOMAINS = (registry, accommodation, alternative, self_settlement, settlement, refusal)


class HouseholdView(StaffView):
    """Who they are, where they are, what has happened, what comes next, whose move it is, by when."""

    shows = frozenset({Compartment.IDENTITY, Compartment.STAYS})
    context: HouseholdContext
    panels: Sequence[Panel] = ()
    also_shown: frozenset[str] = frozenset()
    until_at: datetime | None = None  # of the viewer's emergency access, where they have one

    def whom(self) -> Whom:
        """The household and its members, and why the viewer's organisation knows of them."""
        return Whom(self.context.subject_id, self.context.person_ids, self.context.reasons)

    def compartments_shown(self) -> frozenset[str]:
        """Who they are and where they live; of the rest what there is a panel of, or a line."""
        return self.shows.union(self.also_shown, *(panel.shows for panel in self.panels))

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page of a placement group; a person's reference leads to their group."""
        group = _GROUP.first(reference=reference, day=self.day)
        reasons = _why(self.viewer, group)
        if group is None or not reasons & self.viewer.opens.get(Compartment.IDENTITY, frozenset()):
            return self._of_person(reference)
        self.context = self._known(group, reasons)
        if NeedReason.EMERGENCY in reasons:
            self.until_at = emergency_until(self.viewer, group.subject_id)
        return self._in_emergency(group) if reasons == {NeedReason.EMERGENCY} else self._in_full(group)

    def _known(self, group: Any, reasons: frozenset[str]) -> HouseholdContext:
        """What every domain is told of the household, for whatever reason it is shown."""
        members = registry.members_of(group.subject_id, self.day)
        return HouseholdContext(
            viewer=self.viewer,
            day=self.day,
            subject_id=group.subject_id,
            reference=self.kwargs["reference"],
            version=group.version,
            person_ids=tuple(member.subject_id for member in members),
            names={member.subject_id: member.given_name or member.family_name for member in members},
            reasons=reasons,
            members=members,
            protection=next(iter(group.protections), None),
            private_living=frozenset(what for what, is_there in group.private_living.items() if is_there),
        )

    def _in_full(self, group: Any) -> HttpResponse:
        """The page for those who have a need to know of the household."""
        self.context = context = replace(
            self.context,
            tasks=tuple(open_tasks_with_units(group.subject_id, self.day)),
            events=tuple(happened_to(self.viewer, group.subject_id)),
        )
        self.panels = _panels(context)
        timeline = {domain: domain.household_timeline(context) for domain in DOMAINS}
        history = _history(context, group.access, group.corrections)
        self.also_shown = _beside_the_panels(timeline[settlement], history)
        own = {
            "protection": registry.protection_in_words(context.protection),
            "day": self.day,
            "now": settlement.now_and_next(context),
            "acts": _acts(context),
            "entries": [entry for entries in timeline.values() for entry in entries],
            "tasks": _tasks(context),
            "looks_url": reverse("who_looks", args=[context.reference])
            if may_show(self.viewer, context.reasons)
            else "",
        }
        return render(self.request, "web/household.html", self._always_shown(group) | own | history)

    def _in_emergency(self, group: Any) -> HttpResponse:
        """What averts a danger: who they are, whom to call, where they are. No history, and nothing to do."""
        self.panels = [panel for domain in (registry, accommodation) for panel in domain.household_panels(self.context)]
        return render(self.request, "web/household_emergency.html", self._always_shown(group))

    def _always_shown(self, group: Any) -> dict[str, object]:
        context = self.context
        return {
            "name": registry.household_name(context.members),
            "number": group.number,
            "members": context.members,
            "lead": accommodation.household_lead(context) + registry.household_lead(context),
            "panels": self.panels,
            "until_at": self.until_at,
        }

    def _of_person(self, reference: str) -> HttpResponse:
        """A person's reference leads to the household they belong to; one that a municipality has no part in any more
        to what it was told.
        """
        try:
            person = subject_by_reference(self.viewer, reference, self.day, frozenset(NeedReason))
        except NotFound:
            if not settlement.withdrawals_for(self.viewer, reference):
                raise
            return redirect("withdrawn_request", reference=reference)
        group = registry.group_of(person.pk, self.day)
        if group is None:
            raise NotFound
        return redirect("household", reference=group.subject.reference)


def _why(viewer: Viewer, group: Any) -> frozenset[str]:
    """Why the viewer's organisation knows of a household; for no reason where there is none."""
    access = group.access if group is not None else ()
    return frozenset(each["reason"] for each in access if each["organisation"] == viewer.organisation_id)


def _group() -> QuerySet[Any]:
    return registry.PlacementGroup.objects.filter(subject__reference=Given("reference", CharField())).annotate(
        access=needs_as_rows(OuterRef("subject_id"), Given.day("day")),
        corrections=registry.corrections_as_rows(OuterRef("subject_id")),
        protections=registry.protections_as_rows(OuterRef("subject_id")),
        private_living=alternative.private_living_as_row(OuterRef("subject_id"), Given.day("day")),
    )


_GROUP = Prepared(_group)


def _panels(context: HouseholdContext) -> list[Panel]:
    panels = [panel for domain in (*DOMAINS, letters, grants) for panel in domain.household_panels(context)]
    return sorted(panels, key=attrgetter("order"))


def _beside_the_panels(of_settlement: Sequence[TimelineEntry], history: Mapping[str, Any]) -> frozenset[str]:
    """What the timeline and what has happened show besides: the interview's days, why something was taken back."""
    shown = {Compartment.INTERVIEW} if of_settlement else set()
    return frozenset(shown | ({Compartment.REGISTRATION} if any(each.why for each in history["events"]) else set()))


def _acts(context: HouseholdContext) -> list[PossibleAct]:
    return [act for domain in DOMAINS for act in domain.household_acts(context)]


def _tasks(context: HouseholdContext) -> list[Mapping[str, object]]:
    kinds = task_kinds()
    is_municipality = context.viewer.organisation_kind == OrganisationKind.MUNICIPALITY
    own = context.viewer.organisation_id
    shown = [
        task
        for task in context.tasks
        if task.organisation_id == own
        or task.kind not in TASKS_OF_THEIR_OWN | (TASKS_NOT_FOR_MUNICIPALITIES if is_municipality else frozenset())
    ]
    return [
        {
            "title": kinds[task.kind].title(),
            "url": _task_url(context, task, kinds[task.kind].url_name),
            "who": task.organisation.name,
            "roles": ", ".join(_roles(context, task, kinds[task.kind].url_name)),
            "unit": unit.name if (unit := unit_of(task)) else "",
            "due_on": task.due_on,
        }
        for task in shown
    ]


def _task_url(context: HouseholdContext, task: Any, url_name: str) -> str:
    """Where the viewer does the task; empty where it is somebody else's."""
    is_own = task.organisation_id == context.viewer.organisation_id
    return reverse(url_name, args=[context.reference]) if is_own and may_do(context.viewer, url_name) else ""


def _roles(context: HouseholdContext, task: Any, url_name: str) -> Sequence[str]:
    """Who in the viewer's own organisation does it, where the viewer does not."""
    is_own = task.organisation_id == context.viewer.organisation_id
    return who_does(context.viewer, url_name) if is_own and not may_do(context.viewer, url_name) else ()


TASKS_NOT_FOR_MUNICIPALITIES = frozenset({"read_settlement_note", "assign_beds", "place_group", "see_private_move"})
# That somebody is to be compared tells that there is somebody alike.
TASKS_OF_THEIR_OWN = frozenset({"answer_duplicates"})


# Whose work it is to settle them, or to follow it; others are not told which municipality knows of them.
FOLLOWS_SETTLEMENT = frozenset({NeedReason.LIVES_HERE, NeedReason.PROTECTION_CASE, NeedReason.SETTLEMENT_CASE})
OF_MUNICIPALITIES = frozenset({NeedReason.ASKED_TO_SETTLE, NeedReason.OFFERED_HERE, NeedReason.SETTLED_HERE})


def _history(
    context: HouseholdContext, access: Iterable[Mapping[str, str]], corrections: Iterable[Mapping[str, Any]]
) -> dict[str, object]:
    """What has happened, the newest first, and who may see it.

    Why something was taken back is for those who follow them, and for whoever wrote it.
    """
    own, follows = context.viewer.organisation_id, bool(context.reasons & FOLLOWS_SETTLEMENT)
    told = [each for each in corrections if follows or each["organisation"] == own]
    return {
        "events": in_words(context.events, whys_of(told)),
        "needs": [
            {"who": each["who"], "why": reason_name(each["reason"]), "since_on": date.fromisoformat(each["since"])}
            for each in access
            if follows or int(each["organisation"]) == own or each["reason"] not in OF_MUNICIPALITIES
        ],
    }
