"""The pages that are measured: who looks, at which addresses in turn, and the one statement for the same facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connections
from django.urls import reverse

from bench import statements as sql
from fotfeste.insight.queries.settlement import RECENT_MONTHS, goals_as_json
from fotfeste.kernel.calendar import add_months
from fotfeste.platform.clock import today
from fotfeste.settlement.public import settlement_goals

NAMES = ("Kovalenko", "Oksana Bondarenko", "Петренко", "Shevtsjenko", "Olena")
BEGINNINGS = ("ol", "ma", "ko", "va")
# What the list of households is asked for: the page's query, and the same as SQL.
LISTED = (
    ("all", "", "true", "g.number DESC"),
    ("by day", "sort=registered", "true", "g.created_on"),
    ("without a permit", "status=without_permit", "g.stage = 'without_permit'", "g.number DESC"),
    ("with a permit, oldest first", "status=with_permit&sort=number", "g.stage = 'with_permit'", "g.number"),
    ("settled", "status=settled", "g.stage = 'settled'", "g.number DESC"),
    ("with children", "people=with_children", "g.youngest_born_on > %(day)s::date - 6574", "g.number DESC"),
    ("unaccompanied minors", "people=unaccompanied", "g.has_unaccompanied_minor", "g.number DESC"),
)
type Values = Sequence[Any] | Mapping[str, Any]


@dataclass(frozen=True)
class Visit:
    """A page: who looks, at which addresses in turn, and the one query (with its values) for the same facts."""

    page: str
    username: str
    addresses: list[str]
    query: str
    values: Sequence[Values]


def visits(rng: Random, requests: int) -> list[Visit]:
    """Every page, as those whose page it is; a centre with many residents, and IMDi with all that are in the queue."""
    voss, imdi, udi = _centre("Voss akuttinnkvartering"), _organisation("imdi"), _organisation("udi")
    return [
        _household("household page, centre", "demo-voss", voss, rng, requests),
        _household("household page, IMDi", "demo-imdi", imdi, rng, requests),
        _household("household page, UDI", "demo-udi", udi, rng, requests),
        _worklist("worklist, centre", "demo-voss", voss),
        _worklist("worklist, IMDi", "demo-imdi", imdi),
        Visit("queue, IMDi", "demo-imdi", [reverse("queue")], sql.QUEUE, [[today(), today()]]),
        _time_to_settlement(),
        *_centres(voss),
        _search("search by name, IMDi", "demo-imdi", NAMES),
        _search("search by name, UDI", "demo-udi", NAMES),
        _search("search by two letters, IMDi", "demo-imdi", BEGINNINGS),
        _search("search by number, UDI", "demo-udi", _numbers(rng, requests)),
        *(_households(f"households, {what}, UDI", query, *as_sql) for what, query, *as_sql in LISTED),
        *_municipalities(),
        _candidates(imdi, rng, requests),
        *_interviews(voss, rng, requests),
    ]


def rows_of(query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Look something up as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _organisation(kind: str) -> int:
    return int(rows_of("SELECT id FROM directory_organisation WHERE kind = %s ORDER BY id", kind)[0][0])


def _centre(name: str) -> int:
    return int(rows_of("SELECT id FROM directory_organisation WHERE name = %s", name)[0][0])


def _known(organisation_id: int, states: Sequence[str], rng: Random, requests: int) -> list[str]:
    """References of households that an organisation needs to know of; of cases in these states, where any is named.

    Without those that have moved on from a centre: it sees less of them, and not their interview.
    """
    known = rows_of(
        "SELECT s.reference FROM access_need n JOIN access_subject s ON s.id = n.subject_id AND s.kind = 'group'"
        " LEFT JOIN settlement_settlementcase c ON c.subject_id = s.id"
        " WHERE n.organisation_id = %s AND n.period @> %s AND n.reason <> 'lived_here'"
        " AND (%s = 0 OR c.state = ANY(%s))"
        " GROUP BY s.id ORDER BY s.id",
        organisation_id,
        today(),
        len(states),
        list(states),
    )
    return [str(reference) for (reference,) in rng.sample(known, min(requests, len(known)))]


def _household(page: str, username: str, organisation_id: int, rng: Random, requests: int) -> Visit:
    chosen = _known(organisation_id, (), rng, requests)
    addresses = [reverse("household", args=[reference]) for reference in chosen]
    return Visit(page, username, addresses, sql.HOUSEHOLD, [[reference, today()] for reference in chosen])


def _worklist(page: str, username: str, organisation_id: int) -> Visit:
    return Visit(page, username, [reverse("worklist")], sql.WORKLIST, [[today(), organisation_id, organisation_id]])


def _time_to_settlement() -> Visit:
    """The page of counts over everybody (INS-02): beside it what its functions count, in one statement."""
    day, goals = today(), goals_as_json(settlement_goals())
    values = {"day": day, "since": add_months(day, -RECENT_MONTHS), "goals": goals}
    address = reverse("insight_settlement")
    return Visit("time to settlement, IMDi", "demo-imdi", [address], sql.TIME_TO_SETTLEMENT, [values])


def _centres(centre_id: int) -> list[Visit]:
    [(reference,)] = rows_of("SELECT reference FROM directory_organisation WHERE id = %s", centre_id)
    of_centre = {"day": today(), "centre": centre_id}
    return [
        Visit("centre page", "demo-voss", [reverse("centre", args=[reference])], sql.CENTRE, [of_centre]),
        Visit("centres, UDI", "demo-udi", [reverse("centres")], sql.CENTRES, [{"day": today()}]),
    ]


def _households(page: str, query: str, filtered: str, order: str) -> Visit:
    statement = sql.HOUSEHOLDS.format(filtered=filtered, order=order)
    return Visit(page, "demo-udi", [f"{reverse('households')}?{query}"], statement, [{"day": today()}])


def _municipalities() -> list[Visit]:
    [(levanger,)] = rows_of(
        "SELECT organisation_id FROM directory_user WHERE username = 'demo-levanger'",
    )
    [(oslo,)] = rows_of(
        "SELECT id FROM directory_organisation WHERE kind = 'municipality' AND municipality_id = '0301'"
    )
    own, largest = ({"day": today(), "only": key} for key in (levanger, oslo))
    everyone = [{"day": today(), "only": 0}]
    return [
        Visit("municipalities, IMDi", "demo-imdi", [reverse("municipalities")], sql.MUNICIPALITIES, everyone),
        Visit("municipality's own page", "demo-levanger", [reverse("my_municipality")], sql.MUNICIPALITY, [own]),
        Visit(
            "municipality page of Oslo, IMDi",
            "demo-imdi",
            [reverse("municipality", args=["0301"])],
            sql.MUNICIPALITY,
            [largest],
        ),
    ]


def _candidates(organisation_id: int, rng: Random, requests: int) -> Visit:
    chosen = _known(organisation_id, ("queued",), rng, requests)
    return Visit(
        "municipalities for a household, IMDi",
        "demo-imdi",
        [reverse("find_municipality", args=[reference]) for reference in chosen],
        sql.CANDIDATES,
        [{"day": today(), "only": 0, "reference": reference} for reference in chosen],
    )


def _interviews(centre_id: int, rng: Random, requests: int) -> list[Visit]:
    chosen = _known(centre_id, ("interview_due", "queued", "requested"), rng, requests)
    return [
        Visit(
            "ready for settlement, centre",
            "demo-voss",
            [reverse("ready_for_settlement")],
            sql.READY,
            [{"day": today(), "centre": centre_id}],
        ),
        Visit(
            "interview, centre",
            "demo-voss",
            [reverse("interview", args=[reference]) for reference in chosen],
            sql.INTERVIEW,
            [{"day": today(), "reference": reference} for reference in chosen],
        ),
    ]


def _search(page: str, username: str, texts: Sequence[str]) -> Visit:
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
    return Visit(page, username, [f"{reverse('search')}?q={text}" for text in texts], sql.SEARCH, values)


def _numbers(rng: Random, requests: int) -> list[str]:
    """DUF numbers of people."""
    numbers = [str(value) for (value,) in rows_of("SELECT value FROM registry_identifier WHERE kind = 'duf'")]
    return rng.sample(numbers, min(requests, len(numbers)))
