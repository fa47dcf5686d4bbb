"""What an agreement says by which people are settled where they live privately already (SET-12; MAMOT 9.1)."""

from datetime import date

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.requests import check_offer_answer


def check_agreement(
    *,
    on: date,
    agreed_on: date,
    agreed_with: str,
    answered_by: str,
    language: str,
    guardian_name: str,
    is_alone: bool,
    today: date,
) -> None:
    """Refuse an agreement that lacks what must stand in it, or has days in the wrong order.

    The day may be long ago, never ahead: until it has come nobody is settled. Raises Refused with the field.
    """
    if on > today:
        raise Refused("settled_ahead_of_time", "on", {"day": on})
    if agreed_on > today:
        raise Refused("agreement_in_the_future", "agreed_on", {"day": agreed_on})
    if on < agreed_on:
        raise Refused("settled_before_agreement", "on", {"day": agreed_on})
    if not agreed_with.strip():
        raise Refused("partner_missing", "agreed_with")
    check_offer_answer(accepts=True, consequences_shown=False, answered_by=answered_by, language=language)
    if is_alone and not guardian_name.strip():
        raise Refused("guardian_name_missing", "guardian_name")
