"""What a secret link opens: read under the database's own rule of links, and only what its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.types import FilledInBy, HostRelation, Party
from fotfeste.alternative.links import by_link
from fotfeste.alternative.models import Application, ApplicationPerson, Confirmation
from fotfeste.alternative.words_doors import HOST_RELATIONS, PARTIES
from fotfeste.kernel.ages import ADULT_AT, age_on
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.secret_links import digest_of, is_secret
from fotfeste.platform.words import day as day_in_words


@dataclass(frozen=True, slots=True)
class PartyStands:
    """One of those who are asked, in words, and whether they have answered."""

    who: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OnApplication:
    """Somebody in the application, as its parties are shown them: no number, no birth date but to the applicant."""

    name: str
    birth_date: date | None
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens for one party. The applicants' own also tells how the application stands."""

    party: Party
    reference: str
    state: str
    municipality_id: int
    municipality: str
    people: Sequence[OnApplication]
    helper_name: str
    helper_relation: str
    street: str
    postal_code: str
    living_there_since: date | None
    wanted_from: date | None
    host_name: str
    host_relation: str
    received_on: date
    parties: Sequence[PartyStands]
    starts_on: date | None
    answer: str = ""
    answered_at: datetime | None = None
    signer_name: str = ""
    last_day_in_words: str = ""
    is_expired: bool = False

    @property
    def first_name(self) -> str:
        """The first of those who apply."""
        return self.people[0].name if self.people else ""

    @property
    def waits(self) -> bool:
        """Whether the parties' answers are still waited for."""
        return self.state == "waiting_for_parties"

    @property
    def is_living(self) -> bool:
        """Whether it can still be taken back."""
        return self.state in LIVING

    @property
    def others(self) -> int:
        """How many there are beside the first."""
        return max(0, len(self.people) - 1)

    @property
    def minors(self) -> int:
        """How many of them are under age."""
        return sum(each.is_minor for each in self.people)


def opened_by(secret: str, at: datetime) -> Opened:
    """What the link opens at an instant. Raises NotFound for one that is nobody's, or was renewed."""
    if not is_secret(secret):
        raise NotFound
    day, digest = legal_day(at), digest_of(secret)
    with by_link(secret, day):
        application = Application.objects.select_related("municipality").first()
        if application is None:
            raise NotFound
        people = list(application.persons.order_by("position"))
        confirmations = list(application.confirmations.order_by("pk"))
    mine = next((each for each in confirmations if each.token_hash == digest), None)
    if mine is None:
        raise NotFound
    return _opened(application, people, confirmations, mine, day)


def _opened(
    application: Application,
    people: Sequence[ApplicationPerson],
    confirmations: Sequence[Confirmation],
    mine: Confirmation,
    day: date,
) -> Opened:
    is_helped = application.filled_in_by == FilledInBy.HELPER
    return Opened(
        party=Party(mine.party),
        reference=application.reference,
        state=application.state,
        municipality_id=application.municipality_id,
        municipality=application.municipality.name,
        people=[OnApplication(each.name, each.birth_date, _is_minor(each, day)) for each in people],
        helper_name=application.helper_name if is_helped else "",
        helper_relation=application.helper_relation if is_helped else "",
        street=application.street,
        postal_code=application.postal_code,
        living_there_since=application.living_there_since,
        wanted_from=application.wanted_from,
        host_name=application.host_name,
        host_relation=str(HOST_RELATIONS[HostRelation(application.host_relation)]) if application.host_relation else "",
        received_on=application.received_on,
        parties=[PartyStands(str(PARTIES[Party(each.party)]), each.answer, each.answered_at) for each in confirmations],
        starts_on=application.starts_on,
        answer=mine.answer,
        answered_at=mine.answered_at,
        signer_name=mine.signer_name,
        last_day_in_words=day_in_words(mine.expires_on - timedelta(days=1)),
        is_expired=mine.expires_on <= day,
    )


def _is_minor(person: ApplicationPerson, day: date) -> bool:
    return person.birth_date is not None and age_on(person.birth_date, day) < ADULT_AT
