"""Storage: on what terms each municipality allows agreed self-settlement, and when it looked at them again.

Published to everybody and of no household: not fenced. The database refuses what is written of another municipality.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from fotfeste.platform.facts import Fact, PeriodFact
from fotfeste.platform.fields import one_of, seen_as_written
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, Terms

# In a scope, a row is of the organisation whose scope it is. The owner loads the demo, in no scope.
OWN_TERMS = pgtrigger.Trigger(
    name="written_by_its_municipality",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)
           AND NEW.organisation_id IS DISTINCT FROM nullif(current_setting('fotfeste.organisation', true), '')::bigint
        THEN
            RAISE EXCEPTION 'written by its municipality' USING ERRCODE = '23514', CONSTRAINT = 'terms_of_others';
        END IF;
        RETURN NEW;
    """,
)
NOTHING_ALLOWED = Q(targets=[], target_words="", deposit="", empty_rent="", finds_next_home__isnull=True)


class PublishedTerms(PeriodFact):
    """What a municipality publishes of agreed self-settlement, for a period (vilkår for avtalt selvbosetting)."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    allows = models.BooleanField()
    targets = models.JSONField(default=list)  # codes of TargetGroup in their order; none: everybody
    target_words = models.TextField(blank=True, default="")
    deposit = models.CharField(max_length=10, blank=True, default="", choices=[(d, d) for d in Deposit])
    empty_rent = models.CharField(max_length=10, blank=True, default="", choices=[(e, e) for e in EmptyRent])
    finds_next_home = models.BooleanField(null=True)
    other_words = models.TextField(blank=True, default="")
    office = models.CharField(max_length=120, blank=True, default="")  # an office's, never a person's
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    is_demo = models.BooleanField(default=False)  # invented: shown as that wherever it is shown

    class Meta(PeriodFact.Meta):
        constraints = [
            ExclusionConstraint(
                name="one_set_of_terms_at_a_time",
                expressions=[*one_of("organisation_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(allows=True) & ~Q(deposit="") & ~Q(empty_rent="") & Q(finds_next_home__isnull=False)
                | Q(allows=False) & NOTHING_ALLOWED,
                name="terms_go_with_the_answer",
            ),
            models.CheckConstraint(
                condition=Q(allows=False) | ~Q(office="") & (~Q(phone="") | ~Q(email="")), name="terms_say_whom_to_ask"
            ),
            models.CheckConstraint(condition=Q(deposit__in=["", *(str(d) for d in Deposit)]), name="deposit_known"),
            models.CheckConstraint(condition=Q(empty_rent__in=["", *(str(e) for e in EmptyRent)]), name="rent_known"),
            seen_as_written("office", "phone", name="terms_contact_seen"),
        ]
        triggers = [*PeriodFact.Meta.triggers, OWN_TERMS]

    @classmethod
    def columns_of(cls, terms: Terms) -> dict[str, object]:
        """What is said, as columns."""
        return {
            "allows": terms.allows,
            "targets": [str(each) for each in terms.targets],
            "target_words": terms.target_words,
            "deposit": terms.deposit or "",
            "empty_rent": terms.empty_rent or "",
            "finds_next_home": terms.finds_next_home,
            "other_words": terms.other_words,
            "office": terms.office,
            "phone": terms.phone,
            "email": terms.email,
        }


class TermsReview(Fact):
    """A municipality has looked at its terms, and they stand (gjennomgått, uendret)."""

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    reviewed_on = models.DateField()

    class Meta(Fact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reviewed_on"],
                condition=Q(annulled_at__isnull=True),
                name="one_review_of_terms_a_day",
            )
        ]
        triggers = [*Fact.Meta.triggers, OWN_TERMS]
