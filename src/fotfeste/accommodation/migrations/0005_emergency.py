"""What the fences of stays, beds and absence keep back within a compartment is open in emergency access (ADR 0019)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_KEEPERS = ("lives_here", "registered_here", "protection_case")
_FOLLOWERS = ("lives_here", "lived_here", "registered_here", "protection_case", "settlement_case")
_ALTERED = "ALTER POLICY by_duty ON {table} USING ({condition})"


def _stays(*reasons: str) -> str:
    """Why somebody left, and for where, is told to a municipality only of those who left to be settled; and what was
    believed by mistake is not its to know.
    """
    table = "accommodation_stay"
    told = f"{table}.annulled_at IS NULL AND {table}.departure_reason IN ('', 'moved_centre', 'agreed_settlement')"
    return _ALTERED.format(table=table, condition=f"({told}) OR {knows(table, "stays", reasons)}")


def _beds_and_absence(table: str, *reasons: str) -> str:
    """Whoever keeps or places them; a former centre what was while they stayed there. No municipality, no IMDi."""
    kept = f"""EXISTS (
    SELECT 1 FROM accommodation_stay s
    WHERE s.subject_id = {table}.subject_id AND s.centre_id = {own_organisation()}
      AND s.annulled_at IS NULL AND s.period && {table}.period
    OFFSET 0
)"""
    return _ALTERED.format(table=table, condition=f"{knows(table, "rooms", reasons)} OR {kept}")


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0004_everyone"), ("access", "0006_emergency_fence")]
    operations = [
        # Also where somebody went: they may be in danger there.
        RunSQL(_stays(*_FOLLOWERS, "emergency"), _stays(*_FOLLOWERS)),
        *(
            RunSQL(_beds_and_absence(table, *_KEEPERS, "emergency"), _beds_and_absence(table, *_KEEPERS))
            for table in ("accommodation_bedassignment", "accommodation_absence")
        ),
    ]
