"""What the database refuses of a refusal, whoever asks: a letter to a child, anything after the end."""

import pgtrigger

from fotfeste.refusal.domain.types import LETTERS, Happening

# The owner writes a fact again without what was personal, when the purpose of keeping that is over.
_IS_OWNER = "(SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user)"
_LETTERS = ", ".join(f"'{letter}'" for letter in (*LETTERS, Happening.DAYS_TOLD))

# Of age by what is held to be true of them when it is sent. Whoever was born on 29 February is on 1 March, as in
# `kernel.ages`: the sum of a day and years is the last of February.
NO_LETTER_TO_A_CHILD = pgtrigger.Trigger(
    name="no_letter_to_a_child",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.kind IN ({_LETTERS}) AND NOT {_IS_OWNER} AND NOT EXISTS (
            SELECT 1 FROM registry_persondetails d
            WHERE d.subject_id = NEW.resident_id AND d.annulled_at IS NULL
              AND d.birth_date <= (NEW.holds_on - interval '18 years')::date
        ) THEN
            RAISE EXCEPTION 'a letter of refusal is for adults'
                USING ERRCODE = '23514', CONSTRAINT = 'no_letter_to_a_child';
        END IF;
        RETURN NEW;
    """,  # noqa: S608 (our own words)
)
# Whatever it came to: an enforcement officer who was asked to evict somebody is told that it is off.
NOTHING_AFTER_THE_END = pgtrigger.Trigger(
    name="nothing_after_the_end",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF NEW.kind <> '{Happening.PETITION_RECALLED}' AND NOT {_IS_OWNER} AND EXISTS (
            SELECT 1 FROM refusal_refusal r
            WHERE r.id = NEW.refusal_id AND (r.closed_on IS NOT NULL OR r.annulled_at IS NOT NULL)
        ) THEN
            RAISE EXCEPTION 'a refusal that has ended stays as it is'
                USING ERRCODE = '23514', CONSTRAINT = 'refusal_is_over';
        END IF;
        RETURN NEW;
    """,  # noqa: S608 (our own words)
)
