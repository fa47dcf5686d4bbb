"""Who stands in the books as having done something is whoever did it, in the step in which it was done.

What the program says of itself in its acts, the database asks once more: nobody computes, checks, approves, pays, stops,
claims, answers, decides or settles in another's name or without the role for it, and what has been signed stays signed.
Asked after the row is written, so that a refusal with a sentence of its own comes first. The owner, who loads past
cases, is not asked.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation, session_user

_REFUSED = "USING ERRCODE = '23514', CONSTRAINT = 'signed_by_who_acts'"
_RUN = f"""
CREATE FUNCTION ledger_run_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_step text[] := ARRAY['state', NEW.state || '_by_id', NEW.state || '_at']
        || CASE WHEN NEW.state = 'stopped' THEN ARRAY['stop_reason'] ELSE '{{}}' END;
    is_mine boolean;
BEGIN
    IF (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        is_mine := NEW.computed_by_id = {session_user()} AND NEW.organisation_id = {own_organisation()}
            AND session_prepares_ledger();
    ELSE
        is_mine := NEW.state <> OLD.state AND to_jsonb(NEW) - of_step = to_jsonb(OLD) - of_step
            AND (to_jsonb(NEW) ->> (NEW.state || '_by_id'))::bigint = {session_user()}
            AND CASE NEW.state WHEN 'checked' THEN session_prepares_ledger()
                               WHEN 'stopped' THEN session_prepares_ledger() OR session_approves_ledger()
                               ELSE session_approves_ledger() END;
    END IF;
    IF is_mine IS NOT TRUE THEN
        RAISE EXCEPTION 'a run is signed by whoever takes its step' {_REFUSED};
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER signed_by_who_acts AFTER INSERT OR UPDATE ON ledger_run
FOR EACH ROW EXECUTE FUNCTION ledger_run_signed();
"""
_CLAIM = f"""
CREATE FUNCTION ledger_claim_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_step text[] := ARRAY['state'] || CASE NEW.state
        WHEN 'answered' THEN ARRAY['answer', 'answer_text', 'answered_at', 'answered_by_id']
        WHEN 'decided' THEN ARRAY['decision', 'upheld_ore', 'decision_text', 'decided_at', 'decided_by_id', 'pay_due_on']
        ELSE ARRAY['closed_at'] END;
    is_udi boolean := session_prepares_ledger() OR session_approves_ledger();
    is_mine boolean;
BEGIN
    IF (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        is_mine := NEW.prepared_by_id = {session_user()} AND NEW.organisation_id = {own_organisation()}
            AND session_prepares_ledger();
    ELSE
        is_mine := NEW.state <> OLD.state AND to_jsonb(NEW) - of_step = to_jsonb(OLD) - of_step
            AND CASE NEW.state
                WHEN 'answered' THEN NEW.answered_by_id = {session_user()} AND NEW.municipality_id = {own_organisation()}
                    AND session_sees_own_ledger()
                WHEN 'decided' THEN NEW.decided_by_id = {session_user()} AND is_udi
                ELSE is_udi AND NEW.amount_ore = (
                    SELECT sum(s.amount_ore) FROM ledger_claimsettlement s WHERE s.claim_id = NEW.id AND s.kind <> 'recovered'
                ) END;
    END IF;
    IF is_mine IS NOT TRUE THEN
        RAISE EXCEPTION 'a claim is signed by whoever takes its step, and closed when nothing is left of it' {_REFUSED};
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER signed_by_who_acts AFTER INSERT OR UPDATE ON ledger_claim
FOR EACH ROW EXECUTE FUNCTION ledger_claim_signed();
"""
_PARTS = f"""
CREATE FUNCTION ledger_settlement_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) AND (
        NEW.recorded_by_id = {session_user()}
        AND CASE WHEN NEW.run_id IS NULL THEN session_prepares_ledger() OR session_approves_ledger()
                 ELSE session_approves_ledger() END
        AND EXISTS (
            SELECT 1 FROM ledger_claim c WHERE c.id = NEW.claim_id AND c.subject_id = NEW.subject_id
              AND (NEW.kind <> 'paid' OR c.prepared_by_id <> NEW.recorded_by_id)
        )
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'a settlement is signed by whoever registers it, a payment not by whoever claimed it' {_REFUSED};
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER signed_by_who_acts AFTER INSERT ON ledger_claimsettlement
FOR EACH ROW EXECUTE FUNCTION ledger_settlement_signed();
CREATE FUNCTION ledger_part_of_a_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) AND NOT EXISTS (
        SELECT 1 FROM ledger_line l JOIN ledger_claim c ON c.id = NEW.claim_id
        WHERE l.id = NEW.line_id AND (l.subject_id, l.municipality_id, l.month, l.cause)
              = (NEW.subject_id, NEW.municipality_id, NEW.month, NEW.cause)
          AND (c.municipality_id, c.scheme) = (l.municipality_id, l.scheme)
          AND c.prepared_by_id = {session_user()} AND NEW.amount_ore <= -l.amount_ore
          AND l.run_id = ANY (ledger_counting_runs())
    ) THEN
        RAISE EXCEPTION 'a part of a claim is what a line that counts took back' {_REFUSED};
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER part_of_a_line AFTER INSERT ON ledger_claimpart
FOR EACH ROW EXECUTE FUNCTION ledger_part_of_a_line();
"""
_UNASKED = """
DROP TRIGGER part_of_a_line ON ledger_claimpart;
DROP FUNCTION ledger_part_of_a_line();
DROP TRIGGER signed_by_who_acts ON ledger_claimsettlement;
DROP FUNCTION ledger_settlement_signed();
DROP TRIGGER signed_by_who_acts ON ledger_claim;
DROP FUNCTION ledger_claim_signed();
DROP TRIGGER signed_by_who_acts ON ledger_run;
DROP FUNCTION ledger_run_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_fence")]
    operations = [RunSQL(_RUN + _CLAIM + _PARTS, _UNASKED)]
