"""Storage: the settlement interview, from the information before it to the answers. Fenced."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste.platform.facts import Fact, draft_triggers
from fotfeste.settlement.domain.contents import AnswerOutcome, Question
from fotfeste.settlement.domain.types import InformationMode, OwnTalk
from fotfeste.settlement.models.case import SettlementCase


class InformationGiven(Fact):
    """Information before the interview: to whom, how, in what language, by whom (SET-02)."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the person
    case = models.ForeignKey(SettlementCase, models.PROTECT, related_name="information")
    mode = models.CharField(max_length=12, choices=[(m, m) for m in InformationMode])
    language = models.CharField(max_length=3)
    given_on = models.DateField()
    given_by_name = models.CharField(max_length=120)
    with_interpreter = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        pass


class Interview(models.Model):
    """A group's settlement interview (bosettingssamtale): invitation, interpreter, held."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the group
    case = models.OneToOneField(SettlementCase, models.PROTECT, related_name="interview")
    planned_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=3, blank=True)
    interpreter = models.CharField(max_length=12, default="not_booked")  # not_needed, not_booked, booked, came_not
    invited_on = models.DateField(null=True)
    leaflet_language = models.CharField(max_length=3, blank=True)
    held_on = models.DateField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    supplementing = models.JSONField(default=list)  # subjects of those who came later and are to be asked now
    reopened_at = models.DateTimeField(null=True)  # answers are being corrected: those from before it stand until then

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interpreter__in=["not_needed", "not_booked", "booked", "came_not"]),
                name="interpreter_state_known",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(held_on__isnull=False, supplementing=[]),
                name="a_held_interview_is_reopened",
            ),
        ]

    @property
    def is_asked_again(self) -> bool:
        """It was held, and somebody is asked in it now: who came later, or those whose answers are corrected."""
        return bool(self.supplementing) or self.reopened_at is not None


# What is typed while the interview is not finished, of those who are asked in it, or is open again: the application
# overwrites it.
_IS_DRAFT = """EXISTS (
        SELECT 1 FROM settlement_interview i
        WHERE i.id = OLD.interview_id
          AND (i.held_on IS NULL OR i.supplementing @> to_jsonb(OLD.subject_id)
               OR (i.reopened_at < OLD.recorded_at AND OLD.annulled_at IS NULL))
    )"""


class MappingNote(Fact):
    """Bosettingsmerknad: what of an unaccompanied minor's individual mapping bears on settlement (SET-06).

    Each minor's own, siblings' too; a draft until the interview is finished, as answers are. For the centre where they
    live and IMDi, nobody else: what a municipality is told, IMDi passes on.
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")  # the minor
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="mapping_notes")
    text = models.TextField()

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "subject"],
                condition=Q(annulled_at__isnull=True),
                name="one_mapping_note_per_minor",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_mapping_note_says_something"),
        ]
        triggers = draft_triggers(_IS_DRAFT)


class Participant(Fact):
    """A person in the interview: took part, was heard; a child over 12 and its own talk."""

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="participants")
    asked_on = models.DateField(null=True)  # who came later: the day of their own talk; null: the interview's
    took_part = models.BooleanField(default=True)
    was_heard = models.BooleanField(default=False)  # a child: heard and told of what concerns it
    own_talk = models.CharField(max_length=12, choices=[(t, t) for t in OwnTalk], default=OwnTalk.NOT_OFFERED)
    accompanied_by = models.CharField(max_length=160, blank=True)  # who was with an unaccompanied minor

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "subject"],
                condition=Q(annulled_at__isnull=True),
                name="a_participant_once",
            )
        ]


class Answer(Fact):
    """A person's answer to one of the five questions, or that they declined (SET-03, SET-04).

    A draft until the interview is finished: overwritten in place, and deleted when taken back. Then a fact.
    `content` has the fields of the question (domain/interview.py checks them).
    """

    subject = models.ForeignKey("access.Subject", models.PROTECT, related_name="+")
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=12, choices=[(q, q) for q in Question])
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in AnswerOutcome])
    content = models.JSONField(default=dict)
    consequence_explained = models.BooleanField(default=False)  # of not answering

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "subject", "question"],
                condition=Q(annulled_at__isnull=True),
                name="one_answer_per_question",
            ),
            models.CheckConstraint(condition=~Q(outcome="declined") | Q(content={}), name="declined_has_no_content"),
            models.CheckConstraint(
                condition=Q(consequence_explained=False) | Q(outcome="declined"), name="declined_knows_consequence"
            ),
        ]
        triggers = draft_triggers(_IS_DRAFT)
