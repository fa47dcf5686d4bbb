"""The pages of a no and of a home that was found by oneself, measured as those of `bench.visits`."""

from random import Random

from django.urls import reverse

from bench import statements_ways_out as sql
from bench.visits import Visit, rows_of
from fotfeste.platform.clock import today


def ways_out(rng: Random, requests: int) -> list[Visit]:
    """Refusals of settlement and agreed self-settlement, as IMDi sees them: all of the country's."""
    refused = [
        str(reference)
        for (reference,) in rows_of(
            "SELECT s.reference FROM refusal_refusal r JOIN access_subject s ON s.id = r.subject_id"
            " WHERE r.closed_on IS NULL AND r.annulled_at IS NULL ORDER BY s.id"
        )
    ]
    chosen = rng.sample(refused, min(requests, len(refused)))
    day = {"day": today()}
    return [
        Visit("refusals, IMDi", "demo-imdi", [reverse("refusals")], sql.REFUSALS, [day]),
        Visit(
            "refusal of a household, IMDi",
            "demo-imdi",
            [reverse("refusal", args=[each]) for each in chosen],
            sql.REFUSAL,
            [{"reference": each, **day} for each in chosen],
        ),
        Visit("self-settlement overview, IMDi", "demo-imdi", [reverse("terms_overview")], sql.TERMS, [day]),
        Visit("self-settlement requests, IMDi", "demo-imdi", [reverse("self_settlement_requests")], sql.ASKED, [day]),
        Visit(
            "self-settlement in numbers, IMDi", "demo-imdi", [reverse("self_settlement_measures")], sql.COUNTED, [()]
        ),
    ]
