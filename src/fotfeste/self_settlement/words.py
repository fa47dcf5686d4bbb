"""The words of agreed self-settlement: states, reasons, events, why a task came."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.self_settlement.domain.empty_rent import PaidBy
from fotfeste.self_settlement.domain.types import Check, DepositBy, EndCause, HomeOutcome, NoReason, WhyThere

STATES: Mapping[str, Promise] = {
    "asked": _("venter på svar fra kommunen"),
    "finding_home": _("kommunen har sagt ja, og de leter etter bolig"),
    "home_sent": _("kommunen vurderer bolig og kontrakt"),
    "approved": _("godkjent av kommunen, venter på IMDi"),
    "agreed": _("avtalt med IMDi, skal flytte inn"),
    "settled": _("bosatt"),
    "declined": _("kommunen sa nei"),
    "withdrawn": _("trukket av husstanden"),
    "lapsed": _("falt bort"),
}
TONES: Mapping[str, str] = {
    "asked": "info",
    "finding_home": "info",
    "home_sent": "info",
    "approved": "success",
    "agreed": "success",
    "settled": "success",
    "declined": "danger",
    "withdrawn": "neutral",
    "lapsed": "neutral",
}
WHY_THERE: Mapping[str, Promise] = {
    WhyThere.WORK: _("Arbeid"),
    WhyThere.EDUCATION: _("Utdanning"),
    WhyThere.FAMILY: _("Familie"),
    WhyThere.NETWORK: _("Venner eller nettverk"),
    WhyThere.HOME: _("De har funnet en bolig"),
    WhyThere.OTHER: _("Annet"),
}
NO_REASONS: Mapping[str, Promise] = {
    NoReason.NOT_ALLOWED: _("Kommunen har ikke avtalt selvbosetting"),
    NoReason.NOT_IN_TARGET_GROUP: _("De er ikke i målgruppen"),
    NoReason.NO_CAPACITY: _("Ikke plass nå, i vedtaket eller i tjenestene"),
    NoReason.NO_SUITABLE_HOME: _("Ingen bolig kunne godkjennes"),
    NoReason.OTHER: _("Annen grunn"),
}
DEPOSIT_BY: Mapping[str, Promise] = {
    DepositBy.NONE: _("Det er ikke depositum"),
    DepositBy.HOUSEHOLD: _("Husstanden selv"),
    DepositBy.MUNICIPALITY: _("Kommunen betaler eller låner ut"),
    DepositBy.GUARANTEE: _("Kommunen gir garanti"),
    DepositBy.OTHER: _("Noen andre"),
}
EMPTY_RENT_BY: Mapping[str, Promise] = {
    PaidBy.HOUSEHOLD: _("Husstanden betaler"),
    PaidBy.MUNICIPALITY: _("Kommunen betaler"),
    PaidBy.OTHER: _("Noen andre betaler"),
}
CHECKS: Mapping[str, Promise] = {
    Check.ACCEPTABLE: _("Boligen er god nok til å bo i: varme, vann, bad, rømningsvei"),
    Check.ROOMS: _("Det er rom nok til alle som skal bo der"),
    Check.ENTRANCE: _("De har egen inngang, eller vet hvem de deler med"),
    Check.SAFE: _("Det er trygt for barn og voksne å bo der"),
    Check.SCHOOL_AND_SERVICES: _("Skole, barnehage og tjenestene de trenger, er innen rekkevidde"),
    Check.NOT_EXPLOITED: _("Ingenting tyder på at noen utnytter dem"),
    Check.UNDERSTOOD: _("De har fått forklart kontrakten på et språk de forstår"),
    Check.LANDLORD_KNOWN: _("Vi vet hvem utleieren er, og at hen eier eller får leie ut"),
    Check.WRITTEN: _("Kontrakten er skriftlig, med alle de voksne som leietakere"),
    Check.RENT_FAIR: _("Husleien er rimelig for en slik bolig her"),
    Check.DEPOSIT_LAWFUL: _("Depositumet er lovlig, og står på egen konto"),
    Check.NOTICE_LAWFUL: _("Oppsigelsestiden er lovlig"),
    Check.LONG_ENOUGH: _("Leietiden er lang nok til å slå seg til ro"),
    Check.UNSIGNED: _("Kontrakten er ikke signert ennå"),
}
HOME_OUTCOMES: Mapping[str, Promise] = {
    "": _("venter på kommunen"),
    HomeOutcome.APPROVED: _("godkjent"),
    HomeOutcome.TO_CHANGE: _("ikke godkjent slik"),
    HomeOutcome.LOST: _("godkjent, men leid ut til andre"),
}
HOME_TONES: Mapping[str, str] = {
    "": "info",
    HomeOutcome.APPROVED: "success",
    HomeOutcome.TO_CHANGE: "warning",
    HomeOutcome.LOST: "neutral",
}
END_CAUSES: Mapping[str, Promise] = {
    EndCause.OWN_WISH: _("De ønsker det ikke lenger"),
    EndCause.NO_HOME_FOUND: _("De fant ingen bolig"),
    EndCause.ASKS_ANOTHER: _("De vil heller spørre en annen kommune"),
    EndCause.OFFERED: _("IMDi ga dem tilbud om en kommune"),
    EndCause.CASE_OVER: _("Bosettingssaken er avsluttet"),
    EndCause.PERMIT_LOST: _("Ingen har tillatelse lenger"),
    EndCause.NOT_AGREED: _("IMDi og kommunen ble ikke enige"),
    EndCause.RELEASED: _("IMDi tok avtalen tilbake"),
    EndCause.MOVE_ANNULLED: _("At de flyttet inn, var registrert ved en feil"),
}
EVENT_WORDS: Mapping[str, Promise] = {
    "self_settlement.asked": _("Ba en kommune om avtalt selvbosetting"),
    "self_settlement.welcome": _("Kommunen sa ja til avtalt selvbosetting"),
    "self_settlement.decline": _("Kommunen sa nei til avtalt selvbosetting"),
    "self_settlement.no_told": _("Husstanden fikk vite at kommunen sa nei"),
    "self_settlement.over_told": _("Husstanden fikk vite at det ikke ble noe av avtalt selvbosetting"),
    "self_settlement.send_home": _("Bolig og leiekontrakt ble sendt til kommunen"),
    "self_settlement.ask_for_change": _("Kommunen sa hva som må endres i bolig eller kontrakt"),
    "self_settlement.approve_home": _("Kommunen godkjente bolig og leiekontrakt"),
    "self_settlement.lose_home": _("Boligen ble leid ut til andre"),
    "self_settlement.look_again": _("Husstanden er endret, og kommunen ser på boligen på nytt"),
    "self_settlement.confirm_home": _("Kommunen har sett på boligen på nytt, og den passer for alle"),
    "self_settlement.agree": _("Avtalt selvbosetting er avtalt med IMDi"),
    "self_settlement.not_agree": _("IMDi og kommunen ble ikke enige om avtalt selvbosetting"),
    "self_settlement.move_in": _("Flyttet inn i boligen de fant selv"),
    "self_settlement.withdraw": _("Trakk ønsket om avtalt selvbosetting"),
    "self_settlement.lapse": _("Ønsket om avtalt selvbosetting falt bort"),
    "self_settlement.reopen": _("De reiste ikke: ønsket om avtalt selvbosetting gjelder igjen"),
    "self_settlement.annul_move": _("Innflyttingen var registrert ved en feil"),
    "self_settlement.lapse_move": _("Innflyttingen var registrert ved en feil, og ønsket falt bort"),
}
CAUSES: Mapping[str, Promise] = {
    "self_settlement.asked": _("de ber om avtalt selvbosetting"),
    "self_settlement.welcome": _("kommunen har sagt ja"),
    "self_settlement.decline": _("kommunen har sagt nei"),
    "self_settlement.send_home": _("bolig og kontrakt er sendt"),
    "self_settlement.ask_for_change": _("kommunen ber om endringer"),
    "self_settlement.approve_home": _("kommunen har godkjent bolig og kontrakt"),
    "self_settlement.lose_home": _("boligen er leid ut til andre"),
    "self_settlement.household_changed": _("husstanden er en annen enn boligen er godkjent for"),
    "self_settlement.agree": _("IMDi og kommunen er enige"),
    "self_settlement.not_agree": _("IMDi og kommunen ble ikke enige"),
    "self_settlement.lapse": _("ønsket om avtalt selvbosetting falt bort"),
    "self_settlement.annul_move": _("innflyttingen var registrert ved en feil"),
    "self_settlement.lapse_move": _("innflyttingen var registrert ved en feil"),
    "self_settlement.reopen": _("ønsket falt bort ved en feil, og gjelder igjen"),
}
