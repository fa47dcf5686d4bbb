"""Who works in an organisation, and in which roles."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from fotfeste.access.domain.matrix import CASE_ROLES
from fotfeste.access.domain.permissions import ROLE_BELONGS_TO
from fotfeste.access.domain.types import Role
from fotfeste.platform.facts import PeriodFact, fact_triggers
from fotfeste.platform.fields import one_of
from fotfeste.platform.public_ids import new_reference


class Employment(PeriodFact):
    """Somebody works in their organisation for a period (ansettelse): the last day is told when it is known.

    Logins and roles hold only within it. The reference stays when it is ended.
    """

    reference = models.CharField(max_length=12, default=new_reference)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="employments")

    class Meta(PeriodFact.Meta):
        indexes = [
            models.Index(fields=["reference"], name="employment_by_reference", condition=Q(annulled_at__isnull=True))
        ]
        constraints = [
            ExclusionConstraint(
                name="one_employment_at_a_time",
                expressions=[*one_of("user_id"), ("period", "&&")],
                condition=Q(annulled_at__isnull=True),
            )
        ]


_NUMBER_OF_ROLE = Func(F("role"), Value(0), function="hashtextextended")
_BELONGS_HERE = ", ".join(f"('{role}', '{kind}')" for role in Role for kind in sorted(ROLE_BELONGS_TO[role]))


class RoleAssignment(PeriodFact):
    """A user has a role for a period; `given_by` gave it, None where the installation did. The reference stays."""

    reference = models.CharField(max_length=12, default=new_reference)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=30, choices=[(r, r) for r in Role])
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(PeriodFact.Meta):
        indexes = [models.Index(fields=["reference"], name="role_by_reference", condition=Q(annulled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[str(r) for r in Role]), name="role_known"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(CASE_ROLES)) | Q(given_by__isnull=True) | ~Q(given_by=F("user")),
                name="case_role_for_oneself",
            ),
            ExclusionConstraint(
                name="role_is_held_once",
                expressions=[
                    *one_of("user_id"),
                    (
                        Func(_NUMBER_OF_ROLE, _NUMBER_OF_ROLE, Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", "&&"),
                ],
                condition=Q(annulled_at__isnull=True),
            ),
        ]
        triggers = [
            *fact_triggers(),
            pgtrigger.Trigger(
                name="role_of_this_organisation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM directory_user u JOIN directory_organisation o ON o.id = u.organisation_id
                        WHERE u.id = NEW.user_id AND (NEW.role, o.kind) IN (BELONGS_HERE)
                    ) THEN
                        RAISE EXCEPTION 'no such role in the organisation of the user'
                            USING ERRCODE = '23514', CONSTRAINT = 'role_not_of_this_organisation';
                    END IF;
                    RETURN NEW;
                """.replace("BELONGS_HERE", _BELONGS_HERE),
            ),
        ]
