"""What becomes of where they lived when its purpose is over: the days at each centre stay, for occupancy."""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part

FORGOTTEN = (
    Forgotten(
        table="accommodation_absence",
        part=Part.TEXTS,
        sets={"note": f"CASE t.note WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END"},
        is_fact=True,
    ),
    Forgotten(table="accommodation_absence", part=Part.IDENTITY, is_fact=True),
    Forgotten(
        table="accommodation_missingreport",
        part=Part.TEXTS,
        sets={"told_whom": NOTHING_WRITTEN, "case_number": "''"},
        is_fact=True,
    ),
    Forgotten(table="accommodation_missingreport", part=Part.IDENTITY, is_fact=True),
    # Who slept in which room is of no statistics: occupancy counts stays.
    Forgotten(table="accommodation_bedassignment", part=Part.IDENTITY, is_fact=True),
    Forgotten(
        table="accommodation_stay",
        part=Part.IDENTITY,
        sets={"street": "''", "postal_code": "''", "place": "''"},
        is_fact=True,
    ),
)
_TIMES = "days and places of the statistics, of a key that leads to nobody"
KEPT = (Kept("accommodation_stay", ("period", "county"), _TIMES),)
