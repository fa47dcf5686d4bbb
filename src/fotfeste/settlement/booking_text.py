"""The message to the travel agent, in Norwegian: what it needs to book, change or cancel, and nothing else."""

from datetime import date

from fotfeste.settlement.domain.booking import Content
from fotfeste.settlement.domain.types import BookingKind, TravelMode

_MODES = {
    TravelMode.TRAIN: "tog",
    TravelMode.BUS: "buss",
    TravelMode.PLANE: "fly",
    TravelMode.BOAT: "båt",
    TravelMode.OWN_CAR: "egen bil",
    TravelMode.TAXI: "drosje",
    TravelMode.MINIBUS: "minibuss",
}
_HEADINGS = {
    BookingKind.BOOKING: "Bestilling av reise til bosettingskommune",
    BookingKind.CHANGE: "Endring av reise til bosettingskommune",
    BookingKind.CANCELLATION: "Avbestilling av reise til bosettingskommune",
}


def booking_text(kind: BookingKind, content: Content, agent_reference: str) -> str:
    """The whole text. `agent_reference` is that of what is changed or cancelled; empty where there is none."""
    lines = [_HEADINGS[kind]]
    if agent_reference:
        lines.append(f"Deres referanse: {agent_reference}")
    day = date.fromisoformat(content["travels_on"])
    lines += ["", f"Reisedag: {day.day}.{day.month}.{day.year}"]
    if kind is BookingKind.CANCELLATION:
        return "\n".join([*lines, "Reisen gjelder ikke lenger. Vi ber dere avbestille alle strekningene."])
    if kind is BookingKind.CHANGE:
        lines.append("Det som står her, erstatter det vi har bestilt før.")
    lines.append(f"Reisende: {_travellers(content)}")
    lines.append(f"Bagasje: {content['luggage_pieces']} kolli per person")
    if content["needs"]:
        lines.append(f"Reisen må ta hensyn til: {content['needs']}")
    lines += ["", "Strekninger:"]
    for number, leg in enumerate(content["legs"], start=1):
        departs = f" kl. {leg['departs']}" if leg["departs"] else ""
        arrives = f" kl. {leg['arrives']}" if leg["arrives"] else ""
        by = f" med {leg['operator']}" if leg.get("operator") else ""
        mode = _MODES[TravelMode(leg["mode"])]
        lines.append(f"{number}. {mode}{by}: {leg['start']}{departs} – {leg['end']}{arrives}")
    lines += ["", "Vi ber om bekreftelse med referanse og pris per strekning. Navn gir vi når billettene skrives ut."]
    return "\n".join(lines)


def _travellers(content: Content) -> str:
    adults, ages = content["adults"], content["children"]
    said = [f"{adults} {'voksen' if adults == 1 else 'voksne'}"] if adults else []
    if ages:
        listed = ", ".join(f"{age} år" if age else "under 1 år" for age in ages)
        said.append(f"{len(ages)} barn ({listed})")
    return " og ".join(said)
