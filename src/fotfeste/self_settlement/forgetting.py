"""What becomes of requests for agreed self-settlement when the purpose of keeping them is over."""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part


def _blanked(column: str) -> str:
    """The SQL of a text that is gone, where there was one."""
    return f"CASE t.{column} WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END"


_REQUEST, _HOME = "self_settlement_request", "self_settlement_home"
FORGOTTEN = (
    Forgotten(
        table=_REQUEST,
        part=Part.TEXTS,
        sets={each: _blanked(each) for each in ("message", "answer_text", "end_text")},
    ),
    Forgotten(table=_HOME, part=Part.TEXTS, sets={"must_change": _blanked("must_change")}),
    # The landlord is somebody outside: who it was goes with the guardians and the hosts.
    Forgotten(
        table=_HOME,
        part=Part.CONTACTS,
        sets={"landlord_name": "'–'", "landlord_contact": "''"},
    ),
    Forgotten(table=_HOME, part=Part.IDENTITY, sets={"street": "'–'", "postal_code": "'0000'"}),
    Forgotten(
        table=_REQUEST,
        part=Part.IDENTITY,
        sets={"why_there": "'[]'::jsonb", "agreed_with": _blanked("agreed_with")},
        renewed=("reference",),
    ),
)
_MEASURED = "days, states, reasons and municipalities of the statistics, of a key that leads to nobody"
KEPT = (
    Kept(
        _REQUEST,
        (
            "asked_on",
            "wanted_from",
            "was_allowed",
            "answered_on",
            "welcomed_on",
            "no_reason",
            "approved_on",
            "fell_away_on",
            "agreed_on",
            "moved_in_on",
            "ended_on",
            "end_cause",
        ),
        _MEASURED,
    ),
    Kept(
        _HOME,
        (
            "sent_on",
            "rooms",
            "square_metres",
            "persons",
            "others",
            "is_single_room",
            "is_in_landlords_house",
            "rent_ore",
            "deposit_ore",
            "deposit_by",
            "notice_months",
            "length_months",
            "starts_on",
            "is_signed",
            "empty_rent_by",
            "empty_from_on",
            "empty_until_on",
            "empty_rent_ore",
            "empty_rent_published",
            "outcome",
            "seen_on",
            "checks",
        ),
        "rents, sizes and what was found, of a key that leads to nobody",
    ),
)
