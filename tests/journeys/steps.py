"""The main job, step by step, as those who do it do it in the browser: shared by the walks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.clock import today
from tests.journeys.walker import Walker


@dataclass(frozen=True, slots=True)
class Guardian:
    """Whom to call about an unaccompanied minor."""

    name: str
    phone: str
    email: str

    def __str__(self) -> str:
        """As the pages show them."""
        return f"{self.name}, {self.phone}, {self.email}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to register. `is_to_first`: how they stand to the first person. A guardian: they are alone."""

    given_name: str
    age: int
    sex: str
    is_to_first: str = ""
    original_name: str = ""
    guardian: Guardian | None = None

    @property
    def birth_date(self) -> date:
        """They have had their birthday this month."""
        return today().replace(year=today().year - self.age, day=1)


@dataclass(frozen=True, slots=True)
class Household:
    """Those who walk; `serial` makes their numbers."""

    family_name: str
    persons: Sequence[Person]
    serial: int
    citizenship: str = "Ukraina"
    language: str = "ukrainsk"

    @property
    def name(self) -> str:
        """What the pages call them."""
        if len(self.persons) == 1:
            return f"{self.persons[0].given_name} {self.family_name}"
        return f"Familien {self.family_name}"

    @property
    def name_within(self) -> str:
        """What the pages call them inside a sentence."""
        return self.name if len(self.persons) == 1 else f"familien {self.family_name}"

    def duf(self, place: int) -> str:
        """A made-up number of one of them."""
        return synthetic_duf(self.serial + place)


def typed(day: date) -> str:
    """A day as people type it."""
    return f"{day.day}.{day.month}.{day.year}"


def days_ago(days: int) -> date:
    """What is registered today may have happened earlier."""
    return today() - timedelta(days=days)


REGISTERED_ON, APPLIED_ON, PLACED_ON, GRANTED_ON = (days_ago(days) for days in (76, 75, 71, 38))


def typed_week() -> str:
    """This week as people type it."""
    week = Week.of(today())
    return f"{week.number} {week.year}"


def say_what_is_offered(municipality: Walker, **said: bool) -> None:
    """The municipality says what it can offer: the field's name, and yes or no."""
    municipality.go("/kommunen/")
    municipality.follow("Meld hva kommunen kan tilby")
    for capability, is_offered in said.items():
        answer = "yes" if is_offered else "no"
        municipality.page.locator(f'input[name="{capability}"][value="{answer}"]').check()
    municipality.press("Lagre")
    municipality.sees("Lagret. IMDi ser det fra i dag.")


def register(registrar: Walker, household: Household) -> str:
    """The police registers them. Gives the address of the household's page."""
    registrar.go("/")
    registrar.follow("Registrer")
    registrar.fill("Registrert", typed(REGISTERED_ON))
    registrar.fill("Søkte om beskyttelse", typed(APPLIED_ON))
    for place, person in enumerate(household.persons):
        if place > 1:
            registrar.press("Legg til en person til")
        fill_person(registrar, household, place, person)
    registrar.has_no_faults()
    return send_registration(registrar, household)


def send_registration(registrar: Walker, household: Household) -> str:
    """All of them are on the page: register. Gives the address of the household's page."""
    registrar.press("Registrer", within=registrar.page.locator("main"))
    registrar.sees(f"{household.name} er registrert", "UDI har fått oppgaven å plassere dem")
    return registrar.path


def fill_person(registrar: Walker, household: Household, place: int, person: Person) -> None:
    """One person's block on the page of registration."""
    block = registrar.page.locator(f"#person-{place + 1}")
    registrar.fill("Fornavn", person.given_name, within=block)
    registrar.fill("Etternavn", household.family_name, within=block)
    registrar.fill("Fødselsdato", typed(person.birth_date), within=block)
    registrar.choose("Kjønn", person.sex, within=block)
    registrar.choose("Statsborgerskap", household.citizenship, within=block)
    registrar.choose("Språk personen helst bruker", household.language, within=block)
    registrar.fill("DUF-nummer", household.duf(place), within=block)
    if person.original_name:
        registrar.fill("Navnet slik personen selv skriver det", person.original_name, within=block)
    if person.is_to_first:
        registrar.choose("Forhold til person 1", person.is_to_first, within=block)
    if person.guardian:
        registrar.tick("Enslig mindreårig", within=block)
        registrar.unfold("Flere numre, og verge", within=block)
        registrar.fill("Verge eller representant", person.guardian.name, within=block)
        registrar.fill("Telefon til verge", person.guardian.phone, within=block)
        registrar.fill("E-post til verge", person.guardian.email, within=block)


def place(udi: Walker, household: Household, centre: str) -> None:
    """UDI places them at a centre, from the task."""
    udi.begin_task("Plasser husstanden på et mottak", household.name)
    udi.sees(f"Plasser {household.name_within} på mottak", "Mottakene i dag")
    udi.choose("Mottak", centre)
    udi.fill("Bor der fra", typed(PLACED_ON))
    udi.press("Plasser dem")
    udi.sees(f"bor på {centre}", "Mottaket har fått oppgaven å gi dem senger")


def give_beds(centre: Walker, household: Household) -> None:
    """The centre gives each of them a bed of their own: the first free ones."""
    centre.begin_task("Gi husstanden senger", household.name)
    chosen: set[str] = set()
    for person in household.persons:
        label = f"Seng til {person.given_name}, {person.age} år"
        free = next(bed for bed in free_beds(centre, label) if bed not in chosen)
        chosen.add(free)
        centre.choose(label, free)
    centre.press("Lagre senger")
    centre.sees("har fått seng fra")


def free_beds(centre: Walker, label: str) -> list[str]:
    """The beds to choose from for somebody."""
    select = centre.page.get_by_label(label)
    real = select.get_attribute("data-stands-for")
    options = centre.page.locator(f'[id="{real}"] option' if real else "select option")
    beds = options.evaluate_all("(all) => all.filter((each) => each.value).map((each) => each.label.trim())")
    return [str(bed) for bed in beds]


def grant(udi: Walker, household: Household, address: str, given_names: Sequence[str]) -> None:
    """UDI registers temporary collective protection for those named."""
    udi.go(f"{address}status/")
    udi.tick("Midlertidig kollektiv beskyttelse")
    for person in household.persons if len(household.persons) > 1 else ():
        label = f"{person.given_name} {household.family_name} ({person.age} år)"
        (udi.tick if person.given_name in given_names else udi.untick)(label)
    udi.fill("Fra hvilken dato?", typed(GRANTED_ON))
    udi.press("Registrer status")
    udi.sees("Status er registrert for")
