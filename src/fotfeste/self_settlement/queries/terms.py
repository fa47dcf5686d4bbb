"""What municipalities publish of agreed self-settlement: one's own, one, and all with a search (SET-13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from fotfeste.directory.public import ContactPerson, Organisation, OrganisationKind, User
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.names import fold
from fotfeste.kernel.periods import Period
from fotfeste.self_settlement.domain.parameters import book
from fotfeste.self_settlement.domain.terms import (
    Deposit,
    EmptyRent,
    Review,
    Stand,
    TargetGroup,
    Terms,
    helps_with_deposit,
    is_for,
    pays_empty_rent,
    review_of,
)
from fotfeste.self_settlement.models import PublishedTerms, TermsReview


@dataclass(frozen=True, slots=True)
class TermsOnDay:
    """What a municipality says on a day, since when, and when it last looked at it. `is_demo`: invented."""

    terms: Terms
    period: Period
    review: Review
    is_late: bool  # not reviewed for as long as the rule says
    is_demo: bool
    published_at: datetime


@dataclass(frozen=True, slots=True)
class MunicipalityTerms:
    """A municipality, and what it says; None where it has published nothing, which is no answer."""

    organisation_id: int
    number: str
    name: str
    county: str
    county_number: str
    said: TermsOnDay | None

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return self.said.terms.stand if self.said else Stand.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the overview is asked for. Empty: everything. `deposit`: with help alone; `empty_rent`: paid, or perhaps;
    `finds_next_home`: whether they find the next home themselves; `late`: due for review alone.
    """

    text: str = ""
    county: str = ""
    stand: Stand | None = None
    target: TargetGroup | None = None
    deposit: bool = False
    empty_rent: bool = False
    finds_next_home: bool | None = None
    late: bool = False


def terms_of(organisation_id: int, day: date) -> TermsOnDay | None:
    """What a municipality says on a day; None where it has published nothing. One query. Raises NoRule."""
    row = _on(day).filter(organisation_id=organisation_id).first()
    return _said(row, day) if row else None


def terms_of_number(number: str, day: date) -> MunicipalityTerms:
    """The municipality with a number, and what it says. Two queries. Raises NotFound, NoRule."""
    place = _municipalities().filter(municipality_id=number).first()
    if place is None:
        raise NotFound
    return _line(place, terms_of(place.pk, day))


def own_terms(organisation_id: int, day: date) -> MunicipalityTerms:
    """The municipality that somebody works in, and what it says. Two queries. Raises NotFound, NoRule."""
    place = _municipalities().filter(pk=organisation_id).first()
    if place is None:
        raise NotFound
    return _line(place, terms_of(place.pk, day))


def all_terms(day: date) -> list[MunicipalityTerms]:
    """Every municipality by name, and what it says. Two queries. Raises NoRule."""
    said = {row.organisation_id: _said(row, day) for row in _on(day)}
    return [_line(place, said.get(place.pk)) for place in _municipalities().order_by("sort_key", "pk")]


def narrowed(lines: Iterable[MunicipalityTerms], asked: Asked) -> list[MunicipalityTerms]:
    """Those that are asked for; those that allow it first, those that have published nothing last."""
    order = list(Stand)
    found = [line for line in lines if _has(line, asked.text.strip()) and _meets(line, asked)]
    return sorted(found, key=lambda line: order.index(line.stand))


def earlier_terms(organisation_id: int, day: date) -> Sequence[tuple[TermsOnDay, Sequence[date]]]:
    """What a municipality has said before and says, the newest first, each with the days on which it was reviewed. Two
    queries. Raises NoRule.
    """
    days = list(
        TermsReview.objects.current()
        .filter(organisation_id=organisation_id, reviewed_on__lte=day)
        .order_by("-reviewed_on")
        .values_list("reviewed_on", flat=True)
    )
    rows = PublishedTerms.objects.current().filter(organisation_id=organisation_id, period__startswith__lte=day)
    found = []
    for row in rows.order_by("-period__startswith"):
        of_it = [each for each in days if row.period.contains(each)]
        found.append((_said_then(row, of_it[0] if of_it else row.period.start, day), of_it))
    return found


def names_at(organisation_id: int) -> list[str]:
    """The names of those who work in a municipality or are its contact persons. One query."""
    contacts = ContactPerson.objects.current().filter(unit__organisation_id=organisation_id).values_list("name")
    return [
        name for (name,) in User.objects.filter(organisation_id=organisation_id).values_list("name").union(contacts)
    ]


def _on(day: date) -> QuerySet[PublishedTerms]:
    """The terms of a day, with the last review since they were published."""
    reviews = TermsReview.objects.current().filter(
        organisation_id=OuterRef("organisation_id"),
        reviewed_on__gte=OuterRef("period__startswith"),
        reviewed_on__lte=day,
    )
    last = reviews.order_by("-reviewed_on").values("reviewed_on")[:1]
    rows: QuerySet[PublishedTerms] = PublishedTerms.objects.current().filter(period__contains=day)
    return rows.annotate(last_reviewed_on=Subquery(last))


def _municipalities() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).select_related("municipality__county")


def _line(place: Organisation, said: TermsOnDay | None) -> MunicipalityTerms:
    municipality = place.municipality
    if municipality is None:
        raise NotFound
    county = municipality.county
    return MunicipalityTerms(place.pk, municipality.number, place.name, county.name, county.number, said)


def _said(row: PublishedTerms, day: date) -> TermsOnDay:
    last_on: date | None = row.last_reviewed_on  # type: ignore[attr-defined]
    return _said_then(row, last_on or row.period.start, day)


def _said_then(row: PublishedTerms, last_on: date, day: date) -> TermsOnDay:
    review = review_of(last_on, day, book())
    return TermsOnDay(terms_in(row), row.period, review, review.is_due_on(day), row.is_demo, row.recorded_at)


def terms_in(row: PublishedTerms) -> Terms:
    """A row as what it says."""
    return Terms(
        allows=row.allows,
        targets=tuple(TargetGroup(each) for each in row.targets),
        target_words=row.target_words,
        deposit=Deposit(row.deposit) if row.deposit else None,
        empty_rent=EmptyRent(row.empty_rent) if row.empty_rent else None,
        finds_next_home=row.finds_next_home,
        other_words=row.other_words,
        office=row.office,
        phone=row.phone,
        email=row.email,
    )


def is_late(line: MunicipalityTerms) -> bool:
    """Whether a municipality has terms, and has not reviewed them for as long as the rule says."""
    return line.said is not None and line.said.is_late


def many_of(lines: Iterable[MunicipalityTerms]) -> Mapping[Stand, int]:
    """How many stand where."""
    found = dict.fromkeys(Stand, 0)
    for line in lines:
        found[line.stand] += 1
    return found


def _has(line: MunicipalityTerms, text: str) -> bool:
    """As people type it who have no æ, ø, å; what has neither letter nor digit is in no name."""
    wanted = fold(text)
    if not wanted:
        return not text
    return wanted in fold(line.name) or wanted in fold(line.county) or line.number.startswith(wanted)


def _meets(line: MunicipalityTerms, asked: Asked) -> bool:
    terms = line.said.terms if line.said else None
    return (
        asked.county in ("", line.county_number)
        and asked.stand in (None, line.stand)
        and (asked.target is None or (terms is not None and is_for(terms, asked.target)))
        and (not asked.late or is_late(line))
        and (not asked.deposit or (terms is not None and helps_with_deposit(terms)))
        and (not asked.empty_rent or (terms is not None and pays_empty_rent(terms)))
        and (asked.finds_next_home is None or (terms is not None and terms.finds_next_home is asked.finds_next_home))
    )
