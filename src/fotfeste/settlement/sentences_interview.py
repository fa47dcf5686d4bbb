"""The sentences of the interview: refusals, what is missing, and the words for questions and what is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.decisions import Reason
from fotfeste.settlement.domain.contents import Question

INTERVIEW_SENTENCES: Mapping[str, str | Promise] = {
    "interview_is_finished": _(
        "Bosettingssamtalen er allerede registrert og sendt IMDi. Skriv det nye som en intern bosettingsmerknad. "
        "Er et svar feil, åpner du samtalen igjen."
    ),
    "reopening_needs_reason": _("Skriv hva som er feil."),
    "interview_of_an_ended_case": _(
        "Bosettingssaken er avsluttet, og da rettes ikke samtalen. Er de bosatt, snakker kommunen med dem selv."
    ),
    "interview_is_reopened": _("En kollega har allerede åpnet samtalen igjen."),
    "interview_is_being_supplemented": _(
        "Mottaket spør nå dem som er kommet til. Fullfør det først, og åpne samtalen igjen etterpå."
    ),
    "nobody_corrects_the_interview": _("Husstanden bor ikke på noe mottak nå, så ingen kan rette samtalen."),
    "interview_is_being_corrected": _("Mottaket retter samtalen nå. Vent til den er fullført på nytt."),
    "interview_is_not_reopened": _("Samtalen er ikke åpnet for retting."),
    "a_held_interview_is_reopened": _("Bare en samtale som er holdt, kan åpnes igjen."),
    "interview_incomplete": _("Samtalen kan ikke fullføres ennå. Dette mangler: {missing}"),
    "interview_in_future": _("Samtalen kan ikke være holdt fram i tid. Velg i dag eller en tidligere dag."),
    "interview_after_registration": _(
        "Samtalen ble registrert {day}. Den kan ikke være holdt etter det. Velg den dagen eller en tidligere dag."
    ),
    "interview_before_invitation": _(
        "Husstanden ble informert og innkalt senest {day}. Velg den dagen eller en senere dag."
    ),
    "asked_otherwise_that_day": _(
        "{names} hadde en annen alder den dagen, og skulle vært spurt på en annen måte. Dagen kan ikke endres til den."
    ),
    "planned_for_another_age": _(
        "{names} har en annen alder dagen dere oppgir, enn den avtalte dagen, og skal spørres på en annen måte. "
        "Rett først dagen under «Tid, tolk og innkalling», og se over svarene."
    ),
    "case_is_there": _("Det er allerede åpnet en bosettingssak for husstanden. Mottaket har fått beskjed."),
    "everybody_has_left": _(
        "Alle i husstanden har reist. Plasser dem på et mottak først, hvis de er kommet tilbake. "
        "Er avreisen registrert feil, må den tas tilbake."
    ),
    "nobody_has_applied": _(
        "Ingen i husstanden venter på svar på en søknad om beskyttelse. "
        "Mottaket får beskjed av seg selv når noen har fått tillatelse."
    ),
    "interview_before_permit": _("Samtalen kan ikke være holdt før vedtaket. Velg vedtaksdagen eller senere."),
    "planned_before_permit": _("Samtalen kan ikke være før vedtaket. Velg vedtaksdagen eller senere."),
    "question_not_for_child": _(
        "{name} er barn i familien. Bare spørsmålet om tilrettelegging besvares for barn; resten spør du de voksne om."
    ),
    "own_talk_not_offered_to": _(
        "{name} er ikke blant dem som får tilbud om egen samtale. Tilbudet gjelder barn i familien fra de fyller 12 år."
    ),
    "mapping_note_only_for_minors": _("Bosettingsmerknad fra kartlegging gjelder bare enslige mindreårige."),
    "information_in_future": _("Informasjonen kan ikke være gitt fram i tid. Velg i dag eller en tidligere dag."),
    "information_before_registration": _("Informasjonen kan ikke være gitt før de ble registrert {day}."),
    "information_to_nobody": _("Velg hvem som har fått informasjonen."),
    "information_giver_missing": _("Skriv navnet på den som ga informasjonen."),
    "language_not_understood": _(
        "Dette språket står ikke blant språkene til {names}. Velg et språk de forstår, eller rett språkene deres først."
    ),
    "language_missing": _("Velg språk."),
    "interview_place_missing": _("Skriv hvor samtalen skal være."),
    "hour_does_not_exist": _(
        "Klokken {clock} finnes ikke {day}: da stilles klokken fram en time til sommertid. Velg et annet klokkeslett."
    ),
    "interpreter_state_known": _("Velg om det trengs tolk, og om tolken er bestilt."),
    "invite_needs_a_plan": _("Avtal tid og sted for samtalen før du kaller inn."),
    "invited_in_future": _("Innkallingen kan ikke være gitt fram i tid. Velg i dag eller en tidligere dag."),
    "invited_after_interview": _("Innkallingen må være gitt senest den dagen samtalen er."),
    "leaflet_language_unknown": _("Informasjonsarket finnes på norsk, ukrainsk og russisk. Velg ett av dem."),
    "note_is_empty": _("Skriv hva merknaden skal si."),
    "note_before_interview": _(
        "Samtalen er ikke fullført ennå. Skriv opplysningen i selve samtalen, ikke som merknad."
    ),
    "passed_on_after_the_end": _(
        "Bosettingssaken er avsluttet, og da går det ikke flere opplysninger til kommunen herfra. "
        "Er de bosatt, snakker kommunen med dem selv."
    ),
    "talked_to_before_arrival": _(
        "Mottaket snakket med minst én av dem om bosetting {day}. Da kan de ikke ha vært et annet sted. Rett datoen."
    ),
    "mistake_reason_missing": _("Velg hvorfor opplysningen trekkes tilbake."),
    "note_is_taken_back": _("En kollega har allerede trukket denne opplysningen tilbake."),
    "passed_on_before_interview": _(
        "Samtalen er ikke fullført ennå. Gi opplysninger videre når husstanden er kommet i køen."
    ),
    "one_mapping_note_per_minor": _("Noen andre lagret bosettingsmerknaden samtidig. Last siden på nytt."),
    "a_mapping_note_says_something": _("Skriv hva merknaden skal si."),
    "answer_contradicts_itself": _(
        "Du har skrevet et svar, men valgt «Nei» eller «Ønsker ikke å svare». "
        "Velg «Ja», eller fjern det du har skrevet."
    ),
    "answer_schema_unknown": _("Svaret er lagret i en form ({schema}) som denne versjonen ikke kan lese."),
    "answer_field_unknown": _("Svaret har et felt ({field}) som ikke finnes i spørsmålet."),
    "answer_value_unknown": _("Velg ett av valgene."),
    "answer_text_too_long": _("Teksten er for lang. Skriv høyst {most} tegn."),
    "answer_number_out_of_range": _("Skriv et helt tall fra 0 til {most}."),
    "answer_too_many_rows": _("Skriv høyst {most} nære relasjoner."),
    "one_answer_per_question": _("Noen andre lagret et svar på det samme spørsmålet samtidig. Last siden på nytt."),
    "a_participant_once": _("Noen andre registrerte deltakelse samtidig. Last siden på nytt."),
    "declined_has_no_content": _("Den som ikke ønsker å svare, skal ikke ha noe svar registrert."),
    "declined_knows_consequence": _("Bare et ubesvart spørsmål har en følge å forklare."),
    "a_note_says_something": _("Skriv hva merknaden skal si."),
    "need_before_interview": _("Samtalen er ikke fullført ennå. Mottaket skriver behovet i selve samtalen."),
    "need_follows_age": _("Tilbud til enslige mindreårige følger av hvem de er, og endres ikke her."),
    "need_reason_missing": _("Skriv hvorfor behovet er endret."),
    "need_is_known": _("Behovet er allerede registrert."),
    "need_is_gone": _("Behovet er ikke registrert, eller det er allerede avsluttet."),
    "a_need_once": _("Behovet er allerede registrert."),
    "one_open_case_per_group": _("Husstanden har allerede en åpen bosettingssak."),
}

QUESTION_NAMES: Mapping[Question, str | Promise] = {
    Question.ADAPTATION: _("tilrettelegging"),
    Question.RELATIONS: _("nære relasjoner"),
    Question.PETS: _("kjæledyr"),
    Question.EDUCATION: _("utdanning"),
    Question.OCCUPATION: pgettext_lazy("question", "yrke"),
}

_REASONS: Mapping[str, str | Promise] = {
    "information_missing": _("{name} har ikke fått informasjon før samtalen"),
    "invitation_missing": _("innkallingen er ikke registrert"),
    "interpreter_not_booked": _("det er ikke avklart om tolk er bestilt ({names} trenger tolk)"),
    "interpreter_came_not": _("tolken møtte ikke; avtal ny tolk"),
    "answer_missing": _("{name} er ikke spurt om {question}"),
    "consequence_not_explained": _("{name} ønsker ikke å svare om {question}, og følgen er ikke forklart"),
    "adaptation_not_described": _("behovet for tilrettelegging er ikke beskrevet for {name}"),
    "adaptation_bears_on_nothing": _(
        "det er ikke sagt hva behovet til {name} virker inn på; virker det ikke inn på sted, bolig eller tjenester, "
        "skal det ikke registreres"
    ),
    "relations_not_named": _("nære relasjoner mangler navn eller relasjon for {name}"),
    "pets_not_described": _("det er ikke sagt hva slags kjæledyr {name} har"),
    "education_level_missing": _("utdanningsnivået mangler for {name}"),
    "occupation_not_named": _("det siste yrket mangler for {name}"),
    "child_not_heard": _("{name} er ikke hørt og orientert"),
    "own_talk_not_offered": _("{name} har ikke fått tilbud om egen samtale"),
    "own_talk_not_answered": _("{name} har ikke svart på tilbudet om egen samtale"),
    "own_talk_not_held": _("{name} ønsker egen samtale, og den er ikke holdt"),
    "mapping_note_missing": _("bosettingsmerknaden fra kartleggingen mangler ({names})"),
    "tell_the_doctor": _("skal ikke registreres her; be personen si det til fastlegen etter bosetting"),
    "bears_on_place": _("virker inn på valg av bosted"),
    "bears_on_housing": _("virker inn på boligen"),
    "bears_on_services": _("virker inn på tjenestene"),
}


_UNASKED = "answer_missing"


def reason_in_words(reason: Reason) -> str:
    """A reason of the interview's rules as a clause, in the language of the request."""
    fields = {key: str(value) for key, value in reason.fields.items()}
    if "question" in fields:
        fields["question"] = _question(reason)
    return str(_REASONS[reason.code]).format(**fields)


def listed(words: Sequence[str]) -> str:
    """`a, b og c` in the language of the request."""
    if len(words) < 2:
        return "".join(words)
    return gettext("{most} og {last}").format(most=", ".join(words[:-1]), last=words[-1])


@dataclass(frozen=True, slots=True)
class Missing:
    """What an interview lacks; as text, the clauses one after the other in the language of the reader."""

    reasons: tuple[Reason, ...]

    def in_words(self) -> list[str]:
        """Each missing thing as a clause; what one person has not been asked about is one clause."""
        unasked: dict[str, list[str]] = {}
        for reason in self.reasons:
            if reason.code == _UNASKED:
                unasked.setdefault(_name(reason), []).append(_question(reason))
        clauses = []
        for reason in self.reasons:
            if reason.code != _UNASKED:
                clauses.append(reason_in_words(reason))
            elif questions := unasked.pop(_name(reason), []):
                clauses.append(str(_REASONS[_UNASKED]).format(name=_name(reason), question=listed(questions)))
        return clauses

    def __str__(self) -> str:
        return "; ".join(self.in_words()) + "."


def _name(reason: Reason) -> str:
    return str(reason.fields["name"])


def _question(reason: Reason) -> str:
    return str(QUESTION_NAMES[Question(str(reason.fields["question"]))])
