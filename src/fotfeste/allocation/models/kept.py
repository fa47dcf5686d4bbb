"""How the database keeps what was computed or decided."""

import pgtrigger

_KEPT = """
    IF TG_OP = 'DELETE' THEN
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
            RAISE EXCEPTION 'a plan is kept' USING ERRCODE = '23514', CONSTRAINT = 'plan_is_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF {changed} THEN
        RAISE EXCEPTION 'a plan is kept as it was computed' USING ERRCODE = '23514', CONSTRAINT = 'plan_is_kept';
    END IF;
    RETURN NEW;
"""


def kept(name: str, changed: str, told_as: str = "plan_is_kept") -> pgtrigger.Trigger:
    """Refuses to take a row away, which only the owner may, and to change it where `changed` says so in SQL; `told_as`
    is the name of the sentence for who tries.
    """
    func = _KEPT.format(changed=changed).replace("plan_is_kept", told_as)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=func)
