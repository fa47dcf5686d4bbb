"""The list of households, and UDI's list of likely duplicates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, Subject
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import StaffView
from fotfeste.registry.actions.joining import answer_duplicate
from fotfeste.registry.domain.types import Member, Stage
from fotfeste.registry.models import PlacementGroup
from fotfeste.registry.queries import households as listed
from fotfeste.registry.queries.duplicates import Proposal, open_proposals
from fotfeste.registry.views.household import OfHousehold
from fotfeste.registry.words import NUMBERS, STATUS_TONES, STATUSES

PER_PAGE = 50
COUNTED_AT_MOST = 1000


class CountedSoFar(Paginator):  # type: ignore[type-arg]  # no subscript when the program runs
    """Pages of a list that is counted no further than anybody turns pages: the country may be large."""

    is_more = False

    @cached_property
    def count(self) -> int:
        """How many there are, at most COUNTED_AT_MOST; `is_more` tells whether there are more."""
        groups: QuerySet[PlacementGroup] = self.object_list  # type: ignore[assignment]
        found = groups[: COUNTED_AT_MOST + 1].count()
        self.is_more = found > COUNTED_AT_MOST
        return min(found, COUNTED_AT_MOST)


class HouseholdsView(StaffView):
    """The households one has to do with: search, filter, sort; fifty a page."""

    shows = frozenset({Compartment.IDENTITY})

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the list; its state is in the address."""
        asked = {name: request.GET.get(name, "").strip() for name in ("q", "status", "people", "sort")}
        groups = listed.households_for(
            self.viewer,
            self.day,
            text=asked["q"],
            status=asked["status"],
            people=asked["people"],
            sort=asked["sort"] or listed.DEFAULT_SORT,
        )
        page = CountedSoFar(groups, PER_PAGE).get_page(request.GET.get("page"))
        self.hits = page.paginator.count
        lines = listed.lines_of(list(page.object_list), self.day)
        context = {
            "page": page,
            "rows": [(line, status_counts(line)) for line in lines],
            "asked": asked,
            "default_sort": listed.DEFAULT_SORT,
            "statuses": [
                ("", _("Alle")),
                (Stage.WITHOUT_PERMIT, _("Uten tillatelse")),
                (Stage.WITH_PERMIT, _("Med tillatelse, ikke bosatt")),
                (Stage.SETTLED, _("Bosatt")),
            ],
            "peoples": [
                ("", _("Alle")),
                (listed.WITH_CHILDREN, _("Med barn")),
                (listed.UNACCOMPANIED, _("Enslige mindreårige")),
            ],
        }
        return render(request, "registry/households.html", context)


def status_counts(household: listed.Household) -> list[tuple[str, str]]:
    """The members' statuses in words with a tone; how many have each where they differ."""
    kinds = [member.current_status for member in household.members if member.current_status]
    found = dict.fromkeys(kinds)
    return [
        (
            str(STATUSES[kind]) if len(found) == 1 else f"{kinds.count(kind)} {STATUSES[kind]}",
            STATUS_TONES[kind],
        )
        for kind in found
    ]


class DuplicatesView(StaffView):
    """Pairs that may be one person: UDI looks and answers."""

    permission = "registry.answer_duplicate"
    codes = "first|second|keep"
    shows = frozenset({Compartment.IDENTITY, Compartment.REGISTRATION})
    pairs: Sequence[Proposal] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The pairs nobody has answered, the oldest first."""
        return self._page(request)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer one pair: `keep` is the reference of the record that is kept, or `both`."""
        first, second = (self._person(request.POST.get(name, "")) for name in ("first", "second"))
        keep = request.POST.get("keep", "")
        if not keep:
            return self._page(request, wrong=first, sentence=_("Velg om de to er samme person eller ikke."))
        kept = None if keep == "both" else self._person(keep)
        try:
            answer_duplicate(first, second, keep_id=kept, by=self.viewer, at=self.at)
        except (NotFound, NotAllowed):
            raise
        except Refused as refused:
            return self._page(request, wrong=first, sentence=sentence_for(refused))
        told = (
            _("Svaret er lagret: to forskjellige personer.")
            if kept is None
            else _("Svaret er lagret: samme person. Den andre posten er lagt bort, og numrene dens finner personen.")
        )
        messages.success(request, told)
        return redirect(request.path)

    def group_id(self) -> int | None:
        """The household whose members the page is about; None: everyone's."""
        return None

    def way_back(self) -> dict[str, Any]:
        """Where the page was reached from; the menu leads to the list of all."""
        return {}

    def _person(self, reference: str) -> int:
        subject = Subject.objects.filter(reference=reference, kind="person").first()
        if subject is None:
            raise NotFound("not_found")
        return int(subject.pk)

    def _page(self, request: HttpRequest, *, wrong: int | None = None, sentence: str = "") -> HttpResponse:
        self.pairs = open_proposals(self.day, group_id=self.group_id())
        self.hits = len(self.pairs)
        context = {
            "pairs": [(pair, numbers_of(pair.first), numbers_of(pair.second)) for pair in self.pairs],
            "wrong": wrong,
            "sentence": sentence,
            **self.way_back(),
        }
        return render(request, "registry/duplicates.html", context, status=422 if sentence else 200)


def numbers_of(member: Member) -> list[tuple[str, str]]:
    """A person's numbers, each with what it is called."""
    return [(str(NUMBERS[kind]), value) for kind, value in member.identifiers.items()]


class HouseholdDuplicatesView(DuplicatesView, OfHousehold):
    """The pairs that speak of one household's members: where the task leads."""

    def group_id(self) -> int | None:
        """The household of the address."""
        return int(self.group.pk)

    def whom(self) -> Whom:
        """Its members, and those whom they may be one person with."""
        known = super().whom()
        others = {each.subject_id for pair in self.pairs for each in (pair.first, pair.second)}
        return replace(known, person_ids=tuple(others | set(known.person_ids)))

    def way_back(self) -> dict[str, Any]:
        """The household's page."""
        return self.back()
