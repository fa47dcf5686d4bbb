"""The limit beside each page: one SQL statement that fetches the same facts, as the same role under the same fence."""

GROUPS_OF_IMDI = """
    SELECT s.reference FROM settlement_settlementcase c JOIN access_subject s ON s.id = c.subject_id
    JOIN access_need n ON n.subject_id = s.id AND upper_inf(n.period)
    JOIN directory_organisation o ON o.id = n.organisation_id AND o.kind = 'imdi'
    WHERE c.state NOT IN ('interview_due', 'closed', 'settled') ORDER BY c.id LIMIT 500
"""
CENTRE_OF_DEMO = """
    SELECT o.reference FROM directory_user u JOIN directory_organisation o ON o.id = u.organisation_id
    WHERE u.username = 'demo-voss'
"""
FAMILY_NAMES = "SELECT DISTINCT left(family_name, 5) FROM registry_persondetails ORDER BY 1 LIMIT 200"
NUMBERS = """
    SELECT i.value FROM registry_identifier i JOIN access_need n ON n.subject_id = i.subject_id AND upper_inf(n.period)
    JOIN directory_organisation o ON o.id = n.organisation_id AND o.kind = 'imdi'
    WHERE i.kind = 'duf' ORDER BY i.id LIMIT 200
"""

HOUSEHOLD = """
    SELECT g.number, g.version,
      (SELECT jsonb_agg(d) FROM registry_groupmembership m JOIN registry_persondetails d ON d.subject_id = m.subject_id
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND d.annulled_at IS NULL AND m.period @> %(day)s),
      (SELECT jsonb_agg(i) FROM registry_groupmembership m JOIN registry_identifier i ON i.subject_id = m.subject_id
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND i.annulled_at IS NULL),
      (SELECT jsonb_agg(e) FROM registry_groupmembership m JOIN registry_statusevent e ON e.subject_id = m.subject_id
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND e.annulled_at IS NULL),
      (SELECT jsonb_agg(e) FROM registry_groupmembership m JOIN registry_relation e ON e.subject_id = m.subject_id
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND e.annulled_at IS NULL),
      (SELECT jsonb_agg(t) FROM registry_groupmembership m JOIN accommodation_stay t ON t.subject_id = m.subject_id
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND t.annulled_at IS NULL),
      (SELECT jsonb_agg(b) FROM registry_groupmembership m
        JOIN accommodation_bedassignment b ON b.subject_id = m.subject_id
        WHERE m.group_id = g.subject_id AND m.annulled_at IS NULL AND b.annulled_at IS NULL AND b.period @> %(day)s),
      (SELECT jsonb_agg(jsonb_build_object('case', c, 'interview', i, 'offer', o, 'journey', j))
        FROM settlement_settlementcase c LEFT JOIN settlement_interview i ON i.case_id = c.id
        LEFT JOIN settlement_offer o ON o.case_id = c.id LEFT JOIN settlement_journey j ON j.case_id = c.id
        WHERE c.subject_id = g.subject_id),
      (SELECT jsonb_agg(r) FROM settlement_settlementrequest r WHERE r.subject_id = g.subject_id),
      (SELECT jsonb_agg(a) FROM settlement_answer a JOIN settlement_interview i ON i.id = a.interview_id
        WHERE i.subject_id = g.subject_id AND a.annulled_at IS NULL),
      (SELECT jsonb_agg(t) FROM worklist_task t WHERE t.subject_id = g.subject_id AND t.closed_at IS NULL),
      (SELECT jsonb_agg(e) FROM platform_event e WHERE e.subject_id = g.subject_id),
      (SELECT jsonb_agg(n) FROM access_need n WHERE n.subject_id = g.subject_id AND n.period @> %(day)s)
    FROM registry_placementgroup g JOIN access_subject s ON s.id = g.subject_id WHERE s.reference = %(it)s
"""
_NAMES = """
    (SELECT jsonb_agg(d.family_name) FROM registry_groupmembership m
      JOIN registry_persondetails d ON d.subject_id = m.subject_id
      WHERE m.group_id = {group} AND m.annulled_at IS NULL AND d.annulled_at IS NULL AND m.period @> %(day)s)
"""
WORKLIST = f"""
    SELECT t.*, {_NAMES.format(group="t.subject_id")} FROM worklist_task t
    WHERE t.organisation_id = %(organisation)s AND t.closed_at IS NULL ORDER BY t.due_on, t.id LIMIT 50
"""
QUEUE = f"""
    SELECT c.*, {_NAMES.format(group="c.subject_id")},
      (SELECT count(*) FROM settlement_settlementrequest r WHERE r.case_id = c.id)
    FROM settlement_settlementcase c WHERE c.state = 'queued' ORDER BY c.due_since_on, c.id LIMIT 50
"""
CENTRE = """
    SELECT r.name, b.name, d.given_name, d.family_name, a.period
    FROM accommodation_room r JOIN directory_organisation o ON o.id = r.centre_id
    LEFT JOIN accommodation_bed b ON b.room_id = r.id
    LEFT JOIN accommodation_bedassignment a ON a.bed_id = b.id AND a.annulled_at IS NULL AND a.period @> %(day)s
    LEFT JOIN registry_persondetails d ON d.subject_id = a.subject_id AND d.annulled_at IS NULL
    WHERE o.reference = %(it)s
"""
SEARCH = """
    SELECT d.*, m.group_id FROM search_subjects(ARRAY[1], ARRAY[%(it)s]::text[], ARRAY[true], 50) AS f(subject_id)
    JOIN registry_persondetails d ON d.subject_id = f.subject_id AND d.annulled_at IS NULL
    JOIN registry_groupmembership m ON m.subject_id = f.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s
"""
