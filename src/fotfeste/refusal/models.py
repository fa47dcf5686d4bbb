"""Storage: a refusal of settlement, and what has happened in it. Fenced."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from fotfeste.platform.facts import Fact, fact_triggers
from fotfeste.platform.public_ids import new_reference
from fotfeste.refusal.domain.gates import OF_THE_CASE, ONCE, TOLD_OF_MINORS
from fotfeste.refusal.domain.types import LETTERS, WAYS_OUT, Cause, Happening, TalkInterpreter
from fotfeste.refusal.limits import NO_LETTER_TO_A_CHILD, NOTHING_AFTER_THE_END
from fotfeste.refusal.models_rulings import Ruling

__all__ = ["Refusal", "RefusalEvent", "Ruling"]

_ONCE_FOR_EACH = [str(kind) for kind in (*LETTERS, *TOLD_OF_MINORS, *sorted(WAYS_OUT))]
_ONCE = [str(kind) for kind in (*sorted(ONCE), Happening.CLOSED)]
_OF_ALL = [str(kind) for kind in sorted(OF_THE_CASE)]


class Refusal(models.Model):
    """A household does not move to the municipality that it is offered (bosettingsnektsak): what it is about.

    How it stands is derived from its events (`queries.cases`). `persons` are the subjects of those who were to move
    and live at a centre. It ends by hand (`closed_on`), or was never one, the no being registered by mistake
    (`annulled_at`).
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="refusals")  # the group
    case = models.ForeignKey("settlement.SettlementCase", models.PROTECT, related_name="refusals")
    offer = models.ForeignKey("settlement.Offer", models.PROTECT, related_name="refusals")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")  # the municipality
    cause = models.CharField(max_length=12, choices=[(c, c) for c in Cause])
    opened_on = models.DateField()  # the day of the no, or the day on which nobody moved
    imdi_deadline_on = models.DateField(null=True)  # the last day to move, as IMDi first set it
    persons = models.JSONField(default=list)
    not_offered = models.JSONField(default=list)  # those of them who refused an earlier offer and were not given this
    deadline_letters = models.JSONField(
        default=list
    )  # to whom IMDi has written of its deadline, as long as that counts
    closed_on = models.DateField(null=True)
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="refusal_by_subject"),
            GinIndex(fields=["persons"], name="refusal_by_person", opclasses=["jsonb_path_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(closed_on__isnull=True, annulled_at__isnull=True),
                name="one_open_refusal_per_group",
            ),
            models.CheckConstraint(
                condition=Q(imdi_deadline_on__gte=F("opened_on")), name="imdi_deadline_after_the_refusal"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(annulled_at__isnull=True), name="closed_or_never_one"
            ),
        ]


class RefusalEvent(Fact):
    """Something that happened in a refusal, to one of them or to none in particular (hendelse i bosettingsnektsak).

    What happened to several on a day is a row for each. `names_on` is the day that it names: until when a deadline is
    extended, the day of the eviction, from when the benefit stops. `text` is why, or what was explained.
    """

    refusal = models.ForeignKey(Refusal, models.PROTECT, related_name="events")
    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    resident = models.ForeignKey("access.Subject", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24, choices=[(k, k) for k in Happening])
    holds_on = models.DateField()
    names_on = models.DateField(null=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    interpreter = models.CharField(max_length=12, blank=True, choices=[(i, i) for i in TalkInterpreter])

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["refusal", "holds_on", "id"], name="event_of_refusal")]
        constraints = [
            models.UniqueConstraint(
                fields=["refusal", "resident", "kind"],
                condition=Q(annulled_at__isnull=True, kind__in=_ONCE_FOR_EACH),
                name="refusal_event_once_for_each",
            ),
            models.UniqueConstraint(
                fields=["refusal", "kind"],
                condition=Q(annulled_at__isnull=True, kind__in=_ONCE),
                name="refusal_event_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_OF_ALL, resident__isnull=True) | ~Q(kind__in=_OF_ALL) & Q(resident__isnull=False),
                name="refusal_event_of_whom",
            ),
            models.CheckConstraint(
                condition=~Q(kind="talk") | ~Q(text="") & ~Q(language="") & ~Q(interpreter=""),
                name="a_talk_says_what_was_explained",
            ),
        ]
        triggers = [*fact_triggers(), NO_LETTER_TO_A_CHILD, NOTHING_AFTER_THE_END]
