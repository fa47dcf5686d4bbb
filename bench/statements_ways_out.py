"""Beside each page of `bench.visits_ways_out`: the one statement for the same facts, through the same fence."""

_CALLED = """(SELECT json_agg((d.given_name, d.family_name)) FROM registry_groupmembership m
        JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        WHERE m.group_id = r.subject_id AND m.annulled_at IS NULL AND m.period @> %(day)s::date)"""
REFUSALS = f"""
SELECT r.*, s.reference, o.name, {_CALLED},
    (SELECT json_agg(e) FROM refusal_refusalevent e WHERE e.refusal_id = r.id AND e.annulled_at IS NULL)
FROM refusal_refusal r JOIN access_subject s ON s.id = r.subject_id
JOIN directory_organisation o ON o.id = r.organisation_id
WHERE r.annulled_at IS NULL AND (r.closed_on IS NULL OR r.opened_on >= date_trunc('year', %(day)s::date))
ORDER BY r.opened_on
"""
REFUSAL = f"""
SELECT r.*, o.name, {_CALLED},
    (SELECT json_agg(e) FROM refusal_refusalevent e WHERE e.refusal_id = r.id),
    (SELECT json_agg((l.id, l.kind)) FROM letters_letter l WHERE l.subject_id = r.subject_id),
    (SELECT json_agg(t) FROM worklist_task t WHERE t.subject_id = r.subject_id AND t.closed_at IS NULL)
FROM refusal_refusal r JOIN access_subject s ON s.id = r.subject_id
JOIN directory_organisation o ON o.id = r.organisation_id
WHERE s.reference = %(reference)s AND r.annulled_at IS NULL
"""
TERMS = """
SELECT m.number, m.name_nb, t.*,
    (SELECT max(w.recorded_at) FROM self_settlement_termsreview w WHERE w.organisation_id = o.id)
FROM directory_municipality m
LEFT JOIN directory_organisation o ON o.municipality_id = m.number AND o.kind = 'municipality'
LEFT JOIN self_settlement_publishedterms t
    ON t.organisation_id = o.id AND t.annulled_at IS NULL AND t.period @> %(day)s::date
ORDER BY m.name_nb
"""
ASKED = f"""
SELECT r.*, s.reference, o.name, {_CALLED}
FROM self_settlement_request r JOIN access_subject s ON s.id = r.subject_id
JOIN directory_organisation o ON o.id = r.organisation_id
WHERE r.ended_on IS NULL ORDER BY r.asked_on
"""
COUNTED = """
SELECT (SELECT json_agg(p) FROM self_settlement_places() p), (SELECT json_agg(n) FROM self_settlement_noes() n)
"""
