"""The words of applications, parties, grounds and ends, in the viewer's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.handling import Handler
from fotfeste.alternative.domain.types import (
    Condition,
    ConfirmationWay,
    EndCause,
    FilledInBy,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
)

SCHEMES: Mapping[Scheme, str] = {Scheme.AMOT: "AMOT", Scheme.MAMOT: "MAMOT"}
SCHEME_NAMES: Mapping[Scheme, Promise] = {
    Scheme.AMOT: _("alternativ mottaksplass (AMOT)"),
    Scheme.MAMOT: _("midlertidig alternativ mottaksplass (MAMOT)"),
}
PROCEDURES: Mapping[Procedure, Promise] = {
    Procedure.ALONE: _("Søker alene, UDI spør kommunen"),
    Procedure.FAST: _("Hurtigprosedyre: søker, vert og kommune sammen"),
    Procedure.GROUP: _("Gruppe: kommunen har meldt plasser"),
}
STATES: Mapping[str, Promise] = {
    "draft": _("Utkast"),
    "waiting_for_parties": _("Venter på svar fra dem det gjelder"),
    "submitted": _("Til avgjørelse hos UDI"),
    "at_municipality": _("Hos kommunen"),
    "granted": _("Innvilget"),
    "refused": _("Avslått"),
    "withdrawn": _("Trukket"),
}
STATE_COLOURS: Mapping[str, str] = {
    "draft": "neutral",
    "waiting_for_parties": "warning",
    "submitted": "info",
    "at_municipality": "info",
    "granted": "success",
    "refused": "danger",
    "withdrawn": "neutral",
}
FILLED_IN_BY: Mapping[FilledInBy, Promise] = {
    FilledInBy.APPLICANT: _("Søkeren selv"),
    FilledInBy.HELPER: _("En hjelper"),
    FilledInBy.STAFF: _("En ansatt"),
}
PARTIES: Mapping[Party, Promise] = {
    Party.APPLICANT: _("Søkeren"),
    Party.HOST: _("Verten"),
    Party.MUNICIPALITY: _("Kommunen"),
}
ANSWERS: Mapping[PartyAnswer, Promise] = {PartyAnswer.YES: _("Ja"), PartyAnswer.NO: _("Nei")}
WAYS: Mapping[ConfirmationWay, Promise] = {
    ConfirmationWay.LINK: _("Med egen lenke"),
    ConfirmationWay.FORM: _("I søknaden"),
    ConfirmationWay.LOGIN: _("Innlogget"),
    ConfirmationWay.PAPER: _("På papir"),
    ConfirmationWay.IN_PERSON: _("Sa det til en ansatt"),
    ConfirmationWay.PHONE: _("På telefon"),
}
CONDITIONS: Mapping[Condition, Promise] = {
    Condition.OPEN: _("Ordningen var åpen"),
    Condition.TARGET_GROUP: _("I målgruppen"),
    Condition.NOT_ALONE: _("Ikke enslig mindreårig"),
    Condition.REGISTERED: _("Registrert hos politiet"),
    Condition.APPLIED_FOR_PROTECTION: _("Har søkt om beskyttelse"),
    Condition.DUF: _("Har DUF-nummer"),
    Condition.D_NUMBER: _("Har D-nummer"),
    Condition.HOME: _("Har funnet et sted å bo"),
    Condition.NOT_CENTRE_HOUSING: _("Boligen brukes ikke til mottak"),
    Condition.FOUR_WEEKS: _("Minst fire uker til bosetting"),
    Condition.CENTRE_PLACE: _("Har rett til plass på mottak"),
    Condition.NEED_OR_FAMILY: _("Nær familie eller særlige behov"),
}
GROUNDS: Mapping[RefusalGround, Promise] = {
    RefusalGround.NOT_IN_TARGET_GROUP: _("Ikke i målgruppen"),
    RefusalGround.MINOR_ALONE: _("Enslig mindreårig: ordningen er ikke for dem, men de kan søke AMOT"),
    RefusalGround.NOT_REGISTERED: _("Ikke registrert, eller har ikke søkt om beskyttelse"),
    RefusalGround.NO_HOME: _("Har ikke funnet et sted å bo"),
    RefusalGround.CENTRE_HOUSING: _("Boligen brukes til drift av mottak"),
    RefusalGround.SETTLED_SOON: _("Mindre enn fire uker til bosetting"),
    RefusalGround.MUNICIPALITY_DECLINED: _("Kommunen sa nei"),
    RefusalGround.HOST_DECLINED: _("Verten sa nei"),
    RefusalGround.SCHEME_CLOSED: _("Ordningen var stengt for nye søknader"),
    RefusalGround.NO_NEED: _("Verken nær familie i kommunen eller behov som mottak ikke kan dekke"),
    RefusalGround.INCOMPLETE: _("Mangler opplysninger eller svar"),
}
END_CAUSES: Mapping[EndCause, Promise] = {
    EndCause.SETTLED: _("Bosatt"),
    EndCause.OFFER_DECLINED: _("Sa nei til tilbudet om bosetting"),
    EndCause.MOVED_AWAY: _("Flyttet til en annen kommune uten avtale"),
    EndCause.AGREED_ELSEWHERE: _("Ny avtale i en annen kommune"),
    EndCause.CONDITIONS_FAILED: _("Vilkårene er ikke lenger oppfylt"),
    EndCause.MUNICIPALITY_WITHDREW: _("Kommunen trakk seg fra avtalen"),
    EndCause.SCHEME_ENDED: _("UDI avsluttet ordningen"),
    EndCause.LEFT_COUNTRY: _("Reist ut av landet"),
    EndCause.DIED: _("Død"),
    EndCause.MOVED_TO_CENTRE: _("Flyttet til mottak"),
    EndCause.LEFT_UNKNOWN: _("Flyttet, adressen er ikke kjent"),
    EndCause.GRANT_ANNULLED: _("Innvilgelsen ble tatt tilbake"),
}
WITHDRAWALS: Mapping[WithdrawalCause, Promise] = {
    WithdrawalCause.MOVED: _("De har flyttet"),
    WithdrawalCause.NOT_NEEDED: _("De trenger ikke støtten"),
    WithdrawalCause.NOT_THEIRS: _("Søkeren sier at søknaden ikke er deres"),
    WithdrawalCause.MISTAKE: _("Sendt ved en feil"),
}
HANDLERS: Mapping[Handler, Promise] = {
    Handler.PARTIES: _("Svar fra dem det gjelder"),
    Handler.UDI: _("UDI"),
    Handler.MUNICIPALITY: _("Kommunen"),
}
APPLICATION_EVENT_WORDS: Mapping[str, Promise] = {
    "alternative.apply": _("Søknad om å bo privat"),
    "alternative.submit": _("Søknaden om å bo privat er klar for UDI"),
    "alternative.matched": _("UDI fant hvem søknaden gjelder"),
    "alternative.completed": _("Søknaden om å bo privat ble utfylt"),
    "alternative.confirmed": _("Svar på søknaden om å bo privat"),
    "alternative.link_renewed": _("Ny lenke til søknaden om å bo privat"),
    "alternative.ask_municipality": _("UDI spurte kommunen om de kan bo privat der"),
    "alternative.answer_municipality": _("Kommunen svarte UDI om å bo privat"),
    "alternative.preliminary_answer_sent": _("Foreløpig svar på søknaden om å bo privat"),
    "alternative.grant": _("Søknaden om å bo privat ble innvilget"),
    "alternative.refuse": _("Søknaden om å bo privat ble avslått"),
    "alternative.withdraw": _("Søknaden om å bo privat ble trukket"),
    "alternative.withdraw_grant": _("De trakk seg før de flyttet inn"),
    "alternative.annul_grant": _("Innvilgelsen av å bo privat ble tatt tilbake"),
    "alternative.agreement_ended": _("Avtalen om å bo privat sluttet"),
}
APPLICATION_CAUSES: Mapping[str, Promise] = {
    "alternative.apply": _("de har søkt om å bo privat"),
    "alternative.ask_municipality": _("UDI spør dere"),
    "alternative.grant": _("søknaden er innvilget"),
    "alternative.agreement_ended": _("avtalen har sluttet"),
}
