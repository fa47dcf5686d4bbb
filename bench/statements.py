"""Beside each page that is measured: the one SQL statement that fetches the same facts, through the same fence."""

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
TIME_TO_SETTLEMENT = """
SELECT (SELECT json_agg(x) FROM insight_settled(%(day)s, %(since)s, %(goals)s) x),
    (SELECT json_agg(x) FROM insight_steps(%(day)s, %(since)s) x),
    (SELECT json_agg(x) FROM insight_waiting(%(day)s, %(goals)s) x),
    (SELECT json_agg(x) FROM insight_settled_years(%(day)s) x)
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
ORDER BY c.due_since_on + CASE WHEN c.minors_until_on > %s::date THEN interval '3 months'
    ELSE interval '6 months' END, c.id LIMIT 50
"""
CENTRE = """
WITH here AS MATERIALIZED (
    SELECT s.subject_id, d.given_name, d.family_name, s.period, h.reference FROM accommodation_stay s
    JOIN registry_persondetails d ON d.subject_id = s.subject_id AND d.annulled_at IS NULL
    JOIN registry_groupmembership m ON m.subject_id = s.subject_id AND m.annulled_at IS NULL
        AND m.period @> %(day)s::date
    JOIN access_subject h ON h.id = m.group_id
    WHERE s.centre_id = %(centre)s AND s.annulled_at IS NULL AND s.period @> %(day)s::date
), held AS MATERIALIZED (
    SELECT a.bed_id, here.* FROM accommodation_bedassignment a JOIN here USING (subject_id)
    WHERE a.annulled_at IS NULL AND a.period @> %(day)s::date
)
SELECT r.id, r.name, r.building, r.is_adapted, b.id, b.name, q.places, q.places_maximum, q.type, q.operator, held.*,
    (SELECT json_agg(here) FROM here WHERE NOT EXISTS (SELECT 1 FROM held WHERE held.subject_id = here.subject_id)),
    (SELECT json_agg(x.subject_id) FROM accommodation_absence x JOIN here USING (subject_id)
        WHERE x.annulled_at IS NULL AND x.period @> %(day)s::date),
    (SELECT json_agg(k) FROM accommodation_bedblock k
        WHERE k.bed_id = b.id AND k.annulled_at IS NULL AND k.period @> %(day)s::date),
    (SELECT people_at(%(centre)s, %(day)s)),
    (SELECT json_agg(f) FROM stay_flow(%(day)s::date - 56, %(day)s, now(), %(centre)s) f),
    (SELECT json_agg(p) FROM settlement_departures_ahead(%(day)s, now(), %(centre)s) p)
FROM accommodation_room r
JOIN accommodation_bed b ON b.room_id = r.id
JOIN accommodation_centreoperation q ON q.centre_id = r.centre_id AND q.annulled_at IS NULL
    AND q.period @> %(day)s::date
LEFT JOIN held ON held.bed_id = b.id
WHERE r.centre_id = %(centre)s ORDER BY r.building, r.name, b.name
"""
CENTRES = """
SELECT o.id, o.reference, o.name, m.name, c.name, q.type, q.operator, q.places, q.places_maximum, p.people,
    (SELECT json_agg(d.name) FROM directory_unitcounty u JOIN directory_unitdetails d ON d.unit_id = u.unit_id
        AND d.annulled_at IS NULL AND d.period @> %(day)s::date
        WHERE u.county_id = c.number AND u.annulled_at IS NULL AND u.period @> %(day)s::date),
    (SELECT json_agg(f) FROM stay_flow(%(day)s::date - 56, %(day)s, now()) f),
    (SELECT json_agg(p) FROM settlement_departures_ahead(%(day)s, now()) p)
FROM directory_organisation o
LEFT JOIN directory_municipality m ON m.number = o.municipality_id
LEFT JOIN directory_county c ON c.number = m.county_id
LEFT JOIN accommodation_centreoperation q ON q.centre_id = o.id AND q.annulled_at IS NULL
    AND q.period @> %(day)s::date
LEFT JOIN occupancy_on(%(day)s) p ON p.centre_id = o.id
WHERE o.kind = 'centre' ORDER BY o.sort_key
"""
MUNICIPALITIES = """
SELECT o.id, o.name, m.number, m.population, c.name, y.year, y.decided, y.decided_minors, y.requested,
    l.settled, l.promised, l.asked, l.settled_minors, l.promised_minors,
    (SELECT json_agg((k.capability, k.is_offered)) FROM settlement_municipalitycapability k
        WHERE k.organisation_id = o.id AND k.annulled_at IS NULL AND k.period @> %(day)s::date)
FROM directory_organisation o
JOIN directory_municipality m ON m.number = o.municipality_id JOIN directory_county c ON c.number = m.county_id
LEFT JOIN settlement_load(extract(year FROM %(day)s::date)::integer, '', %(day)s) l ON l.organisation_id = o.id
LEFT JOIN LATERAL (SELECT * FROM settlement_municipalityyear y WHERE y.municipality_id = m.number
    AND y.year <= extract(year FROM %(day)s::date) ORDER BY y.year DESC LIMIT 1) y ON true
WHERE o.kind = 'municipality' AND (%(only)s = 0 OR o.id = %(only)s) ORDER BY o.sort_key
"""
MUNICIPALITY = (
    "SELECT (SELECT json_agg(x) FROM ("
    + MUNICIPALITIES
    + """) x),
    (SELECT json_agg((r, s.reference, o, j, (SELECT json_agg((d.given_name, d.family_name))
        FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.group_id = r.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s::date),
        (SELECT json_agg(n.capability) FROM settlement_caseneed n WHERE n.case_id = r.case_id
            AND n.annulled_at IS NULL)))
     FROM (
        (SELECT * FROM settlement_settlementrequest
            WHERE organisation_id = %(only)s AND state IN ('open', 'accepted'))
        UNION ALL
        (SELECT * FROM settlement_settlementrequest
            WHERE organisation_id = %(only)s AND state = 'fulfilled' ORDER BY id DESC LIMIT 20)
     ) r
     JOIN access_subject s ON s.id = r.subject_id
     LEFT JOIN settlement_offer o ON o.request_id = r.id LEFT JOIN settlement_journey j ON j.offer_id = o.id)
"""
)
CANDIDATES = (
    "SELECT x.*, c.*, s.reference, (SELECT json_agg(n.capability) FROM settlement_caseneed n"
    " WHERE n.case_id = c.id AND n.annulled_at IS NULL),"
    " (SELECT json_agg(a.content) FROM settlement_answer a JOIN settlement_interview i ON i.id = a.interview_id"
    " WHERE i.case_id = c.id AND a.question = 'relations' AND a.annulled_at IS NULL),"
    " (SELECT json_agg(r) FROM settlement_settlementrequest r WHERE r.case_id = c.id)"
    " FROM access_subject s JOIN settlement_settlementcase c ON c.subject_id = s.id CROSS JOIN ("
    + MUNICIPALITIES
    + ") x WHERE s.reference = %(reference)s"
)
READY = """
SELECT c.*, s.reference, i.*,
    (SELECT json_agg((d.given_name, d.family_name)) FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.group_id = c.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s::date),
    (SELECT json_agg((t, o.name) ORDER BY t.due_on) FROM worklist_task t
        JOIN directory_organisation o ON o.id = t.organisation_id
        WHERE t.subject_id = c.subject_id AND t.closed_at IS NULL),
    (SELECT count(*) FROM settlement_settlementcase c WHERE c.centre_id = %(centre)s
        AND c.state NOT IN ('refused', 'settled', 'closed'))
FROM settlement_settlementcase c JOIN access_subject s ON s.id = c.subject_id
LEFT JOIN settlement_interview i ON i.case_id = c.id
WHERE c.centre_id = %(centre)s AND c.state NOT IN ('refused', 'settled', 'closed')
ORDER BY c.due_since_on, c.id LIMIT 50
"""
INTERVIEW = """
WITH c AS (SELECT c.*, s.reference FROM access_subject s JOIN settlement_settlementcase c ON c.subject_id = s.id
           WHERE s.reference = %(reference)s)
SELECT (SELECT json_agg(c) FROM c),
    (SELECT json_agg((d, (SELECT json_agg(l.language) FROM registry_personlanguage l
            WHERE l.subject_id = d.subject_id AND l.annulled_at IS NULL)))
        FROM registry_groupmembership m JOIN c ON c.subject_id = m.group_id
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.annulled_at IS NULL AND m.period @> %(day)s::date),
    (SELECT json_agg(x) FROM settlement_informationgiven x JOIN c ON c.id = x.case_id WHERE x.annulled_at IS NULL),
    (SELECT json_agg((i,
        (SELECT json_agg(p) FROM settlement_participant p WHERE p.interview_id = i.id AND p.annulled_at IS NULL),
        (SELECT json_agg(a) FROM settlement_answer a WHERE a.interview_id = i.id AND a.annulled_at IS NULL),
        (SELECT json_agg(n) FROM settlement_mappingnote n WHERE n.interview_id = i.id AND n.annulled_at IS NULL)))
        FROM settlement_interview i JOIN c ON c.id = i.case_id)
"""
HOUSEHOLDS = """
SELECT g.*, s.reference,
    (SELECT json_agg((d, (SELECT json_agg((e.kind, e.holds_on)) FROM registry_statusevent e
            WHERE e.subject_id = d.subject_id AND e.annulled_at IS NULL)))
        FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s::date),
    (SELECT count(*) FROM (SELECT 1 FROM registry_placementgroup g
        WHERE g.emptied_on IS NULL AND {filtered} LIMIT 1001) x)
FROM (SELECT * FROM registry_placementgroup g
    WHERE g.emptied_on IS NULL AND {filtered} ORDER BY {order} LIMIT 50) g
JOIN access_subject s ON s.id = g.subject_id
ORDER BY {order}
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
