"""A municipality's no says what follows (SET-07, ADR 0042)."""

import fotfeste.settlement.domain.types
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0012_subjects_of_money'),
        ('directory', '0001_first'),
        ('settlement', '0017_services'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='settlementcase',
            name='assessment',
            field=models.SmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='settlementrequest',
            name='again_from_week',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='settlementrequest',
            name='assessment',
            field=models.SmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='settlementrequest',
            name='follows',
            field=models.CharField(blank=True, choices=[(fotfeste.settlement.domain.types.AfterDecline['NOT_THIS_WEEK'], fotfeste.settlement.domain.types.AfterDecline['NOT_THIS_WEEK']), (fotfeste.settlement.domain.types.AfterDecline['NOT_THIS_NEED'], fotfeste.settlement.domain.types.AfterDecline['NOT_THIS_NEED']), (fotfeste.settlement.domain.types.AfterDecline['NOT_UNTIL_REASSESSED'], fotfeste.settlement.domain.types.AfterDecline['NOT_UNTIL_REASSESSED'])], max_length=20),
        ),
        migrations.AddField(
            model_name='settlementrequest',
            name='unmet',
            field=models.JSONField(default=list),
        ),
        # Nobody was asked what follows: such a no held for ever, and now does until the household is assessed anew.
        migrations.RunSQL(
            "UPDATE settlement_settlementrequest SET follows = 'not_until_reassessed' WHERE state = 'declined'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='settlementrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), models.Q(('follows', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('follows', '')), _connector='OR'), name='declined_request_says_what_follows'),
        ),
        migrations.AddConstraint(
            model_name='settlementrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('follows', 'not_this_week'), models.Q(('again_from_week', ''), _negated=True)), models.Q(models.Q(('follows', 'not_this_week'), _negated=True), ('again_from_week', '')), _connector='OR'), name='not_this_week_says_which'),
        ),
        migrations.AddConstraint(
            model_name='settlementrequest',
            constraint=models.CheckConstraint(condition=models.Q(('follows', 'not_this_need'), ('unmet', []), _connector='OR'), name='unmet_needs_are_of_a_no'),
        ),
    ]
