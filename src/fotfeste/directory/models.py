"""Storage: places and organisations. No personal data of residents."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.directory.domain.routing import GENERAL_POSTBOX
from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, UnitKind
from fotfeste.platform.facts import PeriodFact
from fotfeste.platform.fields import one_of, seen_as_written, with_a_letter
from fotfeste.platform.public_ids import new_reference


class County(models.Model):
    """A county (fylke), by its official number."""

    number = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60)


class Municipality(models.Model):
    """A municipality (kommune), by its official number; figures from SSB and Kartverket as of 2024."""

    number = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    name_nb = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=80, db_index=True)
    county = models.ForeignKey(County, models.PROTECT, related_name="municipalities")
    population = models.IntegerField()
    centrality = models.SmallIntegerField()
    written_form = models.CharField(max_length=10)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(centrality__range=(1, 6)), name="centrality_1_to_6"),
            models.CheckConstraint(condition=Q(population__gte=0), name="population_not_negative"),
        ]


class Neighbour(models.Model):
    """Two municipalities that share a border, once in each direction."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Municipality, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "neighbour"], name="one_row_per_neighbour")]


class PostalCode(models.Model):
    """A postal code (postnummer) with its place; Svalbard and Jan Mayen have no municipality."""

    code = models.CharField(max_length=4, primary_key=True)
    place = models.CharField(max_length=60)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="postal_codes")


class Organisation(models.Model):
    """An organisation with a duty on the way (REG-07)."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in OrganisationKind])
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=160, db_index=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="organisations")
    organisation_number = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in OrganisationKind]),
                name="organisation_kind_known",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(kind="municipality"),
                name="one_organisation_per_municipality",
            ),
            seen_as_written("name", name="organisation_name_seen"),
        ]


class Unit(models.Model):
    """A named unit of an organisation. What it is called, its mailbox and what it answers for are dated facts."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in UnitKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=~Q(kind="region"), name="one_unit_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in UnitKind]), name="unit_kind_known"),
        ]


class UnitDetails(PeriodFact):
    """What a unit is called, and the case mailbox (saksmottak) that reaches it: never a general postbox."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="details")
    name = models.CharField(max_length=120)
    mailbox = models.EmailField(blank=True)

    class Meta(PeriodFact.Meta):
        constraints = [
            ExclusionConstraint(
                name="one_name_of_a_unit_at_a_time",
                expressions=[*one_of("unit_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            with_a_letter("name", name="a_unit_has_a_name"),
            seen_as_written("name", name="unit_name_seen"),
            models.CheckConstraint(
                condition=~Q(mailbox__iregex=f"^({GENERAL_POSTBOX})@"), name="mailbox_is_not_a_general_postbox"
            ),
        ]


class UnitTopic(PeriodFact):
    """A unit answers for a topic for a period, because its organisation says so."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="topics")
    topic = models.CharField(max_length=20, choices=[(k, k) for k in ContactTopic])

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "topic"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_unit_for_a_topic",
            ),
            models.CheckConstraint(condition=Q(topic__in=[str(k) for k in ContactTopic]), name="unit_topic_known"),
        ]


class UnitCounty(PeriodFact):
    """A regional unit (UDI) has a county for a period."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="counties")
    county = models.ForeignKey(County, models.PROTECT, related_name="+")

    class Meta(PeriodFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "county"],
                condition=Q(annulled_at__isnull=True, period__endswith__isnull=True),
                name="one_region_for_a_county",
            )
        ]


class ContactPerson(PeriodFact):
    """Whom to call at a unit about a topic (kontaktperson), for a period. The reference stays when it changes."""

    reference = models.CharField(max_length=12, default=new_reference)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contacts")
    topic = models.CharField(max_length=20, choices=[(k, k) for k in ContactTopic])
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["unit"], name="contact_by_unit", condition=Q(annulled_at__isnull=True)),
            models.Index(fields=["reference"], name="contact_by_reference", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=[str(k) for k in ContactTopic]), name="contact_topic_known"),
            with_a_letter("name", name="a_contact_has_a_name"),
            seen_as_written("name", "phone", name="contact_person_seen"),
        ]


class UserManager(BaseUserManager["User"]):
    """Makes users."""


class User(AbstractBaseUser):
    """A member of staff: works in one organisation; what they may do are dated roles in `access`."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="users")
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        constraints = [seen_as_written("username", "name", name="user_name_seen")]
