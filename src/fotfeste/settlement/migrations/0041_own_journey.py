"""Who settles by agreement has a journey too: it rests on the request that IMDi agreed, since there is no offer yet.

What is stored stays as it is. It cannot be undone once there is such a journey: the columns of the offer are then empty.
A municipality sees the journey of its own request as it sees that of its own offer.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_JOURNEY = "settlement_journey"
_DUTY = knows(_JOURNEY, "settlement", ["lives_here", "protection_case", "settlement_case"])
_OFFERED = f"""{knows(_JOURNEY, "settlement", ["offered_here", "settled_here"])} AND EXISTS (
    SELECT 1 FROM settlement_offer o WHERE o.id = {_JOURNEY}.offer_id OFFSET 0
)"""
_OF_THE_CASE = f"""EXISTS (
    SELECT 1 FROM settlement_settlementcase c
    WHERE c.id = {_JOURNEY}.case_id AND c.centre_id = {own_organisation()}
    OFFSET 0
) AND {knows(_JOURNEY, "settlement", ["lived_here"])}"""
_ASKED_THEMSELVES = f"""{knows(_JOURNEY, "settlement", ["asked_to_settle", "settled_here"])} AND EXISTS (
    SELECT 1 FROM settlement_settlementrequest r
    WHERE r.id = {_JOURNEY}.request_id AND r.organisation_id = {own_organisation()}
    OFFSET 0
)"""
_BEFORE = f"{_DUTY} OR {_OFFERED} OR {_OF_THE_CASE}"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0013_wants_to_settle'),
        ('settlement', '0040_void_travel_question'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='travelapproval',
            name='one_open_travel_question',
        ),
        migrations.AddField(
            model_name='journey',
            name='cancelled_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='journey',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journey', to='settlement.settlementrequest'),
        ),
        migrations.AddField(
            model_name='travelapproval',
            name='request',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='travel_approvals', to='settlement.settlementrequest'),
        ),
        migrations.AlterField(
            model_name='journey',
            name='offer',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journey', to='settlement.offer'),
        ),
        migrations.AlterField(
            model_name='travelapproval',
            name='offer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='travel_approvals', to='settlement.offer'),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer__isnull', False), ('request__isnull', True)), models.Q(('offer__isnull', True), ('request__isnull', False)), _connector='OR'), name='a_journey_rests_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_on__isnull', True), ('request__isnull', False)), fields=('case',), name='one_journey_of_their_own'),
        ),
        migrations.AddConstraint(
            model_name='journey',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_on__isnull', True), ('request__isnull', False), _connector='OR'), name='an_offers_journey_goes_with_it'),
        ),
        migrations.AddConstraint(
            model_name='travelapproval',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('offer', 'request'), name='one_open_travel_question', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='travelapproval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer__isnull', False), ('request__isnull', True)), models.Q(('offer__isnull', True), ('request__isnull', False)), _connector='OR'), name='a_travel_question_rests_on_one_thing'),
        ),
        RunSQL(
            f"ALTER POLICY by_duty ON {_JOURNEY} USING ({_BEFORE} OR {_ASKED_THEMSELVES})",
            f"ALTER POLICY by_duty ON {_JOURNEY} USING ({_BEFORE})",
        ),
    ]
