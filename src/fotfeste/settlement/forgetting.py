"""What becomes of a case when the purpose of keeping it is over: states, days, sizes and municipalities stay."""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part


def _blanked(*columns: str) -> dict[str, str]:
    """The SQL of texts that are gone, where there were any, by their columns."""
    return {column: f"CASE t.{column} WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END" for column in columns}


_NONE = "'[]'::jsonb"

# What UDI denied, and when, without the words of either side.
_DENIALS_WITHOUT_WORDS = (
    '(SELECT coalesce(jsonb_agg(d.denial || \'{"text": "", "why": ""}\'::jsonb ORDER BY d.number), \'[]\'::jsonb) '
    "FROM jsonb_array_elements(t.denials) WITH ORDINALITY AS d (denial, number))"
)


def _until(column: str) -> str:
    """The SQL of a day on which somebody comes of age, told so coarsely that it tells no birthday.

    It stays on the same side of the days that statistics ask of: the case's first, and its last step.
    """
    return (
        f"CASE WHEN t.{column} > t.state_since_on"
        " THEN make_date(extract(year FROM t.state_since_on)::integer + 1, 1, 1)"
        f" WHEN t.{column} > t.due_since_on THEN t.state_since_on"
        f" ELSE make_date(extract(year FROM t.{column})::integer, 1, 1) END"
    )


FORGOTTEN = (
    # What was said and written.
    Forgotten(table="settlement_settlementnote", part=Part.TEXTS, is_fact=True),
    Forgotten(table="settlement_mappingnote", part=Part.TEXTS, is_fact=True),
    Forgotten(table="settlement_answer", part=Part.TEXTS, is_fact=True),
    Forgotten(table="settlement_needquestion", part=Part.TEXTS),
    Forgotten(table="settlement_settlementcase", part=Part.TEXTS, sets=_blanked("closing_text")),
    Forgotten(
        table="settlement_settlementrequest",
        part=Part.TEXTS,
        sets=_blanked("message", "reasoning", "answer_text") | {"confirmed": _NONE, "unmet": _NONE},
    ),
    Forgotten(
        table="settlement_offer",
        part=Part.TEXTS,
        sets=_blanked("reasoning", "withdrawal_text"),
    ),
    Forgotten(
        table="settlement_travelapproval",
        part=Part.TEXTS,
        sets=_blanked("explanation", "answer_text"),
    ),
    Forgotten(
        table="settlement_journey",
        part=Part.TEXTS,
        sets=_blanked("note", "missed_text"),
    ),
    Forgotten(
        table="settlement_bookingmessage",
        part=Part.TEXTS,
        sets=_blanked("answer_text") | {"text": NOTHING_WRITTEN, "content": "'{}'::jsonb", "prices": _NONE},
    ),
    Forgotten(table="settlement_interruption", part=Part.TEXTS, is_fact=True),
    Forgotten(
        table="settlement_carclaim",
        part=Part.TEXTS,
        sets=_blanked("decision_text", "resend_text") | {"denials": _DENIALS_WITHOUT_WORDS},
    ),
    # Who they are, who was with them, how they travelled, what they needed.
    Forgotten(table="settlement_informationgiven", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="settlement_participant", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="settlement_caseneed", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="settlement_withdrawal", part=Part.IDENTITY),
    Forgotten(
        table="settlement_settlementcase",
        part=Part.IDENTITY,
        sets={
            "minors_until_on": _until("minors_until_on"),
            "unaccompanied_until_on": _until("unaccompanied_until_on"),
        },
        renewed=("reference",),
    ),
    Forgotten(
        table="settlement_interview",
        part=Part.IDENTITY,
        sets={
            "planned_at": "NULL::timestamptz",
            "place": "''",
            "language": "''",
            "leaflet_language": "''",
            "supplementing": _NONE,
        },
    ),
    Forgotten(table="settlement_settlementrequest", part=Part.IDENTITY, sets={}, renewed=("reference",)),
    Forgotten(
        table="settlement_offer",
        part=Part.IDENTITY,
        sets={"persons": _NONE, "answered_by_names": "''", "guardian_name": "''", "answer_language": "''"},
    ),
    Forgotten(
        table="settlement_travelapproval",
        part=Part.IDENTITY,
        sets=_blanked("udi_reference") | {"modes": _NONE},
    ),
    Forgotten(
        table="settlement_journey",
        part=Part.IDENTITY,
        sets=_blanked("agreed_with", "hub") | {"receiver": "''", "booking_reference": "''"},
    ),
    Forgotten(
        table="settlement_bookingmessage",
        part=Part.IDENTITY,
        sets=_blanked("sent_to", "agent_reference"),
    ),
    Forgotten(
        table="settlement_journeyleg",
        part=Part.IDENTITY,
        sets={
            "start": NOTHING_WRITTEN,
            "end": NOTHING_WRITTEN,
            "operator": "''",
            "departs_at": "NULL::timestamptz",
            "arrives_at": "NULL::timestamptz",
        },
    ),
)
_TIMES = "days, states, sizes, prices and municipalities of the statistics, of a key that leads to nobody"
_PAID = "money that was paid and refunded, of a key that leads to nobody"
KEPT = (
    Kept("settlement_settlementcase", ("due_since_on", "alerted_on", "state_since_on"), _TIMES),
    Kept("settlement_interview", ("interpreter", "invited_on", "held_on", "reopened_at"), _TIMES),
    Kept(
        "settlement_settlementrequest",
        ("sent_on", "wanted_week", "possible_week", "answered_on", "again_from_week"),
        _TIMES,
    ),
    Kept("settlement_offer", ("week", "decided_on", "answered_on", "not_moved_on", "withdrawn_on", "told_on"), _TIMES),
    Kept("settlement_travelapproval", ("asked_on", "answered_on"), _TIMES),
    Kept(
        "settlement_journey",
        (
            "travels_on",
            "agreed_on",
            "self_declaration_signed_on",
            "green_card_valid_until",
            "customs_issued_on",
            "postponed_on",
            "cancelled_on",
            "luggage_checked_on",
            "arrived_on",
            "missed_on",
        ),
        _TIMES,
    ),
    Kept("settlement_bookingmessage", ("written_on", "sent_on", "answered_on"), _TIMES),
    Kept("settlement_carclaim", ("paid_on", "sent_on", "decided_on", "denial_seen_on", "refunded_on"), _PAID),
    Kept("settlement_journeyleg", ("mode", "payer"), _TIMES),
)
