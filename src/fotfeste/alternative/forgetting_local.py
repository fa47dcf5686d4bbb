"""What becomes of what a municipality saw to, when the purpose of keeping it is over; the register goes by its age."""

from fotfeste.kernel.forgetting import Forgotten, Part, Swept

LOCAL = (
    # The host is somebody outside: who it was goes with the guardians and the other hosts.
    Forgotten(
        table="alternative_housingcheck",
        part=Part.CONTACTS,
        sets={"host_name": "'–'", "host_contact": "''"},
        is_fact=True,
    ),
    Forgotten(table="alternative_housingcheck", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="alternative_contactperson", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="alternative_contactmade", part=Part.TEXTS, is_fact=True),
    Forgotten(table="alternative_yearlyreport", part=Part.TEXTS, sets={"words": "''"}, is_fact=True),
    Forgotten(table="alternative_yearlyreport", part=Part.IDENTITY, is_fact=True),
)
SWEPT_LOCAL = (
    Swept(rule="retention.private_register_months", table="alternative_privateresident", counts_from="registered_at"),
    Swept(rule="retention.waiting_list_months", table="alternative_waitingentry", counts_from="listed_at"),
)
