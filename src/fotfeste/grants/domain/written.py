"""Facts as a document of `./fotfeste grants replay`: what the inputs of a run are hashed as; anyone can check it so."""

from fotfeste.grants.domain.types import Facts


def written(facts: Facts) -> dict[str, object]:
    """The document, with the keys of docs/formats/grants-replay.md. What is superseded later than it is known at must
    not be in `facts` as superseded: the same instant gives the same document, whenever it is written.
    """
    return {
        "scheme": facts.scheme.value,
        "as_known_at": facts.as_known_at.isoformat(),
        "through": facts.through.isoformat(),
        "stays": [
            {
                "row": row.row,
                "stay": row.stay,
                "person": row.person,
                "municipality": row.municipality,
                "start": row.start.isoformat(),
                "end": row.end and row.end.isoformat(),
                "cause": row.cause,
                "known_from": row.known_from.isoformat(),
                "known_to": row.known_to and row.known_to.isoformat(),
                "reported_by": row.reported_by,
            }
            for row in facts.stays
        ],
        "lines": [
            {
                "line": line.line,
                "run": line.run,
                "person": line.person,
                "municipality": line.municipality,
                "month": line.month.isoformat()[:7],
                "amount_ore": line.amount_ore,
            }
            for line in facts.lines
        ],
        "payments": [payment._asdict() for payment in facts.payments],
    }
