"""What some municipalities of the demo have published of agreed self-settlement. All of it is invented and says so,
wherever it is shown: the municipalities are real ones.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from fotfeste.demo.domain.world import MunicipalitySeat, World
from fotfeste.kernel.periods import Period
from fotfeste.platform.bulk import Loader
from fotfeste.self_settlement.loading import load_reviews, load_terms
from fotfeste.self_settlement.public import Deposit, EmptyRent, TargetGroup, Terms

OFFICE, PHONE, EMAIL = "Oppdiktet kontor for bosetting", "00 00 00 00", "bosetting@kommune.example"


class Published(NamedTuple):
    """What a municipality has said from so many days before today, and how many days ago it was reviewed."""

    days_ago: int
    terms: Terms
    reviews: tuple[int, ...] = ()


def _allowed(deposit: Deposit, empty_rent: EmptyRent, *targets: TargetGroup, alone: bool, words: str) -> Terms:
    return Terms(
        allows=True,
        targets=tuple(each for each in TargetGroup if each in targets),
        deposit=deposit,
        empty_rent=empty_rent,
        finds_next_home=alone,
        other_words=f"Oppdiktet i demoen: {words}",
        office=OFFICE,
        phone=PHONE,
        email=EMAIL,
    )


def _not_allowed(words: str) -> Terms:
    return Terms(allows=False, other_words=f"Oppdiktet i demoen: {words}")


_T, _D, _E = TargetGroup, Deposit, EmptyRent
# By number: those a visitor of the demo can be, and some others; what more have published is drawn (`_drawn`).
PUBLISHED: dict[str, Sequence[Published]] = {
    "5037": [  # Levanger: long ago
        Published(900, _not_allowed("vi hadde ikke folk til å følge opp.")),
        Published(
            460,
            _allowed(
                _D.GUARANTEE, _E.NO, _T.SINGLE_ADULTS, _T.WORK, alone=True, words="leien må følge kommunens satser."
            ),
        ),
    ],
    "5038": [  # Verdal: looked at again
        Published(
            700,
            _allowed(_D.LOAN, _E.ASSESSED, _T.WORK, _T.FAMILY_HERE, alone=False, words="ta kontakt to uker før."),
            (340, 20),
        )
    ],
    "5001": [Published(90, _not_allowed("vi bosetter så mange vi har plass til."))],
    "0301": [Published(200, _allowed(_D.NO, _E.NO, _T.WORK, _T.STUDIES, alone=True, words="med eget bad."))],
    "4601": [Published(30, _allowed(_D.ASSESSED, _E.NO, alone=True, words="vi ser på boligen først."))],
    "1804": [Published(800, _not_allowed("vi vurderer ordningen."))],
    "4204": [Published(410, _allowed(_D.PAID, _E.PAID, _T.FAMILIES, alone=False, words="for familier med skolebarn."))],
    "3301": [Published(150, _allowed(_D.GUARANTEE, _E.NO, _T.LIVES_HERE, alone=True, words="for dem som bor her nå."))],
}


_SHARE_SAID, _SHARE_ALLOWS = 0.4, 0.7
_WORDS = (
    "leien må følge kommunens satser.",
    "kommunen ser på boligen før noen signerer.",
    "boligen må ligge slik til at barna kommer til skolen uten bil.",
    "ta kontakt før dere leter etter bolig.",
)


def _drawn(number: str) -> Sequence[Published]:
    """What a municipality has published, the same each time: most nothing, some long ago, some looked at since."""
    rng = Random(f"terms-{number}")
    if rng.random() >= _SHARE_SAID:
        return ()
    days_ago = rng.randint(20, 900)
    reviews = (rng.randint(1, days_ago - 1),) if rng.random() < 0.6 else ()
    if rng.random() >= _SHARE_ALLOWS:
        return (Published(days_ago, _not_allowed("vi bosetter dem IMDi ber oss om."), reviews),)
    targets = rng.sample(list(TargetGroup), rng.randint(0, 3))
    deposit, empty_rent = rng.choice(list(Deposit)), rng.choice(list(EmptyRent))
    terms = _allowed(deposit, empty_rent, *targets, alone=rng.random() < 0.6, words=rng.choice(_WORDS))
    return (Published(days_ago, terms, reviews),)


def published_by(number: str) -> Sequence[Published]:
    """What a municipality has published, the oldest first; nothing where it has said nothing."""
    return PUBLISHED.get(number) or _drawn(number)


def allowing(world: World) -> list[MunicipalitySeat]:
    """Those whose terms allow self-settlement now: first whom a visitor can be."""
    said = {
        each.place.municipality_number: published_by(each.place.municipality_number) for each in world.municipalities
    }
    order = {number: place for place, number in enumerate(PUBLISHED)}
    allows = [
        each
        for each in world.municipalities
        if (terms := said[each.place.municipality_number]) and terms[-1].terms.allows
    ]
    return sorted(
        allows, key=lambda each: (order.get(each.place.municipality_number, len(order)), each.seat.organisation_id)
    )


class _TermsRow(NamedTuple):
    organisation_id: int
    allows: bool
    targets: list[str]
    deposit: str
    empty_rent: str
    finds_next_home: bool | None
    other_words: str
    office: str
    phone: str
    email: str
    is_demo: bool
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class _ReviewRow(NamedTuple):
    organisation_id: int
    reviewed_on: date
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


def load_published_terms(loader: Loader, world: World) -> int:
    """Load them; gives the rows."""
    places = [each for each in world.municipalities if published_by(each.place.municipality_number)]
    terms = [row for each in places for row in _terms_of(each, world.today)]
    reviews = [row for each in places for row in _reviews_of(each, world.today)]
    return load_terms(loader, terms) + load_reviews(loader, reviews)


def _terms_of(municipality: MunicipalitySeat, today: date) -> Iterator[_TermsRow]:
    said, organisation = published_by(municipality.place.municipality_number), municipality.seat.organisation_id
    starts = [today - timedelta(days=each.days_ago) for each in said]
    for start, end, each in zip(starts, [*starts[1:], None], said, strict=True):
        terms = each.terms
        yield _TermsRow(
            organisation_id=organisation,
            allows=terms.allows,
            targets=[str(target) for target in terms.targets],
            deposit=terms.deposit or "",
            empty_rent=terms.empty_rent or "",
            finds_next_home=terms.finds_next_home,
            other_words=terms.other_words,
            office=terms.office,
            phone=terms.phone,
            email=terms.email,
            is_demo=True,
            period=Period(start, end),
            recorded_at=_morning(start),
            recorded_by_id=municipality.seat.staff[0].user_id,
            reported_by_id=organisation,
        )


def _reviews_of(municipality: MunicipalitySeat, today: date) -> Iterator[_ReviewRow]:
    organisation = municipality.seat.organisation_id
    for each in published_by(municipality.place.municipality_number):
        for days_ago in each.reviews:
            day = today - timedelta(days=days_ago)
            yield _ReviewRow(organisation, day, _morning(day), municipality.seat.staff[0].user_id, organisation)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
