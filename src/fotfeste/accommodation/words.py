"""The words of this domain's codes, in the viewer's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.domain.leaving import Leaving
from fotfeste.accommodation.domain.missing import ToldParty
from fotfeste.accommodation.domain.occupancy import Denominator
from fotfeste.accommodation.domain.types import (
    AbsenceKind,
    CentreType,
    DepartureReason,
    LeaveWithdrawal,
    OperatorKind,
    ReturnMoved,
    StayKind,
)
from fotfeste.accommodation.sentences import REASONS
from fotfeste.kernel.decisions import Reason
from fotfeste.platform.sentences import filled
from fotfeste.platform.words import days

type Words = Mapping[str, str | Promise]

CENTRE_TYPES: Words = {
    CentreType.ARRIVAL: _("ankomstsenter"),
    CentreType.TRANSIT: _("transittmottak"),
    CentreType.ORDINARY: _("ordinært mottak"),
    CentreType.EMERGENCY: _("akuttinnkvartering"),
    CentreType.INTEGRATION: _("integreringsmottak"),
    CentreType.UNACCOMPANIED_MINORS: _("mottak for enslige mindreårige"),
}
OPERATORS: Words = {
    OperatorKind.MUNICIPAL: _("kommunal"),
    OperatorKind.NON_PROFIT: _("ideell"),
    OperatorKind.PRIVATE: _("privat"),
}
STAY_KINDS: Words = {
    StayKind.CENTRE: _("mottak"),
    StayKind.AMOT: _("alternativ mottaksplass (AMOT)"),
    StayKind.MAMOT: _("midlertidig alternativ mottaksplass (MAMOT)"),
}
SHORT_KINDS: Words = {StayKind.AMOT: "AMOT", StayKind.MAMOT: "MAMOT"}
PRIVATE_STARTS: Words = {
    StayKind.AMOT: _("Begynte å bo privat (AMOT)"),
    StayKind.MAMOT: _("Begynte å bo privat (MAMOT)"),
}
LEAVING: Words = {
    Leaving.PRIVATELY: _("De flytter privat"),
    Leaving.ABROAD: _("De sier at de reiser ut av landet"),
    Leaving.GONE: _("De er borte, og ingen vet hvor"),
}
# The first four are the words of the sources (GUIDE 1.9, 2.4).
DEPARTURE_REASONS: Words = {
    DepartureReason.AGREED_SETTLEMENT: _("Avtalt bosetting"),
    DepartureReason.PRIVATE_ADDRESS: _("Forlatt botilbud, oppgitt privat adresse ved avreise"),
    DepartureReason.NO_ADDRESS: _("Forlatt botilbud, ikke oppgitt privat adresse ved avreise"),
    DepartureReason.LEFT_COUNTRY: _("Oppgitt reist ut av landet"),
    DepartureReason.MOVED_CENTRE: _("Flyttet til et annet mottak"),
    DepartureReason.REFUSED_AND_MOVED: _("Sa nei til bosetting og flyttet"),
    DepartureReason.EVICTED: _("Utkastet"),
    DepartureReason.DECEASED: _("Død"),
    DepartureReason.OFFER_DECLINED: _("Sa nei til tilbudet om bosetting"),
    DepartureReason.MOVED_WITHOUT_AGREEMENT: _("Flyttet til en annen kommune uten avtale"),
    DepartureReason.AGREED_ELSEWHERE: _("Ny avtale i en annen kommune"),
    DepartureReason.CONDITIONS_FAILED: _("Vilkårene er ikke lenger oppfylt"),
    DepartureReason.MUNICIPALITY_WITHDREW: _("Kommunen trakk seg fra avtalen"),
    DepartureReason.SCHEME_ENDED: _("UDI avsluttet ordningen"),
}
TOLD_PARTIES: Words = {
    ToldParty.POLICE: _("politiet"),
    ToldParty.CHILD_WELFARE: _("barnevernet"),
    ToldParty.GUARDIAN: _("vergen, eller statsforvalteren der det ikke er noen"),
}
ABSENCE_KINDS: Words = {
    AbsenceKind.LEAVE: _("Permisjon"),
    AbsenceKind.AWAY: _("Borte uten permisjon"),
}
LEAVE_WITHDRAWALS: Words = {
    LeaveWithdrawal.NOT_GOING: _("De skal ikke reise likevel"),
    LeaveWithdrawal.NO_LONGER_GRANTED: _("Permisjonen gis ikke lenger"),
    LeaveWithdrawal.REGISTERED_BY_MISTAKE: _("Den ble registrert ved en feil"),
}
RETURNS_MOVED: Words = {
    ReturnMoved.ASKED: _("De ba om det"),
    ReturnMoved.HINDERED: _("De er hindret i å komme den avtalte dagen"),
    ReturnMoved.NEEDED_HERE: _("Noen må treffe dem en annen dag"),
    ReturnMoved.WRONG_DAY: _("Dagen var skrevet feil"),
}
DENOMINATORS: Words = {
    Denominator.PLACES: _("plasser i drift"),
    Denominator.PLACES_MAXIMUM: _("plasser når det er utvidet"),
    Denominator.USABLE_BEDS: _("senger som kan brukes"),
}
EVENT_WORDS: Words = {
    "accommodation.placed": _("Plassert på mottak"),
    "accommodation.beds_assigned": _("Fikk senger"),
    "accommodation.leave_granted": _("Fikk permisjon"),
    "accommodation.absence_registered": _("Registrert som borte"),
    "accommodation.missing_reported": _("Meldt fra om at noen er borte"),
    "accommodation.missing_seen": _("UDI så at noen er meldt borte"),
    "accommodation.return_moved": _("Avtalte en annen dag å være tilbake"),
    "accommodation.leave_withdrawn": _("Permisjonen ble trukket tilbake"),
    "accommodation.returned": _("Kom tilbake"),
    "accommodation.departed": _("Reiste fra mottaket"),
    "accommodation.address_registered": _("Adressen de reiste til, ble registrert"),
    "accommodation.departure_annulled": _("En avreise ble tatt tilbake"),
    "accommodation.arrival_corrected": _("Dagen de kom til mottaket, ble rettet"),
    "accommodation.private_stay_started": _("Begynte å bo privat med offentlig støtte"),
    "accommodation.private_stay_ended": _("Bor ikke lenger privat med offentlig støtte"),
    "accommodation.private_stay_corrected": _("Dagene de bodde privat, ble rettet"),
    **{f"accommodation.private_stay_started:{kind}": words for kind, words in PRIVATE_STARTS.items()},
    **{f"accommodation.private_stay_ended:{reason}": words for reason, words in DEPARTURE_REASONS.items()},
    **{f"accommodation.departed:{reason}": words for reason, words in DEPARTURE_REASONS.items()},
}
CAUSES: Words = {
    "accommodation.leave_granted": _("noen har permisjon, og skal være tilbake"),
    "accommodation.absence_registered": _("noen er borte uten permisjon"),
    "accommodation.missing_reported": _("mottaket har meldt fra om en enslig mindreårig som er borte"),
    "accommodation.placed": _("plassert hos dere"),
    "accommodation.household_changed": _("husstanden er endret"),
    "accommodation.departure_annulled": _("avreisen var registrert feil: de har ikke reist"),
    "accommodation.arrival_corrected": _("de kom en annen dag enn det var registrert"),
}


def reason_sentence(reason: Reason) -> str:
    """A decision's reason as a sentence; numbers of days as words (`1 dag`, `3 dager`)."""
    fields: dict[str, object] = dict(reason.fields)
    if isinstance(count := fields.get("days"), int):
        fields["days"] = days(count)
    return filled(str(REASONS[reason.code]), fields)
