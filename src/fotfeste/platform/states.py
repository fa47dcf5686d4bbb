"""Workflow tables in the database: the trigger that refuses illegal changes of state."""

import pgtrigger

from fotfeste.kernel.workflow import Workflow


def workflow_trigger(workflow: Workflow, field: str = "state") -> pgtrigger.Trigger:
    """A trigger that lets `field` change only along the workflow's transitions, and start only at its initial state.

    The owner role may insert later states (bulk loading of past cases).
    """
    pairs = ", ".join(f"('{a}', '{b}')" for a, b in sorted(set(workflow.pairs())))
    return pgtrigger.Trigger(
        name=f"{workflow.name}_follows_table",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.{field} <> '{workflow.initial}'
                   AND NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
                    RAISE EXCEPTION 'a {workflow.name} starts at {workflow.initial}'
                        USING ERRCODE = '23514', CONSTRAINT = 'illegal_step';
                END IF;
            ELSIF OLD.{field} <> NEW.{field} AND (OLD.{field}, NEW.{field}) NOT IN ({pairs}) THEN
                RAISE EXCEPTION 'no step of {workflow.name} leads from % to %', OLD.{field}, NEW.{field}
                    USING ERRCODE = '23514', CONSTRAINT = 'illegal_step';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (names of the program's own tables, nothing of a user's)
    )
