"""Storage: persons and placement groups. Every table here is behind the need to know."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.facts import Fact, PeriodFact
from fotfeste.platform.fields import one_of, seen_as_written, with_a_letter
from fotfeste.registry.domain.types import Mistake, RelationKind, Sex, Stage, StatusKind, TakenBack


class Person(models.Model):
    """One person, one record. Who they are is in PersonDetails; this row is the anchor."""

    subject = models.OneToOneField("access.Subject", models.PROTECT, primary_key=True, related_name="person")
    registered_on = models.DateField()
    registered_by = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    # Where two records were found to be of one person: the one that is kept.
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="put_aside")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(same_as=models.F("subject")), name="not_the_same_as_oneself")
        ]


class PersonDetails(Fact):
    """Names, birth date, sex, citizenship as we know them; a correction supersedes. Age is always derived (REG-06)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="person_details")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    original_name = models.CharField(max_length=160, blank=True)  # as the person writes it, in their script
    birth_date = models.DateField()
    sex = models.CharField(max_length=8, choices=[(s, s) for s in Sex])
    citizenship = models.CharField(max_length=3)  # ISO 3166-1 alpha-3; XXA stateless, XXX unknown
    needs_interpreter = models.BooleanField(default=True)
    is_unaccompanied_minor = models.BooleanField(default=False)  # enslig mindreårig

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(annulled_at__isnull=True), name="one_current_details_row"
            ),
            models.CheckConstraint(condition=Q(sex__in=[str(s) for s in Sex]), name="sex_known_value"),
            with_a_letter("given_name", "family_name", name="person_has_a_name"),
            seen_as_written("given_name", "family_name", "original_name", name="person_name_seen"),
        ]


class Identifier(Fact):
    """A number of a person (REG-01): DUF, D-number, national identity number, registration number (Reg.nr)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in IdentifierKind])
    value = models.CharField(max_length=20)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(annulled_at__isnull=True) & ~Q(kind="reg_nr"),
                name="number_belongs_to_one_person",
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(annulled_at__isnull=True), name="one_number_of_a_kind"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="number_is_not_empty"),
        ]


class PersonLanguage(Fact):
    """A language that a person understands (ISO 639); rank 1 is the one they prefer."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="languages")
    language = models.CharField(max_length=3)
    rank = models.SmallIntegerField(default=1)

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "language"], condition=Q(annulled_at__isnull=True), name="a_language_once"
            )
        ]


class PlacementGroup(models.Model):
    """People who are placed and settled together (plasseringsgruppe, REG-02).

    `version` grows with every act on the household: a form that was opened on an older version is told so.
    """

    subject = models.OneToOneField("access.Subject", models.PROTECT, primary_key=True, related_name="placement_group")
    number = models.BigIntegerField(unique=True)
    created_on = models.DateField()
    version = models.IntegerField(default=1)
    # Caches, so that lists can be filtered by an index (see actions/summary.py): from which day the group has had no
    # members, how far its members have come, when the youngest was born, whether one is an unaccompanied minor.
    emptied_on = models.DateField(null=True)
    stage = models.CharField(max_length=16, choices=[(s, s) for s in Stage], default=Stage.WITHOUT_PERMIT)
    youngest_born_on = models.DateField(null=True)
    has_unaccompanied_minor = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["stage", "number"], name="group_by_stage", condition=Q(emptied_on__isnull=True)),
            models.Index(fields=["created_on", "subject"], name="group_by_day"),
            models.Index(
                fields=["number"],
                name="group_of_unaccompanied",
                condition=Q(emptied_on__isnull=True, has_unaccompanied_minor=True),
            ),
        ]
        constraints = [models.CheckConstraint(condition=Q(stage__in=[str(s) for s in Stage]), name="stage_known")]


class GroupMembership(PeriodFact):
    """A person belongs to a placement group for a period; one group at a time."""

    group = models.ForeignKey(PlacementGroup, models.PROTECT, related_name="memberships")
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="memberships")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["group"], name="membership_by_group", condition=Q(annulled_at__isnull=True)),
            models.Index(fields=["subject"], name="membership_by_subject", condition=Q(annulled_at__isnull=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_group_at_a_time",
                expressions=[*one_of("subject_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]


class Relation(PeriodFact):
    """`subject` is the `kind` of `other` (REG-04): parent, spouse, guardian. `other` may stand outside the registry."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="relations")
    other = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in RelationKind])

    class Meta(PeriodFact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(subject=models.F("other")), name="nobody_is_related_to_oneself"),
            models.UniqueConstraint(
                fields=["subject", "other", "kind"],
                condition=Q(annulled_at__isnull=True),
                name="a_relation_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in RelationKind]), name="relation_known"),
        ]


class OutsideContact(Fact):
    """A guardian, host or other person around a resident who is not a resident: name and how to reach them."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="outside_contacts")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in RelationKind])
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    class Meta(Fact.Meta):
        constraints = [
            with_a_letter("name", name="contact_has_a_name"),
            seen_as_written("name", "phone", name="contact_seen"),
        ]


class StatusEvent(Fact):
    """A dated status of a person (REG-05), with who reported it."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="statuses")
    kind = models.CharField(max_length=40, choices=[(k, k) for k in StatusKind])
    holds_on = models.DateField()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(
                fields=["subject", "holds_on"],
                name="status_by_subject",
                condition=Q(annulled_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "holds_on"],
                condition=Q(annulled_at__isnull=True),
                name="a_status_once_a_day",
            ),
            models.CheckConstraint(condition=Q(kind__in=[str(k) for k in StatusKind]), name="status_known"),
        ]


class Correction(Fact):
    """Why something that was registered of a household was taken back: the annulled rows themselves keep a code.

    `subject` is the household's. `holds_on` is the day that the annulled fact had.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="corrections")
    taken_back = models.CharField(max_length=16, choices=[(t, t) for t in TakenBack])
    holds_on = models.DateField()
    reason = models.CharField(max_length=16, choices=[(m, m) for m in Mistake])
    text = models.TextField(blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=[str(m) for m in Mistake]), name="mistake_known"),
            models.CheckConstraint(condition=~Q(reason="other") | ~Q(text=""), name="mistake_needs_words"),
            models.CheckConstraint(condition=Q(taken_back__in=[str(t) for t in TakenBack]), name="taken_back_known"),
        ]


class SearchToken(models.Model):
    """A folded part of a name or a whole number, for search. Read only through the function `search_subjects`."""

    token = models.CharField(max_length=160)
    subject = models.ForeignKey("access.Subject", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "subject"], name="a_token_once")]


class DuplicateProposal(models.Model):
    """Two records that are likely one person (REG-03): proposed, looked at by somebody, never joined silently.

    `subject` is the one with the lower key, so that a pair is a pair whoever was registered last.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    other = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    cause = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True)  # same, different; moved: asked of another record
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject"], name="open_duplicate", condition=Q(answer=""))]
        constraints = [
            models.CheckConstraint(condition=Q(subject__lt=models.F("other")), name="lower_key_first"),
            models.UniqueConstraint(fields=["subject", "other"], name="a_pair_proposed_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["", "same", "different", "moved"]), name="duplicate_answer_known"
            ),
        ]
