"""From the interview to the front door, as those who do it do it in the browser: shared by the walks."""

from collections.abc import Sequence

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys.steps import Household, Person, days_ago, typed, typed_week
from tests.journeys.walker import Walker


def inform_and_invite(centre: Walker, household: Household) -> None:
    """Information, time and interpreter, invitation with the leaflet in their language."""
    centre.begin_task("Hold bosettingssamtale", household.name)
    centre.sees("Dette mangler før samtalen kan sendes IMDi")
    for how, day in (("I gruppe", days_ago(12)), ("Individuelt", days_ago(5))):
        centre.follow("Registrer informasjon")
        centre.tick(how)
        centre.choose("På hvilket språk?", household.language)
        centre.tick("Gjennom tolk")
        centre.fill("Når?", typed(day))
        centre.fill("Hvem ga informasjonen?", "Elsa Fossheim")
        centre.press("Lagre", within=centre.page.locator("main"))
    centre.follow("Avtal tid, sted og tolk")
    centre.fill("Dag", typed(today()))
    centre.fill("Klokkeslett", "10.30")
    centre.fill("Sted", "Møterom 2")
    centre.choose("Språk i samtalen", household.language)
    centre.tick("Bestilt")
    centre.press("Lagre", within=centre.page.locator("main"))
    centre.sees("Neste steg er å kalle inn")
    centre.fill("Innkallingen er gitt", typed(days_ago(7)))
    centre.choose("Informasjonsarket de fikk", household.language)
    centre.press("Lagre", within=centre.page.locator("main"))
    centre.sees("Møterom 2", f"Kalt inn {in_words(days_ago(7))}")


def answer(centre: Walker, person: Person, *, profession: str = "", pets: str = "") -> None:
    """The five questions to one of the interviewed; without a profession the last is declined."""
    centre.follow(f"Fyll ut for {person.given_name}")
    centre.tick("Nei", within=centre.part("Tilrettelegging"))
    centre.tick("Nei", within=centre.part("Nære relasjoner"))
    centre.tick("Ja" if pets else "Nei", within=centre.part("Kjæledyr"))
    if pets:
        centre.fill("Hva slags dyr, og hvor mange?", pets)
    centre.tick("Ja", within=centre.part("Utdanning"))
    centre.choose("Høyeste nivå som er oppnådd", "videregående skole")
    if profession:
        centre.tick("Ja", within=centre.part("Yrke"))
        centre.fill("Siste yrke i hjemlandet", profession)
    else:
        centre.tick("Ønsker ikke å svare", within=centre.part("Yrke"))
        centre.tick("Jeg har forklart følgen av ikke å svare")
    centre.press("Lagre og gå til oversikten")


def answer_for_child(centre: Walker, person: Person) -> None:
    """What the adults say of a child: whether something must be adapted."""
    centre.follow(f"Fyll ut for {person.given_name}")
    centre.tick("Nei", within=centre.part("Tilrettelegging"))
    centre.press("Lagre og gå til oversikten")


def finish(centre: Walker) -> None:
    """The interview is registered and goes to IMDi."""
    centre.sees("Alt er på plass")
    centre.follow("Fullfør samtalen")
    centre.fill("Dagen samtalen ble holdt", typed(today()))
    centre.press("", within=centre.page.locator("main form .actions"))


def ask(imdi: Walker, household: Household, municipality: str, *, why: str = "") -> None:
    """IMDi asks a municipality, from the task."""
    imdi.begin_task("Finn bosettingskommune", household.name)
    imdi.fill("Kommunens navn eller nummer", municipality)
    imdi.press("Vis")
    imdi.unfold("Ukjent")
    imdi.unfold("Passer ikke")
    imdi.follow(f"Spør {municipality}")
    imdi.fill("Ønsket bosettingsuke", typed_week())
    if why:
        imdi.fill("Hvorfor denne kommunen", why)
    imdi.press("Send forespørselen")
    imdi.sees(f"Forespørselen er sendt til {municipality}")


def decline(municipality: Walker, household: Household, reason: str, words: str) -> None:
    """The municipality says no."""
    municipality.begin_task("Svar på forespørsel om bosetting", household.name)
    municipality.tick("Nei")
    municipality.choose("Hvorfor svarer dere nei?", reason)
    municipality.tick("Ikke før ny vurdering: dere kan spørres igjen når husstanden er vurdert på nytt")
    municipality.fill("Utfyllende", words)
    municipality.press("Send svaret")
    municipality.sees("Svaret er sendt. IMDi spør en annen kommune.")


def accept(municipality: Walker, household: Household, confirmed: Sequence[str] = ()) -> None:
    """The municipality says yes, to this week."""
    municipality.begin_task("Svar på forespørsel om bosetting", household.name)
    municipality.tick("Ja")
    municipality.fill("Tidligste uke dere kan ta imot dem", typed_week())
    for capability in confirmed:
        municipality.tick(capability)
    municipality.press("Send svaret")
    municipality.sees("Svaret er sendt. IMDi gir husstanden tilbud")


def offer(imdi: Walker, household: Household, municipality: str) -> None:
    """IMDi makes the one offer."""
    imdi.begin_task("Gi tilbud om bosetting", household.name)
    imdi.sees(f"tilbud om {municipality} kommune", "Dette er det ene tilbudet husstanden får")
    imdi.fill("Bosettingsuke", typed_week())
    imdi.press("Gi tilbudet")
    imdi.sees("Mottaket har fått oppgaven med å registrere svaret")


def say_yes(centre: Walker, household: Household, names: str, *, guardian: str = "") -> None:
    """The household takes the offer, and has seen what a no would mean."""
    centre.begin_task("Registrer svar på tilbudet", household.name)
    centre.sees("Gå gjennom dette før de svarer")
    centre.tick("Ja, de tar imot tilbudet")
    who = " med den unge og vergen" if guardian else ""
    centre.tick(f"Vi har gått gjennom følgene av et nei{who}, på et språk de forstår")
    centre.fill("Hvem svarte", names)
    if guardian:
        centre.has_kept("Hvem var med den unge", guardian)
    centre.choose("Språket svaret ble gitt på", household.language)
    centre.fill("Dato for svaret", typed(today()))
    centre.press("Registrer svaret")
    centre.sees("Ring kommunen og avtal flyttedato")


def agree_journey(centre: Walker, household: Household, legs: Sequence[tuple[str, str, str, str]], hub: str) -> None:
    """The journey of today: by public transport, six hours, with food. Each leg: how, from, to, kroner."""
    centre.begin_task("Avtal reisen med kommunen", household.name)
    centre.fill("Reisedag", typed(today()))
    centre.fill("Avtalt med (kontaktperson i kommunen)", "Merethe Eie")
    centre.fill("Avtalt dato", typed(today()))
    centre.fill("Knutepunkt", hub)
    centre.fill("Hvem møter dem", "Merethe Eie, 400 00 000")
    for number, (mode, start, end, price) in enumerate(legs, start=1):
        row = centre.part(f"Strekning {number}")
        centre.choose("Reisemiddel", mode, within=row)
        centre.fill("Fra", start, within=row)
        centre.fill("Til", end, within=row)
        centre.fill("Pris i kroner", price, within=row)
    centre.fill("Bestillingsnummer", "KX7P2Q")
    centre.fill("Hele reisen: timer", "6")
    centre.fill("Kolli per person", "2")
    centre.press("Lagre reisen")
    centre.sees("Da skal mottaket sørge for mat og drikke")
    centre.tick("Mat og drikke er ordnet")
    centre.press("Lagre reisen")
    centre.sees(f"Reisen er avtalt til {in_words(today())}")


def depart(centre: Walker, household: Household, street: str, postal_code: str) -> None:
    """All of them leave today, to their address in the municipality."""
    centre.begin_task("Registrer avreise samme dag", household.name)
    centre.tick("Avtalt bosetting")
    centre.fill("Gate og nummer", street)
    centre.fill("Postnummer", postal_code)
    centre.press("Registrer avreise", within=centre.page.locator("main form"))
    centre.sees(f"Hele husstanden reiste {in_words(today())}")
