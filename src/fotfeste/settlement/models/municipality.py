"""Storage: what a municipality is asked for in a year, what it has room for, and what it can offer. Of no household:
not fenced.

Whether there is room is asked of `settlement_places_of` and its sisters (migrations/0010); the database refuses what
goes beyond it.
"""

from django.db import models
from django.db.models import F, Q

from fotfeste.platform.facts import Fact, PeriodFact
from fotfeste.settlement.domain.types import Capability, FigureKind, LocalOfferKind, LocalService, PlaceKind, WorkField
from fotfeste.settlement.limits import DECISION_LIMIT, RESERVATION_LIMIT, RESOURCE_LIMIT


class MunicipalityYear(models.Model):
    """IMDi's request and the council's decision for a year (anmodning og vedtak, SET-10) as they stand: what the
    current facts of `YearFigure` say, in one row that every list reads. NULL: not published.
    """

    municipality = models.ForeignKey("directory.Municipality", models.PROTECT, related_name="settlement_years")
    year = models.SmallIntegerField()
    requested = models.IntegerField(null=True)
    decided = models.IntegerField(null=True)
    requested_minors = models.IntegerField(null=True)  # of whom unaccompanied minors
    decided_minors = models.IntegerField(null=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="one_row_per_municipality_year")]
        triggers = [DECISION_LIMIT]


class YearFigure(Fact):
    """What IMDi asks a municipality for in a year, or what its council has decided: who said so, when, and from where.

    A later figure supersedes an earlier one, which is kept.
    """

    municipality = models.ForeignKey("directory.Municipality", models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=8, choices=[(k, k) for k in FigureKind])
    persons = models.IntegerField(null=True)  # NULL: held back by the source (fewer than five, or not decided yet)
    minors = models.IntegerField(null=True)  # of whom unaccompanied minors
    decided_on = models.DateField(null=True)  # the day of the council's meeting or of IMDi's letter; NULL: not given
    source = models.CharField(max_length=120)
    # NULL: published figures that were loaded with the reference data.
    reported_by = models.ForeignKey(  # type: ignore[assignment]
        "directory.Organisation", models.PROTECT, null=True, related_name="+"
    )

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "kind"],
                condition=Q(annulled_at__isnull=True),
                name="one_figure_of_a_kind_per_year",
            ),
            models.CheckConstraint(condition=Q(persons__gte=0, minors__gte=0), name="figure_is_a_number_of_persons"),
            models.CheckConstraint(condition=Q(minors__lte=F("persons")), name="minors_are_among_the_persons"),
        ]


class WeekLimit(PeriodFact):
    """The most persons that a municipality receives in one week, as it says itself, from a day on (SET-10)."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="week_limits")
    persons = models.SmallIntegerField()

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_week_limit",
            ),
            models.CheckConstraint(condition=Q(persons__gte=1), name="week_limit_lets_somebody_come"),
        ]


class PlaceReservation(Fact):
    """Places of a year that are kept for those who live at an integration centre (SET-11; IM 4.1 and 6.2.1).

    Who is asked for from that centre takes them; nobody else can.
    """

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    centre = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    persons = models.SmallIntegerField()

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "centre"],
                condition=Q(annulled_at__isnull=True),
                name="one_reservation_per_centre_and_year",
            ),
            models.CheckConstraint(condition=Q(persons__gte=0), name="reservation_is_a_number_of_persons"),
        ]
        triggers = [*Fact.Meta.triggers, RESERVATION_LIMIT]


class MunicipalityResource(PeriodFact):
    """How many of something beside persons a municipality has for those who come from a day on (SET-10).

    Those who are promised and held take of them at once, those who have come since that day too.
    """

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(k, k) for k in PlaceKind])
    number = models.SmallIntegerField()
    source = models.CharField(max_length=120)

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_resource",
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="resource_is_a_number"),
        ]
        triggers = [*PeriodFact.Meta.triggers, RESOURCE_LIMIT]


class LocalOffer(PeriodFact):
    """A field, or one occupation of it, in which a municipality offers education, or wants people for work, for a
    period (SET-10).
    """

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in LocalOfferKind])
    field = models.CharField(max_length=16, choices=[(f, f) for f in WorkField])
    occupation = models.CharField(max_length=32, blank=True, default="")  # "": the whole field
    source = models.CharField(max_length=120)

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "field", "occupation"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_local_offer",
            )
        ]


class MunicipalityCapability(PeriodFact):
    """What a municipality says that it can offer, for a period (SET-10): what some must have, and what helps."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="capabilities")
    capability = models.CharField(max_length=24, choices=[(c, c) for c in (*Capability, *LocalService)])
    is_offered = models.BooleanField(default=True)  # False: said that they cannot; no row: has not said
    source = models.CharField(max_length=120)

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "capability"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_open_capability",
            )
        ]
