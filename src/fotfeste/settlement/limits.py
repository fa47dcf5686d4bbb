"""The triggers that refuse what a municipality has no place for (SET-10, SET-11).

They ask functions of the owner's (migrations/0011_capacity_functions.py), which lock the municipality and count past
row-level security: requests are fenced, and a place is taken whoever sees by whom.
"""

import pgtrigger

REQUEST_LIMIT = pgtrigger.Trigger(
    name="request_holds_places",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF TG_OP = 'INSERT' THEN
            IF NEW.state = 'open' AND NEW.holds_place THEN
                PERFORM settlement_hold_places(NEW.id, NULL);
            END IF;
        ELSIF OLD.state = 'open'
              AND (NEW.state = 'accepted' OR NEW.state = 'open' AND NEW.holds_place AND NOT OLD.holds_place) THEN
            PERFORM settlement_hold_places(
                NEW.id,
                CASE WHEN OLD.holds_place THEN coalesce(nullif(OLD.possible_week, ''), OLD.wanted_week) END
            );
        END IF;
        RETURN NULL;
    """,
)
OFFER_LIMIT = pgtrigger.Trigger(
    name="offer_is_within_the_week",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.state = 'open' THEN
            PERFORM settlement_offer_week(NEW.id);
        END IF;
        RETURN NULL;
    """,
)
DECISION_LIMIT = pgtrigger.Trigger(
    name="decision_covers_what_is_used",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    func="""
        PERFORM settlement_refuse_beyond(
            o.id, NEW.year,
            coalesce(nullif(current_setting('fotfeste.day', true), '')::date, make_date(NEW.year, 12, 31)),
            CASE WHEN NEW.decided < OLD.decided THEN 'decision_below_use' END,
            CASE WHEN NEW.decided_minors < OLD.decided_minors THEN 'decision_below_minors' END
        )
        FROM directory_organisation o
        WHERE o.municipality_id = NEW.municipality_id AND o.kind = 'municipality'
          AND (NEW.decided < OLD.decided OR NEW.decided_minors < OLD.decided_minors);
        RETURN NULL;
    """,
)
RESERVATION_LIMIT = pgtrigger.Trigger(
    name="reservation_is_within_the_decision",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.annulled_at IS NULL AND NEW.persons > coalesce(
            (SELECT p.persons FROM settlement_placereservation p WHERE p.id = NEW.supersedes_id), 0
        ) THEN
            PERFORM settlement_refuse_beyond(
                NEW.organisation_id, NEW.year,
                coalesce(nullif(current_setting('fotfeste.day', true), '')::date, make_date(NEW.year, 12, 31)),
                'reservation_beyond_decision', NULL
            );
        END IF;
        RETURN NULL;
    """,
)
RESOURCE_LIMIT = pgtrigger.Trigger(
    name="resource_covers_what_is_used",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.annulled_at IS NULL AND upper_inf(NEW.period) AND NEW.number < (
            SELECT r.number FROM settlement_municipalityresource r WHERE r.id = NEW.supersedes_id
        ) THEN
            PERFORM settlement_refuse_resource(
                NEW.organisation_id, NEW.kind, NULL,
                coalesce(nullif(current_setting('fotfeste.day', true), '')::date, lower(NEW.period)),
                'resource_below_use'
            );
        END IF;
        RETURN NULL;
    """,
)
