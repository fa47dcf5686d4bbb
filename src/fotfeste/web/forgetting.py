"""What becomes of sessions and attempts to log in: gone the day after they are of no use."""

from fotfeste.kernel.forgetting import Swept

SWEPT = (
    Swept(rule="retention.sessions_days", table="web_staffsession", counts_from="expire_date"),
    Swept(rule="retention.login_attempts_days", table="web_loginattempt", counts_from="at"),
)
