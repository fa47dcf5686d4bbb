"""What is known of households whose record may be past its purpose: days and states, no names. Read as the owner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from fotfeste.access.public import NeedReason
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.forgetting import Part
from fotfeste.retention.domain.types import HouseholdFacts

# The people of a household are those who belong to it now or did last, and the records put aside as seconds of theirs.
# Who has moved on to another household goes with that one.
_FACTS = """
WITH asked AS (
    SELECT g.subject_id AS household, g.created_on, g.emptied_on FROM registry_placementgroup g
    WHERE (%(household)s::bigint IS NULL OR g.subject_id = %(household)s)
      AND NOT EXISTS (SELECT 1 FROM retention_gone f WHERE f.subject_id = g.subject_id AND f.part = 'identity')
), members AS (
    SELECT a.household, m.subject_id FROM asked a
    JOIN registry_groupmembership m ON m.group_id = a.household AND m.annulled_at IS NULL AND upper_inf(m.period)
), present AS MATERIALIZED (
    SELECT household, household AS subject_id FROM asked UNION ALL SELECT household, subject_id FROM members
), people AS MATERIALIZED (
    SELECT household, subject_id FROM present
    UNION SELECT m.household, p.subject_id FROM members m JOIN registry_person p ON p.same_as_id = m.subject_id
), stays AS (
    SELECT p.household,
           bool_or(s.annulled_at IS NULL AND (upper_inf(s.period) OR upper(s.period) > %(day)s)) AS has_stay,
           max(CASE WHEN s.annulled_at IS NULL THEN upper(s.period) ELSE lower(s.period) END) AS left_on
    FROM people p JOIN accommodation_stay s ON s.subject_id = p.subject_id
    -- Who left on the day of arrival has a stay that was annulled.
    WHERE s.annulled_at IS NULL OR s.annul_reason LIKE 'left_same_day:%%'
    GROUP BY 1
), cases AS (
    SELECT a.household, (array_agg(c.state ORDER BY c.id DESC))[1] AS last_case,
           bool_or(c.state NOT IN ('refused', 'settled', 'closed')) AS has_open_case, max(c.state_since_on) AS ended_on
    FROM asked a JOIN settlement_settlementcase c ON c.subject_id = a.household GROUP BY 1
), needs AS (
    SELECT p.household, array_agg(DISTINCT n.reason) AS reasons
    -- Nobody works with a record that is put aside: whoever registered it keeps their need of it for ever.
    FROM present p JOIN access_need n ON n.subject_id = p.subject_id
    WHERE upper_inf(n.period) OR upper(n.period) > %(day)s GROUP BY 1
), tasks AS (
    SELECT DISTINCT p.household FROM people p JOIN worklist_task t ON t.subject_id = p.subject_id
    WHERE t.closed_at IS NULL
), doubts AS (
    SELECT DISTINCT p.household FROM registry_duplicateproposal d
    JOIN people p ON p.subject_id IN (d.subject_id, d.other_id) WHERE d.answer = ''
), acts AS (
    SELECT p.household, max(e.recorded_at) AS last_at FROM people p JOIN platform_event e ON e.subject_id = p.subject_id
    WHERE e.type NOT LIKE 'retention.%%' GROUP BY 1
), gone AS (
    SELECT f.subject_id AS household, array_agg(f.part) AS parts FROM retention_gone f GROUP BY 1
)
SELECT a.household, a.created_on, a.emptied_on, coalesce(s.has_stay, false), s.left_on,
       coalesce(c.last_case, ''), coalesce(c.has_open_case, false), c.ended_on, coalesce(n.reasons, '{}'),
       t.household IS NOT NULL, d.household IS NOT NULL, e.last_at, coalesce(g.parts, '{}'), p.subjects
FROM asked a
JOIN (SELECT household, array_agg(subject_id) AS subjects FROM people GROUP BY 1) p USING (household)
LEFT JOIN stays s USING (household) LEFT JOIN cases c USING (household) LEFT JOIN needs n USING (household)
LEFT JOIN tasks t USING (household) LEFT JOIN doubts d USING (household) LEFT JOIN acts e USING (household)
LEFT JOIN gone g USING (household)
ORDER BY a.household
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A household whose record is still there: what is known of it, and the keys that its rows have."""

    facts: HouseholdFacts
    subjects: tuple[int, ...]


def households(cursor: CursorWrapper, day: date, household: int | None = None) -> Iterator[Kept]:
    """Every household that is not anonymised, or the one; by key. The cursor is the owner's."""
    cursor.execute(_FACTS, {"household": household, "day": day})
    for row in cursor.fetchall():
        last_at = row[11]
        yield Kept(
            HouseholdFacts(
                key=row[0],
                created_on=row[1],
                emptied_on=row[2],
                has_stay=row[3],
                left_on=row[4],
                last_case=row[5],
                has_open_case=row[6],
                case_ended_on=None if row[6] else row[7],
                open_needs=frozenset(NeedReason(reason) for reason in row[8]),
                has_open_task=row[9],
                has_open_doubt=row[10],
                last_act_on=legal_day(last_at) if last_at else None,
                gone=frozenset(Part(part) for part in row[12]),
            ),
            tuple(sorted(row[13])),
        )
