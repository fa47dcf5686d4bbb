"""What becomes of what was begun without a login, and of the attempts: gone the day after they are of no use."""

from fotfeste.kernel.forgetting import Swept

SWEPT_DOORS = (
    Swept(rule="retention.door_drafts_days", table="alternative_doordraft", counts_from="expires_at"),
    Swept(rule="retention.door_attempts_days", table="alternative_doorattempt", counts_from="at"),
)
