"""The words of the interview: fields and values of answers, states, events, causes, in the viewer's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.domain.answers import CLAIM_OF, main_claim
from fotfeste.settlement.domain.contents import (
    AnswerOutcome,
    BearsOn,
    CloseRelation,
    Content,
    Degree,
    EducationLevel,
    FunctionArea,
    GrantState,
    HelpKind,
    Mastery,
    Question,
    Relations,
)
from fotfeste.settlement.domain.interview import GivenAnswer
from fotfeste.settlement.domain.types import InformationMode, OwnTalk

type Words = Mapping[str, str | Promise]

CASE_STATES: Words = {
    "interview_due": _("venter på bosettingssamtale"),
    "queued": _("venter på kommune"),
    "requested": _("en kommune er spurt"),
    "municipality_found": _("kommune funnet"),
    "offered": _("tilbud gitt"),
    "accepted": _("tilbud tatt imot"),
    "journey_agreed": _("reise avtalt"),
    "refused": _("tilbud avslått"),
    "settled": _("bosatt"),
    "closed": _("avsluttet"),
}
WAITS_FOR_DECISION = _("venter på vedtak")
INTERPRETERS: Words = {
    "not_booked": _("Ikke bestilt ennå"),
    "booked": _("Bestilt"),
    "not_needed": _("Trengs ikke"),
    "came_not": _("Tolken møtte ikke"),
}
MODES: Words = {InformationMode.GROUP: _("I gruppe"), InformationMode.INDIVIDUAL: _("Individuelt")}
OWN_TALKS: Words = {
    OwnTalk.NOT_OFFERED: _("Ikke tilbudt ennå"),
    OwnTalk.OFFERED: _("Tilbudt, ikke svart"),
    OwnTalk.WANTED: _("Ønsker egen samtale"),
    OwnTalk.NOT_WANTED: _("Ønsker ikke egen samtale"),
    OwnTalk.HELD: _("Egen samtale er holdt"),
}
INTERVIEW_EVENT_WORDS: Words = {
    "settlement.alerted_early": _("UDI ba om bosettingssamtale før vedtaket"),
    "settlement.case_opened": _("Bosettingssak åpnet"),
    "settlement.information_given": _("Informasjon gitt før bosettingssamtalen"),
    "settlement.interview_planned": _("Bosettingssamtale avtalt"),
    "settlement.residents_invited": _("Kalt inn til bosettingssamtale"),
    "settlement.answers_saved": _("Svar i bosettingssamtalen lagret"),
    "settlement.participants_registered": _("Deltakelse i bosettingssamtalen registrert"),
    "settlement.mapping_note_saved": _("Bosettingsmerknad fra kartlegging lagret"),
    "settlement.register_interview": _("Bosettingssamtale registrert og sendt IMDi"),
    "settlement.interview_supplemented": _("Bosettingssamtalen er supplert for dem som er kommet til"),
    "settlement.interview_reopened": _("Bosettingssamtalen er åpnet igjen for å rette svar"),
    "settlement.interview_corrected": _("Svar i bosettingssamtalen er rettet"),
    "settlement.interview_day_corrected": _("Dagen for bosettingssamtalen er rettet"),
    "settlement.interview_confirmed": _("Bosettingssamtalen er fullført på nytt uten endringer"),
    "settlement.note_added": _("Intern bosettingsmerknad lagt til"),
    "settlement.note_passed_on": _("IMDi ga en merknad videre til kommunen"),
    "settlement.passed_on": _("IMDi ga opplysninger videre til kommunen"),
    "settlement.notes_read": _("IMDi leste bosettingsmerknadene"),
    "settlement.need_added": _("IMDi la til et behov som kommunen må dekke"),
    "settlement.need_ended": _("IMDi avsluttet et behov som kommunen måtte dekke"),
    "settlement.need_asked": _("Kommunen er spurt om den kan dekke et nytt behov"),
    "settlement.need_met": _("Kommunen svarte at den kan dekke et nytt behov"),
    "settlement.need_not_met": _("Kommunen svarte at den ikke kan dekke et nytt behov"),
    "settlement.need_confirmed": _("IMDi registrerte at kommunen har bekreftet et nytt behov"),
}
INTERVIEW_CAUSES: Words = {
    "settlement.alerted_early": _("UDI ba om den før vedtaket"),
    "settlement.case_opened": _("vedtak om tillatelse"),
    "settlement.register_interview": _("bosettingssamtalen er registrert"),
    "settlement.note_added": _("mottaket har skrevet en merknad"),
    "settlement.need_asked": _("husstanden trenger mer enn da kommunen svarte ja"),
    "settlement.need_not_met": _("kommunen kan ikke dekke et nytt behov"),
    "settlement.interview_reopened": _("et svar i bosettingssamtalen er feil"),
    "settlement.interview_corrected": _("svar i bosettingssamtalen er rettet"),
}

VALUES: Words = {
    f"{type(value).__name__}.{value}": words
    for value, words in (
        (BearsOn.PLACE, _("valg av bosted")),
        (BearsOn.HOUSING, pgettext_lazy("bears on", "boligen")),
        (BearsOn.SERVICES, _("tjenester (skole, helse, hjelp i hjemmet)")),
        (FunctionArea.MOBILITY, _("mobilitet")),
        (FunctionArea.COGNITION, _("kognisjon")),
        (FunctionArea.HEARING, _("hørsel")),
        (FunctionArea.SPEECH, _("taleevne")),
        (FunctionArea.BEHAVIOUR, _("atferd")),
        (FunctionArea.OTHER, _("annet")),
        (GrantState.NONE, _("nei")),
        (GrantState.CONSIDERED, _("vurdert")),
        (GrantState.STARTED, _("satt i gang")),
        (Mastery.ALONE, _("klarer selv")),
        (Mastery.WITH_HELP, _("med hjelp")),
        (Mastery.NOT, _("klarer ikke")),
        (Degree.YES, _("ja")),
        (Degree.PARTLY, _("delvis")),
        (Degree.NO, _("nei")),
        (HelpKind.HOME_NURSING, _("hjemmesykepleie")),
        (HelpKind.PERSONAL_ASSISTANT, _("brukerstyrt personlig assistent")),
        (HelpKind.SUPPORT_CONTACT, _("støttekontakt")),
        (HelpKind.SCHOOL_ASSISTANT, _("assistent i skole eller barnehage")),
        (HelpKind.OTHER, _("annet")),
        (EducationLevel.PRIMARY, _("grunnskole")),
        (EducationLevel.UPPER_SECONDARY, _("videregående skole")),
        (EducationLevel.VOCATIONAL, _("fagutdanning")),
        (EducationLevel.BACHELOR, _("universitet eller høyskole, inntil fire år")),
        (EducationLevel.MASTER, _("universitet eller høyskole, mer enn fire år")),
        (EducationLevel.DOCTORATE, _("doktorgrad")),
    )
}

# By question and field, as they stand in forms and panels.
LABELS: Words = {
    "adaptation-description": _("Hva trenger personen konkret?"),
    "adaptation-bears_on": _("Hva virker behovet inn på?"),
    "adaptation-told_to_inform_doctor": _("Har fått beskjed om å informere fastlegen etter bosetting"),
    "adaptation-extra-function_areas": _("Funksjonsnedsettelse gjelder"),
    "adaptation-extra-function_description": _("Beskriv funksjonsnedsettelsen"),
    "adaptation-extra-grants": _("Er ekstraordinære driftstilskudd satt i gang eller vurdert?"),
    "adaptation-extra-grants_description": _("Hvilke tilskudd?"),
    "adaptation-extra-needs_specialist": _("Trenger oppfølging av spesialisthelsetjenesten?"),
    "adaptation-extra-specialist_kind": _("Hva slags oppfølging?"),
    "adaptation-extra-services_in_place": _("Kommunale tjenester som er i gang"),
    "adaptation-extra-services_to_start": _("Kommunale tjenester som bør settes i gang, og hvorfor"),
    "adaptation-extra-cooking": _("Matlaging"),
    "adaptation-extra-hygiene": _("Hygiene"),
    "adaptation-extra-cleaning": _("Renhold i egen bolig"),
    "adaptation-extra-economy": _("Håndtere egen økonomi"),
    "adaptation-extra-moving": _("Fysisk mobilitet"),
    "adaptation-extra-measures_effect": _("Effekt av tiltak som er satt i gang"),
    "adaptation-extra-takes_guidance": _("Mottakelig for veiledning?"),
    "adaptation-extra-takes_part_in_training": _("Kan delta i opplæring eller kvalifisering?"),
    "adaptation-extra-training_adaptation": _("Tilpasninger som trengs i opplæringen"),
    "adaptation-extra-needs_adapted_housing": _("Trenger tilrettelagt bolig eller utstyr?"),
    "adaptation-extra-adapted_housing_description": _("Beskriv behovet (rullestol, trappeheis og lignende)"),
    "adaptation-extra-needs_staffed_housing": _("Trenger bemannet bolig?"),
    "adaptation-extra-is_staffed_round_the_clock": _("Bemanning hele døgnet?"),
    "adaptation-extra-needs_supervision": _("Tilsyn?"),
    "adaptation-extra-staff_count": _("Antall personell"),
    "adaptation-extra-can_share_housing": _("Kan bo i bofellesskap?"),
    "adaptation-extra-help_kinds": _("Oppfølging hjemme, i undervisning eller i arbeid"),
    "adaptation-extra-help_description": _("Beskriv oppfølgingen"),
    "adaptation-extra-family_assists": _("Hjelper familien til med daglige aktiviteter?"),
    "adaptation-extra-family_assists_with": _("Hva hjelper familien med?"),
    "relations-name": _("Navn"),
    "relations-relation": _("Relasjon"),
    "relations-contact": _("Telefon eller e-post"),
    "relations-municipality": _("Kommune"),
    "pets-description": _("Hva slags dyr, og hvor mange?"),
    "pets-will_part": _("Kan de gi fra seg dyret hvis de må?"),
    "education-level": _("Høyeste nivå som er oppnådd"),
    "education-field": _("Fagfelt"),
    "education-other": _("Annen utdanning"),
    "occupation-title": _("Siste yrke i hjemlandet"),
    "occupation-other": _("Annen arbeidserfaring"),
}
HEADINGS: Words = {
    Question.ADAPTATION: _("Tilrettelegging"),
    Question.RELATIONS: _("Nære relasjoner"),
    Question.PETS: _("Kjæledyr"),
    Question.EDUCATION: _("Utdanning"),
    Question.OCCUPATION: pgettext_lazy("heading", "Yrke"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was answered: what was asked, and the answer in words."""

    label: str
    value: str

    @property
    def lead(self) -> str:
        """What was asked, as it stands before the answer: a question has its mark already."""
        return self.label if self.label.endswith("?") else f"{self.label}:"


def value_in_words(value: StrEnum) -> str:
    """A choice of an answer in words."""
    return str(VALUES[f"{type(value).__name__}.{value}"])


def yes_or_no(*, is_yes: bool) -> str:
    """Ja or nei."""
    return gettext("Ja") if is_yes else gettext("Nei")


def answer_in_words(
    question: Question, answer: GivenAnswer | None, municipalities: Mapping[str, str]
) -> tuple[str, list[Fact]]:
    """The answer in a word or two, and its details. `municipalities`: names by number."""
    if answer is None:
        return gettext("Ikke spurt ennå"), []
    if answer.outcome is AnswerOutcome.DECLINED:
        return gettext("Ønsker ikke å svare"), []
    content = answer.content
    claim = main_claim(content) if content is not None else None
    short = gettext("Påbegynt") if claim is None else yes_or_no(is_yes=claim)
    return short, list(_facts(question, content, municipalities)) if content is not None else []


def _facts(question: Question, content: Content, municipalities: Mapping[str, str]) -> Iterator[Fact]:
    if isinstance(content, Relations):
        for relation in content.relations:
            yield Fact(relation.relation or gettext("Nær relasjon"), _relation_in_words(relation, municipalities))
        return
    yield from _plain_facts(question.value, content, leaving_out=CLAIM_OF[question])


def _relation_in_words(relation: CloseRelation, municipalities: Mapping[str, str]) -> str:
    place = municipalities.get(relation.municipality, relation.municipality)
    return ", ".join(part for part in (relation.name, place, relation.contact) if part)


def _plain_facts(path: str, value: Any, leaving_out: str = "") -> Iterator[Fact]:
    for each in fields(value):
        item = getattr(value, each.name)
        if each.name == leaving_out:
            continue
        if is_dataclass(item):
            yield from _plain_facts(f"{path}-{each.name}", item)
        elif words := _item_in_words(item, is_plain_flag=each.default is False):
            yield Fact(str(LABELS[f"{path}-{each.name}"]), words)


def _item_in_words(item: object, *, is_plain_flag: bool) -> str:
    if item is None or item == "" or item == () or (is_plain_flag and item is False):
        return ""
    if isinstance(item, bool):
        return yes_or_no(is_yes=item)
    if isinstance(item, tuple):
        return ", ".join(value_in_words(part) for part in item)
    return value_in_words(item) if isinstance(item, StrEnum) else str(item)
