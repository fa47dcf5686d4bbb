"""What passed when a claim was refunded, of those that were refunded before it was written down (0034), where it is known.

Of what was paid to the household it was all of it. Of what came back it was no more than UDI had covered until then:
known where it is known of each earlier claim of the case how it stood on that day, else left as it is, and the list says
how many they are.
"""

from itertools import groupby
from typing import Any

from django.db import migrations

_STOOD = ("paid_out", "sent", "approved")


def covered_until(earlier: list[Any], claim: Any) -> int | None:
    """What UDI had covered of the earlier claims when one was refunded; None where nobody knows."""
    covered = 0
    for each in earlier:
        is_denied = each.state == "denied" and each.decided_on != claim.refunded_on
        if each.denials or each.asked_ore is not None:
            return None
        if each.state == "refunded" and each.refunded_ore is not None:
            covered += each.refunded_ore
        elif each.amount_ore > 0 and (each.state in _STOOD or is_denied):
            covered += 0 if is_denied and each.decided_on < claim.refunded_on else each.amount_ore
        elif not (each.state == "kept" and each.decided_on < claim.refunded_on):
            return None
    return covered


def fill(apps: Any, schema_editor: Any) -> None:
    """Write down what is known, the oldest first: the later ones rest on it."""
    rows = apps.get_model("settlement", "CarClaim").objects.using(schema_editor.connection.alias)
    for _case, claims in groupby(rows.order_by("case_id", "number"), key=lambda claim: claim.case_id):
        earlier: list[Any] = []
        for claim in claims:
            if claim.state == "refunded" and claim.refunded_ore is None:
                covered = 0 if claim.amount_ore > 0 else covered_until(earlier, claim)
                if covered is not None:
                    claim.refunded_ore = max(claim.amount_ore, -covered)
                    rows.filter(pk=claim.pk).update(refunded_ore=claim.refunded_ore)
            earlier.append(claim)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0038_car_claim_figures")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
