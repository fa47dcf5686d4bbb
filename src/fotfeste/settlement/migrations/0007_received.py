"""When a municipality received those who were settled with a household that they have been taken out of since."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_RECEIVED = """
-- The last day on which a settled household arrived that somebody has belonged to who stays somewhere on a day as one of
-- another household; null where none did. A day, no persons and no municipality; only of a household that the session has
-- a need of: whoever takes a departure back may know nothing of the household that they left with.
CREATE FUNCTION former_household_arrived_on(household bigint, day date) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(j.arrived_on)
    FROM household_whereabouts(household, day) e
    JOIN registry_groupmembership m ON m.subject_id = e.subject_id AND m.annulled_at IS NULL AND m.group_id <> household
    JOIN settlement_settlementcase c ON c.subject_id = m.group_id AND c.state = 'settled'
    JOIN settlement_offer o ON o.case_id = c.id AND o.state <> 'withdrawn'
    JOIN settlement_journey j ON j.offer_id = o.id
    WHERE e.is_staying AND session_has_need(household)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0006_talked_to"), ("accommodation", "0004_everyone"), ("registry", "0002_fence")]
    operations = [RunSQL(_RECEIVED, "DROP FUNCTION former_household_arrived_on(bigint, date)")]
