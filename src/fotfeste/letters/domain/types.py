"""Kinds of letters, their languages, how far one has come, and what one is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fotfeste.directory.domain.types import ContactTopic


class LetterKind(StrEnum):
    """What a letter says."""

    GRANTED = "granted"  # innvilget
    REFUSED = "refused"  # avslag
    REQUEST_TO_MUNICIPALITY = "request_to_municipality"  # akseptbrev
    PRELIMINARY = "preliminary"  # foreløpig svar
    ENDED = "ended"  # opphør
    GRANT_LETTER = "grant_letter"  # tilskuddsbrev
    CLAIM_NOTICE = "claim_notice"  # varsel om krav
    CLAIM_DECISION = "claim_decision"  # vedtak om krav
    OFFER = "offer"  # tilbud om bosetting
    POPULATION_REGISTER = "population_register"  # påminnelse om å melde flytting til Folkeregisteret
    DEADLINE_TO_MOVE = "deadline_to_move"  # IMDis frist for å flytte, ved bosettingsnekt
    REFUSAL_FIRST = "refusal_first"  # første varselbrev ved bosettingsnekt
    EVICTION_NOTICE = "eviction_notice"  # varsel om utkastelse
    EVICTION_PETITION = "eviction_petition"  # brev til beboeren om begjæringen
    DAYS_CHANGED = "days_changed"  # dager er endret, eller saken står stille eller går videre
    REFUSAL_VOID = "refusal_void"  # brev i bosettingsnektsaken gjelder ikke
    PETITION = "petition"  # begjæring om tvangsfravikelse, til namsmannen
    PETITION_CHANGED = "petition_changed"  # hva begjæringen har blitt til, til namsmannen
    MINOR_TOLD = "minor_told"  # varsel til verge eller barneverntjeneste


class Language(StrEnum):
    """The languages that letters are written in."""

    NB = "nb"
    NN = "nn"
    EN = "en"
    UK = "uk"
    RU = "ru"


class LetterStatus(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    RETURNED = "returned"


class ReturnReason(StrEnum):
    """Why a letter came back."""

    WRONG_ADDRESS = "wrong_address"
    MOVED = "moved"
    NOT_COLLECTED = "not_collected"
    WRONG_RECEIVER = "wrong_receiver"


TO_PEOPLE = frozenset(
    {
        LetterKind.GRANTED,
        LetterKind.REFUSED,
        LetterKind.PRELIMINARY,
        LetterKind.ENDED,
        LetterKind.OFFER,
        LetterKind.POPULATION_REGISTER,
        LetterKind.DEADLINE_TO_MOVE,
        LetterKind.REFUSAL_FIRST,
        LetterKind.EVICTION_NOTICE,
        LetterKind.EVICTION_PETITION,
        LetterKind.DAYS_CHANGED,
        LetterKind.REFUSAL_VOID,
    }
)
TO_OUTSIDERS = frozenset({LetterKind.PETITION, LetterKind.PETITION_CHANGED, LetterKind.MINOR_TOLD})
"""To somebody who has no mailbox here: the enforcement officer, a guardian, the child welfare service."""

LANGUAGES_TO_PEOPLE = tuple(Language)
LANGUAGES_TO_OUTSIDERS = (Language.NB, Language.NN)
LANGUAGES_TO_ORGANISATIONS = (Language.NB, Language.NN, Language.EN)

# What a letter to an organisation is about: it goes to the unit that answers for that.
TOPICS: Mapping[LetterKind, ContactTopic] = {
    LetterKind.REQUEST_TO_MUNICIPALITY: ContactTopic.ALTERNATIVE,
    LetterKind.GRANT_LETTER: ContactTopic.ALTERNATIVE,
    LetterKind.CLAIM_NOTICE: ContactTopic.ALTERNATIVE,
    LetterKind.CLAIM_DECISION: ContactTopic.ALTERNATIVE,
}


def languages_of(kind: LetterKind) -> tuple[Language, ...]:
    """The languages that a kind of letter is written in."""
    if kind in TO_OUTSIDERS:
        return LANGUAGES_TO_OUTSIDERS
    return LANGUAGES_TO_PEOPLE if kind in TO_PEOPLE else LANGUAGES_TO_ORGANISATIONS


def language_to_people(wanted: Iterable[str]) -> Language:
    """The first of the languages that letters are written in; English where none is, or none is known."""
    known = {str(language): language for language in Language}
    return next((known[each] for each in wanted if each in known), Language.EN)


def language_of_municipality(written_form: str) -> Language:
    """The language for a municipality by its written form (målform); neutral ones get bokmål, as from the state."""
    return Language.NN if written_form.casefold() == "nynorsk" else Language.NB


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: a heading, a paragraph, a list or a table. A `lead` is what has to be read first.

    A table has a `caption`, a `head`, `rows` and perhaps a last line `total`; columns in `right` hold sums.
    """

    form: str  # lead, heading, paragraph, list, table
    text: str = ""
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is written: all that the reader sees, in the reader's language."""

    kind: LetterKind
    language: Language
    title: str
    sender: str
    receiver: tuple[str, ...]
    day: str
    reference: str
    labels: Mapping[str, str]  # the words of the frame: date, reference, page
    blocks: tuple[Block, ...]
    notice: str = ""  # that the translation is not checked, in the reader's language
    is_checked: bool = True
