"""What becomes of the key itself: it stays, its public reference leads nowhere any more."""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part, Swept

# Somebody may have typed a number or a reference of theirs and found nobody.
_ASKED_FOR_THEM = """(t.household_id = ANY (%(subjects)s)
    OR t.asked IN (SELECT s.reference FROM access_subject s WHERE s.id = ANY (%(subjects)s))
    OR regexp_replace(t.asked, '[^0-9]', '', 'g') IN (
        SELECT i.value FROM registry_identifier i WHERE i.subject_id = ANY (%(subjects)s)))"""

FORGOTTEN = (
    # There is no address left to protect, and nobody to follow up.
    Forgotten(table="access_protection", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="access_clearance", part=Part.IDENTITY, is_fact=True),
    # That there was emergency access, whose, when and of which key, stays; before the references become others.
    Forgotten(
        table="access_emergencyaccess",
        part=Part.IDENTITY,
        sets={"asked": NOTHING_WRITTEN, "words": NOTHING_WRITTEN},
        whose=_ASKED_FOR_THEM,
        is_fact=True,
    ),
    Forgotten(
        table="access_subject",
        part=Part.IDENTITY,
        sets={},
        renewed=("reference",),
        whose="t.id = ANY (%(subjects)s)",
    ),
    # An administrator was asked not to write of anybody, and may have.
    Forgotten(
        table="access_lookreview",
        part=Part.IDENTITY,
        sets={"words": NOTHING_WRITTEN},
        whose="t.household_id = ANY (%(subjects)s)",
    ),
)
KEPT = (
    Kept("access_emergencyaccess", ("reference",), "a random one, of the page that tells of it"),
    Kept("access_need", ("period",), "who needed to know of a key, and when; the open ones are ended by the run"),
    Kept("access_lookreview", ("rule", "looked_on"), "that a look was gone into"),
    Kept("access_emergencyaccess", ("opened_at", "cause"), "that somebody had emergency access to a key, and when"),
)
SWEPT = (
    Swept(rule="retention.looks_months", table="access_look", counts_from="looked_at"),
    # What was typed into a list's search; that it was asked, by whom and when, stays.
    Swept(
        rule="retention.look_words_months",
        table="access_look",
        counts_from="looked_at",
        only="t.household_id IS NULL AND t.asked <> '{}'",
        sets={"asked": "'{}'::jsonb"},
        is_fact=True,
    ),
    # What was typed and found nobody, and why.
    Swept(
        rule="retention.look_words_months",
        table="access_emergencyaccess",
        counts_from="opened_at",
        only=f"t.household_id IS NULL AND t.asked <> {NOTHING_WRITTEN}",
        sets={"asked": NOTHING_WRITTEN, "words": NOTHING_WRITTEN},
        is_fact=True,
    ),
    Swept(rule="retention.emergency_months", table="access_emergencyaccess", counts_from="opened_at"),
    # The needs that it opened say whom, to which user and when, too; the other needs stay with the key.
    Swept(
        rule="retention.emergency_months",
        table="access_need",
        counts_from="opened_at",
        only="t.reason = 'emergency'",
    ),
    Swept(rule="retention.look_reviews_months", table="access_lookreview", counts_from="reviewed_at"),
)
