"""Who sees what the travel agent is told, what came between, and what an own car is paid: the centre, UDI and IMDi.

Also, for a while, the centre where the case ended: it cancels what it has booked, and asks UDI for what it has paid.
"""

from django.db import migrations

from fotfeste.platform.rls import fenced, knows, narrowed, own_organisation

_DUTY = ("lives_here", "protection_case", "settlement_case")
_TABLES = ("settlement_bookingmessage", "settlement_interruption", "settlement_carclaim")


def _of_the_case(table: str) -> str:
    return f"""EXISTS (
    SELECT 1 FROM settlement_settlementcase c
    WHERE c.id = {table}.case_id AND c.centre_id = {own_organisation()}
    OFFSET 0
) AND {knows(table, "settlement", ["lived_here"])}"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0031_travel")]
    operations = [
        *(fenced(table, "settlement") for table in _TABLES),
        *(narrowed(table, f"{knows(table, 'settlement', _DUTY)} OR {_of_the_case(table)}") for table in _TABLES),
    ]
