"""The words of what a municipality does for those who live there privately."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.local import (
    CheckOccasion,
    CheckResult,
    CheckWay,
    ContactInterpreter,
    ContactSubject,
    ContactWay,
    FollowedUp,
    LocalConditionKind,
    ResidentGone,
    SharedRoom,
    ToldBy,
    WaitingOutcome,
)
from fotfeste.alternative.domain.types import HostRelation

CONDITION_KINDS: Mapping[str, Promise] = {
    LocalConditionKind.FAMILY: _("Familie i kommunen"),
    LocalConditionKind.NETWORK: _("Nettverk i kommunen"),
    LocalConditionKind.WORK: _("Arbeid, eller mulighet for det, i kommunen"),
    LocalConditionKind.OTHER: _("Annet vilkår"),
}
WAITING_OUTCOMES: Mapping[str, Promise] = {
    WaitingOutcome.PLACE: _("Det er plass"),
    WaitingOutcome.NO_PLACE: _("Det er ikke plass"),
    WaitingOutcome.WITHDRAWN: _("De ønsker det ikke lenger"),
}
TOLD_BY: Mapping[str, Promise] = {
    ToldBy.HOST: _("Verten"),
    ToldBy.PERSON: _("Personen selv"),
    ToldBy.VOLUNTEER: _("En frivillig organisasjon"),
    ToldBy.SERVICE: _("En annen tjeneste i kommunen"),
    ToldBy.OTHER: _("Noen andre"),
}
RESIDENT_GONE: Mapping[str, Promise] = {
    ResidentGone.APPLIED: _("De har søkt om å bo privat"),
    ResidentGone.MOVED: _("De bor ikke her lenger"),
    ResidentGone.MISTAKE: _("Det var feil"),
}
CHECK_WAYS: Mapping[str, Promise] = {
    CheckWay.VISIT: _("Befaring"),
    CheckWay.TALK_WITH_GUEST: _("Samtale med dem som bor der"),
    CheckWay.TALK_WITH_HOST: _("Samtale med verten"),
}
CHECK_OCCASIONS: Mapping[str, Promise] = {
    CheckOccasion.AGREEMENT: _("De skal bo eller har begynt å bo der"),
    CheckOccasion.FOLLOW_UP: _("Oppfølging"),
    CheckOccasion.SETTLEMENT: _("De skal bosettes der de bor"),
}
SHARED_ROOMS: Mapping[str, Promise] = {
    SharedRoom.KITCHEN: _("Kjøkken"),
    SharedRoom.BATHROOM: _("Bad"),
    SharedRoom.LIVING_ROOM: _("Stue"),
    SharedRoom.BEDROOM: _("Soverom"),
}
HOST_RELATIONS: Mapping[str, Promise] = {
    HostRelation.FAMILY: _("Familie"),
    HostRelation.FRIEND: _("Venn"),
    HostRelation.ACQUAINTANCE: _("Noen de kjenner gjennom andre"),
    HostRelation.STRANGER: _("Noen de ikke kjente"),
    HostRelation.ORGANISATION: _("En organisasjon eller kommunen"),
}
CHECK_RESULTS: Mapping[str, Promise] = {
    CheckResult.ACCEPTABLE: _("Enkel, men god nok"),
    CheckResult.MUST_BE_MENDED: _("God nok når noe er gjort"),
    CheckResult.NOT_ACCEPTABLE: _("Ikke god nok: de må flytte"),
}
CHECK_TONES: Mapping[str, str] = {
    CheckResult.ACCEPTABLE: "success",
    CheckResult.MUST_BE_MENDED: "warning",
    CheckResult.NOT_ACCEPTABLE: "danger",
}
CONTACT_WAYS: Mapping[str, Promise] = {
    ContactWay.HOME: _("Hjemme hos dem"),
    ContactWay.OFFICE: _("På kontoret"),
    ContactWay.PHONE: _("Telefon eller video"),
    ContactWay.MESSAGE: _("Melding"),
    ContactWay.GROUP: _("Informasjonsmøte for flere"),
}
CONTACT_INTERPRETERS: Mapping[str, Promise] = {
    ContactInterpreter.NOT_NEEDED: _("Trengtes ikke"),
    ContactInterpreter.PRESENT: _("Tolk til stede"),
    ContactInterpreter.REMOTE: _("Tolk på telefon eller video"),
    ContactInterpreter.MISSING: _("Trengtes, men var ikke der"),
}
CONTACT_SUBJECTS: Mapping[str, Promise] = {
    ContactSubject.HOME: _("Boligen"),
    ContactSubject.HOST: _("Hvordan det går med dem de bor hos"),
    ContactSubject.SCHOOL: _("Barnehage og skole"),
    ContactSubject.NORWEGIAN: _("Norskopplæring"),
    ContactSubject.WORK: _("Arbeid"),
    ContactSubject.MONEY: _("Økonomi"),
    ContactSubject.HEALTH_SERVICES: _("Veien til helsetjenestene"),
    ContactSubject.SETTLEMENT: _("Bosetting"),
    ContactSubject.RIGHTS: _("Rettigheter, og at ingen må bo hos fremmede"),
    ContactSubject.OTHER: _("Annet"),
}
FOLLOWED_UP: Mapping[str, Promise] = {
    FollowedUp.HOME_SEEN: _("Boligen er sjekket"),
    FollowedUp.SCHOOL: _("Skole"),
    FollowedUp.KINDERGARTEN: _("Barnehage"),
    FollowedUp.HEALTH_SERVICES: _("Helsetjenester"),
    FollowedUp.NORWEGIAN: _("Norskopplæring"),
    FollowedUp.WORK: _("Arbeid eller tiltak"),
    FollowedUp.LEISURE: _("Fritid"),
}

LOCAL_EVENT_WORDS: Mapping[str, Promise] = {
    "alternative.housing_checked": _("Boligen ble sjekket"),
    "alternative.contact_person_named": _("Fikk kontaktperson i kommunen"),
    "alternative.contact_logged": _("Kontakt med kommunen"),
    "alternative.report_sent": _("Årsrapport sendt til UDI"),
}
LOCAL_CAUSES: Mapping[str, Promise] = {
    "accommodation.private_stay_started": _("de bor privat hos dere"),
    "alternative.housing_checked": _("forrige sjekk av boligen"),
    "alternative.contact_logged": _("forrige kontakt"),
}
