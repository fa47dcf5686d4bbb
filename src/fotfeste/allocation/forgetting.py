"""What becomes of a household's part of plans when the purpose of keeping it is over.

Why they were proposed a municipality rests on their answers, and goes with them. Where they were proposed stays, of a
key that leads to nobody; the plan itself has no people.
"""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Part

FORGOTTEN = (
    Forgotten(
        table="allocation_proposal",
        part=Part.TEXTS,
        sets={"explanation": "'{}'::jsonb", "fate": "'{}'::jsonb", "sent_despite": "''"},
    ),
    Forgotten(table="allocation_steeredgroup", part=Part.TEXTS, sets={"reason": NOTHING_WRITTEN}),
    Forgotten(table="allocation_steeredgroup", part=Part.IDENTITY, sets={}, renewed=("reference",)),
)
KEPT = ()
