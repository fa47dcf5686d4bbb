"""The steps of an interview as the overview shows them, and the notices beside them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from fotfeste.accommodation import public as accommodation
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import language_name
from fotfeste.registry import public as registry
from fotfeste.settlement.domain.types import InformationMode
from fotfeste.settlement.models import InformationGiven
from fotfeste.settlement.queries.closing import Closing, closing_of
from fotfeste.settlement.queries.interview_page import InterviewPage
from fotfeste.settlement.words_interview import MODES
from fotfeste.settlement.words_offers import CLOSING_REASONS

_BEFORE = frozenset({"information_missing"})
_INVITED = frozenset({"invitation_missing", "interpreter_came_not", "interpreter_not_booked"})
_ANSWERS = frozenset(
    {
        "answer_missing", "consequence_not_explained", "adaptation_not_described", "adaptation_bears_on_nothing",
        "relations_not_named", "pets_not_described", "education_level_missing", "occupation_not_named",
    }
)  # fmt: skip
_CHILDREN = frozenset({"child_not_heard", "own_talk_not_offered", "own_talk_not_answered", "own_talk_not_held"})
_MAPPING = frozenset({"mapping_note_missing"})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the interview: what it is called, where it is done, whether anything is missing there.

    Not told of an interview that never came to its end: it neither lacks anything nor is it done.
    """

    code: str
    title: str
    url: str
    is_done: bool
    is_told: bool


@dataclass(frozen=True, slots=True)
class InformationRow:
    """When and how a member was informed."""

    name: str
    words: tuple[str, ...]


def steps_of(page: InterviewPage) -> list[Step]:
    """The steps in order; those that this household does not have are left out."""
    lacking = {reason.code for reason in page.decision.reasons}
    children = any(not part.is_interviewed for part in page.progress)
    is_alone = bool(page.mapped)
    wanted = (
        ("information", gettext("Informasjon før samtalen"), "give_information", _BEFORE, not page.is_correction),
        ("invitation", gettext("Tid, tolk og innkalling"), "plan_interview", _INVITED, not page.is_again),
        ("answers", gettext("Samtalen med hver enkelt"), "interview", _ANSWERS, True),
        ("children", gettext("Barn blir hørt"), "interview_participants", _CHILDREN, children),
        ("mapping", gettext("Individuell kartlegging"), "mapping_note", _MAPPING, is_alone),
    )
    return [
        Step(
            code,
            title,
            reverse(name, args=[page.reference]),
            is_done=(page.was_held and not page.is_open) or not (lacking & codes),
            is_told=page.was_held or page.is_open,
        )
        for code, title, name, codes, is_there in wanted
        if is_there
    ]


def ended_words(page: InterviewPage) -> str:
    """How an interview that takes no more has ended: registered, or its case closed before it was held."""
    if page.was_held:
        return gettext("Bosettingssamtalen er registrert og sendt til IMDi.")
    closing = closing_of(page.case)
    if closing is None:
        return gettext("Bosettingssaken er avsluttet. Samtalen ble ikke registrert.")
    return gettext(
        "Bosettingssaken ble avsluttet %(day)s av %(who)s. Samtalen ble ikke registrert. Årsak: %(why)s."
    ) % {
        "day": in_words(closing.on),
        "who": closing.organisation_name,
        "why": _why(closing),
    }


def _why(closing: Closing) -> str:
    """What the closing followed from, to stand within a sentence."""
    if closing.said:
        return str(CLOSING_REASONS[closing.said])
    if not closing.cause:
        return gettext("saken ble avsluttet uten bosetting")
    known = {**accommodation.EVENT_WORDS, **registry.EVENT_WORDS}
    words = str(known.get(f"{closing.cause}:{closing.reason}") or known[closing.cause])
    return words[0].lower() + words[1:]


def information_rows(page: InterviewPage) -> list[InformationRow]:
    """What the members have been told; those who have been told the same stand together, as `Alle` if it is all."""
    told: dict[int, list[str]] = {member.subject_id: [] for member in page.members}
    for row in page.information:
        if row.subject_id in told:
            told[row.subject_id].append(_information_in_words(row))
    alike: dict[tuple[str, ...], list[str]] = {}
    for member in page.members:
        alike.setdefault(tuple(told[member.subject_id]), []).append(member.given_name or member.family_name)
    everyone = gettext("Alle") if len(alike) == 1 and len(page.members) > 1 else ""
    return [InformationRow(everyone or ", ".join(names), words) for words, names in alike.items()]


def _information_in_words(row: InformationGiven) -> str:
    """`22. oktober 2026: i gruppe, ukrainsk, av Elsa Fossheim, gjennom tolk`."""
    mode = str(MODES[InformationMode(row.mode)])
    words = gettext("%(mode)s, %(language)s, av %(name)s") % {
        "mode": mode[:1].lower() + mode[1:],
        "language": language_name(row.language),
        "name": row.given_by_name,
    }
    with_interpreter = [gettext("gjennom tolk")] if row.with_interpreter else []
    return f"{in_words(row.given_on)}: {', '.join([words, *with_interpreter])}"


def notices_of(page: InterviewPage) -> list[str]:
    """What the staff should know, and that stops nothing."""
    notices = []
    if page.is_supplement:
        names = ", ".join(part.member.name for part in page.progress)
        words = gettext("Samtalen er holdt, og svarene står. IMDi ber dere spørre dem som er kommet til: %(names)s.")
        notices.append(words % {"names": names})
    if page.is_correction:
        notices.append(
            gettext("Samtalen er åpnet igjen for å rette svar. Svarene fra før gjelder til dere fullfører den på nytt.")
        )
        return notices
    if not page.has_group_session:
        notices.append(
            gettext("Informasjon i gruppe er ikke gitt. Alle beboere skal få den generelle informasjonen slik.")
        )
    language = page.interview.language
    strangers = [part.member.name for part in page.progress if _does_not_understand(part.person.languages, language)]
    if language and strangers:
        notices.append(
            gettext("%(names)s forstår ikke %(language)s ifølge registeret.")
            % {"names": ", ".join(strangers), "language": language_name(language)}
        )
    if page.case.is_unaccompanied_on(page.on):
        notices.append(
            gettext(
                "Enslig mindreårig: Opplysninger går aldri direkte fra mottaket til kommunen, alltid gjennom IMDi. "
                "Registrer bare det som har noe å si for bosettingen."
            )
        )
        notices.append(
            gettext(
                "Spør vergen, representanten eller følgepersonen om å være med i samtalen. "
                "Skriv hvem som var med når dere fullfører den."
            )
        )
    return notices


def who_was_with_them(page: InterviewPage) -> str:
    """Who was with minors alone in an interview that was held; that nobody is known to have been; empty for others."""
    if not page.was_held or not page.mapped:
        return ""
    named = [how.accompanied_by for how in page.state.participation.values() if how.accompanied_by]
    return ", ".join(dict.fromkeys(named)) or gettext("ikke registrert")


def _does_not_understand(languages: tuple[str, ...], language: str) -> bool:
    return bool(languages) and language not in languages
