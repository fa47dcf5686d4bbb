"""The pages that are measured, and beside each the one SQL query that fetches the same facts."""

from random import Random
from typing import Any

from django.db import connections
from django.urls import reverse

from bench.pages_once import Visit
from fotfeste.platform.clock import today

HOUSEHOLD = """
WITH g AS (SELECT s.id, p.number, p.version FROM access_subject s JOIN registry_placementgroup p ON p.subject_id = s.id
           WHERE s.reference = %s),
m AS (SELECT m.subject_id FROM registry_groupmembership m JOIN g ON g.id = m.group_id
      WHERE m.annulled_at IS NULL AND m.period @> %s::date)
SELECT (SELECT json_agg(g) FROM g),
    (SELECT json_agg(x) FROM registry_persondetails x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM registry_identifier x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM registry_personlanguage x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM registry_statusevent x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM registry_relation x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM registry_outsidecontact x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg((x, o.name)) FROM accommodation_stay x JOIN m USING (subject_id)
        JOIN directory_organisation o ON o.id = x.centre_id WHERE x.annulled_at IS NULL),
    (SELECT json_agg((x, b.name, r.name)) FROM accommodation_bedassignment x JOIN m USING (subject_id)
        JOIN accommodation_bed b ON b.id = x.bed_id JOIN accommodation_room r ON r.id = b.room_id
        WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM accommodation_absence x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM settlement_settlementcase x JOIN g ON g.id = x.subject_id),
    (SELECT json_agg(x) FROM settlement_interview x JOIN g ON g.id = x.subject_id),
    (SELECT json_agg(x) FROM settlement_answer x JOIN m USING (subject_id) WHERE x.annulled_at IS NULL),
    (SELECT json_agg(x) FROM settlement_caseneed x JOIN g ON g.id = x.subject_id WHERE x.annulled_at IS NULL),
    (SELECT json_agg((x, o.name)) FROM settlement_settlementrequest x JOIN g ON g.id = x.subject_id
        JOIN directory_organisation o ON o.id = x.organisation_id),
    (SELECT json_agg((x, o.name)) FROM settlement_offer x JOIN g ON g.id = x.subject_id
        JOIN directory_organisation o ON o.id = x.organisation_id),
    (SELECT json_agg(x) FROM settlement_journey x JOIN g ON g.id = x.subject_id),
    (SELECT json_agg(x) FROM settlement_journeyleg x JOIN g ON g.id = x.subject_id),
    (SELECT json_agg((x, o.name)) FROM worklist_task x JOIN g ON g.id = x.subject_id
        JOIN directory_organisation o ON o.id = x.organisation_id WHERE x.closed_at IS NULL),
    (SELECT json_agg((x, o.name) ORDER BY x.recorded_at DESC) FROM platform_event x JOIN g ON g.id = x.subject_id
        JOIN directory_organisation o ON o.id = x.organisation_id),
    (SELECT json_agg((x, o.name)) FROM access_need x JOIN g ON g.id = x.subject_id
        JOIN directory_organisation o ON o.id = x.organisation_id)
"""
WORKLIST = """
SELECT t.*, s.reference, u.name,
    (SELECT json_agg((d.given_name, d.family_name)) FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.group_id = t.subject_id AND m.annulled_at IS NULL AND m.period @> %s::date),
    (SELECT count(*) FROM worklist_task a WHERE a.organisation_id = %s AND a.closed_at IS NULL)
FROM worklist_task t JOIN access_subject s ON s.id = t.subject_id
LEFT JOIN directory_user u ON u.id = t.taken_by_id
WHERE t.organisation_id = %s AND t.closed_at IS NULL
ORDER BY t.due_on, t.id LIMIT 50
"""
QUEUE = """
SELECT c.*, s.reference, o.name,
    (SELECT json_agg((d.given_name, d.family_name)) FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.group_id = c.subject_id AND m.annulled_at IS NULL AND m.period @> %s::date),
    (SELECT count(*) FROM settlement_settlementrequest r WHERE r.case_id = c.id),
    (SELECT json_agg((x.state, x.many)) FROM (SELECT state, count(*) AS many FROM settlement_settlementcase
        WHERE state NOT IN ('refused', 'settled', 'closed') GROUP BY state) x)
FROM settlement_settlementcase c JOIN access_subject s ON s.id = c.subject_id
LEFT JOIN directory_organisation o ON o.id = c.centre_id
WHERE c.state = 'queued'
ORDER BY c.due_since_on + CASE WHEN c.has_minors THEN interval '3 months' ELSE interval '6 months' END, c.id LIMIT 50
"""
CENTRE = """
SELECT r.id, r.name, r.building, r.is_adapted, b.id, b.name, d.given_name, d.family_name, a.period, k.cause, q.*,
    (SELECT count(*) FROM accommodation_stay s
        WHERE s.centre_id = r.centre_id AND s.annulled_at IS NULL AND s.period @> %s::date)
FROM accommodation_room r
JOIN accommodation_bed b ON b.room_id = r.id
JOIN accommodation_centreoperation q ON q.centre_id = r.centre_id AND q.annulled_at IS NULL AND q.period @> %s::date
LEFT JOIN accommodation_bedassignment a ON a.bed_id = b.id AND a.annulled_at IS NULL AND a.period @> %s::date
LEFT JOIN registry_persondetails d ON d.subject_id = a.subject_id AND d.annulled_at IS NULL
LEFT JOIN accommodation_bedblock k ON k.bed_id = b.id AND k.annulled_at IS NULL AND k.period @> %s::date
WHERE r.centre_id = %s ORDER BY r.building, r.name, b.name
"""
CENTRES = """
SELECT q.*, c.reference, c.name, m.name_nb, k.name, o.people,
    f.flow, a.ahead
FROM accommodation_centreoperation q JOIN directory_organisation c ON c.id = q.centre_id
LEFT JOIN directory_municipality m ON m.number = c.municipality_id
LEFT JOIN directory_county k ON k.number = m.county_id
LEFT JOIN occupancy_on(%s::date) o ON o.centre_id = q.centre_id
LEFT JOIN (SELECT centre_id, json_agg(x) AS flow FROM stay_flow(%s::date - 56, %s::date, now()) x GROUP BY 1) f
    ON f.centre_id = q.centre_id
LEFT JOIN (SELECT centre_id, json_agg(x) AS ahead FROM settlement_departures_ahead(%s::date, now()) x GROUP BY 1) a
    ON a.centre_id = q.centre_id
WHERE q.annulled_at IS NULL AND q.period && daterange(%s::date, %s::date + 56) ORDER BY k.name, c.sort_key
"""
SEARCH = """
SELECT d.*, s.reference, m.group_id, g.number, gs.reference
FROM search_subjects(%s, %s, %s, 50) AS found (id)
JOIN registry_persondetails d ON d.subject_id = found.id AND d.annulled_at IS NULL
JOIN access_subject s ON s.id = d.subject_id
JOIN registry_groupmembership m ON m.subject_id = d.subject_id AND m.annulled_at IS NULL AND m.period @> %s::date
JOIN registry_placementgroup g ON g.subject_id = m.group_id
JOIN access_subject gs ON gs.id = g.subject_id
"""
_NAMES = ("Kovalenko", "Oksana Bondarenko", "Петренко", "Shevtsjenko", "Olena")


def rows_of(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Look something up as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def visits(rng: Random, requests: int) -> list[Visit]:
    """Every page, as those whose page it is; a centre with many residents, and IMDi with all that are in the queue."""
    day = today()
    [(voss, voss_reference)] = rows_of(
        "SELECT id, reference FROM directory_organisation WHERE name = 'Voss akuttinnkvartering'"
    )
    return [
        _household("household page, centre", "demo-voss", voss, rng, requests),
        _household("household page, IMDi", "demo-imdi", _organisation("imdi"), rng, requests),
        _worklist("worklist, centre", "demo-voss", voss),
        _worklist("worklist, IMDi", "demo-imdi", _organisation("imdi")),
        Visit("queue, IMDi", "demo-imdi", [reverse("queue")], QUEUE, [[day]]),
        Visit(
            "centre page",
            "demo-voss",
            [reverse("centre", kwargs={"reference": voss_reference})],
            CENTRE,
            [[day, day, day, day, voss]],
        ),
        Visit("list of centres with forecast, UDI", "demo-udi", [reverse("centres")], CENTRES, [[day] * 6]),
        _search("search by name, IMDi", "demo-imdi", list(_NAMES)),
        _search("search by name, UDI", "demo-udi", list(_NAMES)),
        _search("search by number, UDI", "demo-udi", _numbers(rng, requests)),
    ]


def _organisation(kind: str) -> int:
    return int(rows_of("SELECT id FROM directory_organisation WHERE kind = %s ORDER BY id", kind)[0][0])


def _household(page: str, username: str, organisation_id: int, rng: Random, requests: int) -> Visit:
    known = rows_of(
        "SELECT s.reference FROM access_need n JOIN access_subject s ON s.id = n.subject_id AND s.kind = 'group'"
        " WHERE n.organisation_id = %s AND n.period @> %s ORDER BY s.id",
        organisation_id,
        today(),
    )
    chosen = [str(reference) for (reference,) in rng.sample(known, min(requests, len(known)))]
    return Visit(
        page,
        username,
        [reverse("household", kwargs={"reference": reference}) for reference in chosen],
        HOUSEHOLD,
        [[reference, today()] for reference in chosen],
    )


def _worklist(page: str, username: str, organisation_id: int) -> Visit:
    return Visit(page, username, [reverse("worklist")], WORKLIST, [[today(), organisation_id, organisation_id]])


def _search(page: str, username: str, texts: list[str]) -> Visit:
    from fotfeste.registry.domain.names import wanted_tokens

    values = []
    for text in texts:
        words = wanted_tokens(text)
        values.append(
            [
                [place for place, tokens in enumerate(words) for _ in tokens],
                [token for tokens in words for token, _ in tokens],
                [may_go_on for tokens in words for _, may_go_on in tokens],
                today(),
            ]
        )
    return Visit(page, username, [f"{reverse('search')}?q={text}" for text in texts], SEARCH, values)


def _numbers(rng: Random, requests: int) -> list[str]:
    """DUF numbers of people."""
    numbers = [str(value) for (value,) in rows_of("SELECT value FROM registry_identifier WHERE kind = 'duf'")]
    return rng.sample(numbers, min(requests, len(numbers)))
