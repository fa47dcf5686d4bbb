"""Where everyone of a household stays, those included who live privately with public support."""

from importlib import import_module

from django.db import migrations
from django.db.migrations.operations import RunSQL

_BEFORE: str = import_module("fotfeste.accommodation.migrations.0004_everyone")._EVERYONE
_GONE = "DROP FUNCTION household_whereabouts(bigint, date);"
_EVERYONE = """
-- Where all who belong to a household on a day stay, also those whom the session does not see: a centre does not see who
-- lives at another one, and what follows from its acts must not depend on that. Keys, no names; only of a household that
-- the session's organisation has a need to know of. Who is gone has left for another reason than to move with the others;
-- of why, only whether it was for an address of their own, or whether living privately with support has ended although
-- they are here still, without a place.
CREATE FUNCTION household_whereabouts(household bigint, day date) RETURNS TABLE (
    subject_id bigint, is_staying boolean, centre_id bigint, since_on date,
    has_stayed boolean, has_bed boolean, is_gone boolean, is_dead boolean,
    has_moved_privately boolean, municipality_id bigint, is_without_place boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.subject_id, here.id IS NOT NULL, here.centre_id, lower(here.period),
           EXISTS (SELECT 1 FROM accommodation_stay s WHERE s.subject_id = m.subject_id),
           EXISTS (
               SELECT 1 FROM accommodation_bedassignment b
               WHERE b.subject_id = m.subject_id AND b.annulled_at IS NULL AND b.period @> day
           ),
           dead.id IS NOT NULL OR coalesce(
               CASE WHEN latest.annul_reason = '' THEN
                   upper(latest.period) <= day
                   AND latest.departure_reason NOT IN (
                       '', 'agreed_settlement', 'moved_centre',
                       'agreed_elsewhere', 'conditions_failed', 'withdrawn_from', 'scheme_ended'
                   )
               ELSE latest.annul_reason NOT IN (
                   'left_same_day:agreed_settlement',
                   'left_same_day:agreed_elsewhere', 'left_same_day:conditions_failed',
                   'left_same_day:withdrawn_from', 'left_same_day:scheme_ended'
               ) END, false
           ),
           dead.id IS NOT NULL,
           here.id IS NULL AND coalesce(
               CASE WHEN latest.annul_reason = '' THEN
                   upper(latest.period) <= day AND latest.departure_reason = 'private_address'
               ELSE latest.annul_reason = 'left_same_day:private_address' END, false
           ),
           here.municipality_id,
           here.id IS NULL AND dead.id IS NULL AND coalesce(
               latest.annul_reason = '' AND upper(latest.period) <= day
               AND latest.departure_reason IN ('conditions_failed', 'withdrawn_from', 'scheme_ended')
               OR latest.annul_reason IN (
                   'left_same_day:conditions_failed', 'left_same_day:withdrawn_from', 'left_same_day:scheme_ended'
               ), false
           )
    FROM registry_groupmembership m
    LEFT JOIN LATERAL (
        SELECT s.id, s.centre_id, s.municipality_id, s.period FROM accommodation_stay s
        WHERE s.subject_id = m.subject_id AND s.annulled_at IS NULL AND s.period @> day
        LIMIT 1
    ) here ON true
    LEFT JOIN LATERAL (
        -- Who left on the very day of arrival has a stay that was annulled, and is gone like the others; where that was
        -- taken back another row has followed it.
        SELECT s.period, s.departure_reason, s.annul_reason FROM accommodation_stay s
        WHERE s.subject_id = m.subject_id AND (s.annulled_at IS NULL OR s.annul_reason LIKE 'left_same_day:%'
               AND NOT EXISTS (SELECT 1 FROM accommodation_stay r WHERE r.supersedes_id = s.id))
          AND lower(s.period) <= day
        ORDER BY lower(s.period) DESC, (s.annulled_at IS NULL) DESC, s.id DESC
        LIMIT 1
    ) latest ON true
    LEFT JOIN LATERAL (
        SELECT s.id FROM accommodation_stay s
        WHERE s.subject_id = m.subject_id
          AND (s.annulled_at IS NULL AND s.departure_reason = 'deceased' AND upper(s.period) <= day
               OR s.annul_reason = 'left_same_day:deceased' AND lower(s.period) <= day
               AND NOT EXISTS (SELECT 1 FROM accommodation_stay r WHERE r.supersedes_id = s.id))
        LIMIT 1
    ) dead ON true
    WHERE m.group_id = household AND m.annulled_at IS NULL AND m.period @> day AND session_has_need(household)
    ORDER BY m.subject_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0007_private_fence"), ("registry", "0002_fence")]
    operations = [RunSQL(_GONE + _EVERYONE, _GONE + _BEFORE)]
