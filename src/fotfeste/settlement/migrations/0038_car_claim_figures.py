"""What a centre's own claim is of, where others have paid in the same case: the figures of all, and nothing else.

A centre that they have left sees what it paid itself. What UDI owes it for that, and what may be asked once more,
depends on what came after at other centres: by its own claims alone, money that has come back would be asked for again.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_FIGURES = f"""
-- The claims of a case as sums and states, the oldest first, for an organisation that has paid in it and knows of the
-- household: number, state, amount, asked once more, after which, refunded. No centre, no day, no word. NULL for others.
CREATE FUNCTION car_claim_figures(of_case bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_agg(
        jsonb_build_array(c.number, c.state, c.amount_ore, c.asked_ore, c.resent_after, c.refunded_ore)
        ORDER BY c.number
    )
    FROM settlement_carclaim c
    WHERE c.case_id = of_case AND EXISTS (
        SELECT 1 FROM settlement_carclaim own
        WHERE own.case_id = of_case AND own.organisation_id = {own_organisation()} AND session_has_need(own.subject_id)
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0037_claims_to_follow"), ("access", "0008_protected_fence")]
    operations = [RunSQL(_FIGURES, "DROP FUNCTION car_claim_figures(bigint)")]
