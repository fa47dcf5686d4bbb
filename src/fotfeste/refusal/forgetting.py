"""What becomes of a refusal when the purpose of keeping it is over: that there was one stays, with its days."""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part

FORGOTTEN = (
    # Why, and what was explained in talks.
    Forgotten(
        table="refusal_refusalevent",
        part=Part.TEXTS,
        sets={"text": f"CASE t.text WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END"},
        is_fact=True,
    ),
    Forgotten(
        table="refusal_refusalevent",
        part=Part.IDENTITY,
        sets={"language": f"CASE t.language WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END"},
        is_fact=True,
    ),
    Forgotten(
        table="refusal_refusal",
        part=Part.IDENTITY,
        sets={"persons": "'[]'::jsonb", "not_offered": "'[]'::jsonb", "deadline_letters": "'[]'::jsonb"},
        renewed=("reference",),
    ),
)
_TIMES = "days and steps of the statistics of how often a no was turned, of a key that leads to nobody"
KEPT = (
    Kept("refusal_refusal", ("cause", "opened_on", "imdi_deadline_on", "closed_on", "annulled_at"), _TIMES),
    Kept("refusal_refusalevent", ("kind", "holds_on", "names_on", "interpreter"), _TIMES),
)
