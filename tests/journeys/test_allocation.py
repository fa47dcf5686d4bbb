"""IMDi plans a week, steers, compares and sends; one municipality says yes and one no; the rest is planned again.

Only what a municipality has said yes to becomes an offer, and the map of a plan says what its table says (SET-15).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator

from tests.journeys.conftest import Walk, walking
from tests.journeys.country import Country, Server, run_in
from tests.journeys.loaded import Loaded
from tests.journeys.steps import typed_week
from tests.journeys.walker import Walker

AGREED = "Avtalt med kommunen på telefon."
FULL = "Kommunen har ikke folk nok denne uken."
ON_THE_MAP = re.compile(r"^(?P<name>.+): .*?(?P<persons>\d+) i planen$")
ASKED = ("Levanger", "Verdal", "Trondheim")  # the municipalities that have somebody to answer here
CLOSED = "Bergen"
NOT_YET = "kan spørres igjen fra uke"


@dataclass(frozen=True)
class Queue:
    """A country with people in the queue, a server of it, and its browsers."""

    country: Country
    walk: Walk

    def do_jobs(self) -> None:
        """What the worker has to do, done."""
        run_in(self.country, "django", "procrastinate", "worker", "--one-shot")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A household that is pinned to a municipality."""

    name: str
    municipality: str


@pytest.fixture
def queue(
    loaded: Loaded, worker_id: str, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Queue]:
    """A country of its own: a plan takes everybody who waits in it."""
    with loaded.copied(f"{worker_id}_queue") as country:
        run_in(country, "tests.journeys.preparation", "waiting")
        server = Server(country, tmp_path_factory.mktemp("queue") / "server.log")
        server.start()
        with walking(server, browser) as walk:
            yield Queue(country, walk)
        server.kill()


@pytest.mark.journey
@pytest.mark.req("SET-07", "SET-11", "SET-15")
def test_a_week_is_planned_steered_compared_and_sent_and_what_is_declined_is_planned_again(queue: Queue) -> None:
    imdi = queue.walk("demo-imdi")
    first = _plans(imdi, queue)
    _map_and_table_agree(imdi, first)
    _asks_what_if(imdi, queue)
    agreed, declined = _pins(imdi, first)
    _closes(imdi, CLOSED)

    second = _plans(imdi, queue)
    _is_compared(imdi, second, agreed, declined)
    _map_and_table_agree(imdi, second)
    _sends(imdi, second, agreed, declined)
    _says_yes(queue.walk(f"demo-{agreed.municipality.lower()}"), agreed)
    _says_no(queue.walk(f"demo-{declined.municipality.lower()}"), declined)

    third = _plans_the_rest(imdi, queue, second)
    _is_planned_elsewhere(imdi, third, agreed, declined)
    _is_offered(imdi, agreed)
    imdi.has_no_task("Gi tilbud om bosetting", declined.name)


def _plans(imdi: Walker, queue: Queue) -> str:
    """A plan is asked for, and computed by the worker. Gives its address."""
    imdi.go("/bosetting/planer/ny/")
    imdi.press("Lag planen")
    imdi.sees("Planen beregnes nå.")
    address = imdi.path
    imdi.go("/bosetting/planer/")  # the page that is left leads on by itself when it is done: two ways at once
    queue.do_jobs()
    imdi.go(address)
    imdi.sees("får forslag om kommune.", "gjelder nå")
    imdi.has_no_faults()
    return address


def _asks_what_if(imdi: Walker, queue: Queue) -> None:
    """What would come of the year as it is, and with hardly a place; the two are held beside each other."""
    imdi.go("/bosetting/planer/")
    imdi.follow("Hva hvis")
    for percent in ("100", "0"):
        imdi.go("/bosetting/hva-hvis/ny/")
        imdi.page.get_by_label("Så mange av plassene").fill(percent)
        imdi.press("Beregn svaret")
        imdi.sees("Svaret beregnes nå.")
    address = imdi.path
    imdi.go("/bosetting/planer/")  # the page that is left leads on by itself when it is done: two ways at once
    queue.do_jobs()
    imdi.go(address)
    imdi.sees("0 % av plassene", "besvart", "får plass før året er slutt")
    imdi.press("Sammenlign")
    imdi.sees("Før: Slik det er i dag. Etter: 0 % av plassene.", "færre får plass.")
    imdi.has_no_faults()


def _map_and_table_agree(imdi: Walker, plan: str) -> None:
    """How many each municipality is to receive is the same on the map, in the table and in its sum."""
    imdi.go(f"{plan}kommuner/")
    drawn = (ON_THE_MAP.match(each) for each in imdi.page.locator("svg.country-map title").all_text_contents())
    on_the_map = {each["name"]: int(each["persons"]) for each in drawn if each and int(each["persons"])}
    rows = imdi.part("Plassene").locator("tbody tr:not(.sum)")
    in_the_table = {
        _first_line(row.locator("th a")): persons
        for row in rows.all()
        if (persons := int(row.locator("td.num strong").first.inner_text() if row.locator("strong").count() else 0))
    }
    assert on_the_map
    assert in_the_table == on_the_map
    total = imdi.part("Plassene").locator("tr.sum strong").inner_text()
    assert int(re.sub(r"\D", "", total)) == sum(on_the_map.values())


def _first_line(place: Locator) -> str:
    return place.inner_text().strip()


def _pins(imdi: Walker, plan: str) -> tuple[Pinned, Pinned]:
    """Two households of the plan are pinned, each to a municipality that is possible for it."""
    imdi.go(plan)
    links = imdi.part("Husstander").locator("tbody th a")
    proposals = [(each.inner_text(), str(each.get_attribute("href"))) for each in links.all()]
    found: list[Pinned] = []
    for name, address in proposals:
        taken = {each.municipality for each in found}
        wanted = _can_be_pinned(imdi, address, [each for each in ASKED if each not in taken])
        if wanted:
            _pin(imdi, wanted)
            found.append(Pinned(name, wanted))
        if len(found) == 2:
            break
    one, other = found
    imdi.go("/bosetting/planer/styring/")
    for each in found:
        imdi.sees(each.name, f"Festet til {each.municipality}", AGREED)
    imdi.has_no_faults()
    return one, other


def _can_be_pinned(imdi: Walker, proposal: str, municipalities: Sequence[str]) -> str:
    """The first of them that is possible for the household and not what the plan proposes; "" for none. Leads to the
    form.
    """
    imdi.go(proposal)
    now = imdi.page.locator("p.lead").first.inner_text()
    imdi.follow("Fest til en")
    choices = [each.strip() for each in imdi.page.locator('select[name="municipality"] option').all_text_contents()]
    possible = (each for each in municipalities if any(choice.startswith(f"{each},") for choice in choices))
    return next((each for each in possible if not now.startswith(f"{each}.")), "")


def _pin(imdi: Walker, municipality: str) -> None:
    imdi.has_no_faults()
    imdi.choose("Kommune", municipality)
    imdi.fill("Hvorfor?", AGREED)
    imdi.press("Fest til kommunen", within=imdi.page.locator("main form .actions"))
    imdi.sees(f"Husstanden er festet til {municipality} fra neste plan.", f"Festet til {municipality} {AGREED}")


def _closes(imdi: Walker, municipality: str) -> None:
    imdi.go("/bosetting/planer/styring/")
    imdi.follow("Steng en kommune denne uken")
    imdi.choose("Kommune", municipality)
    imdi.fill("Hvorfor?", FULL)
    imdi.press("Steng kommunen")
    imdi.sees(f"{municipality} er stengt denne uken, fra neste plan.")
    imdi.has_no_faults()


def _is_compared(imdi: Walker, plan: str, *pinned: Pinned) -> None:
    """The new plan beside the one before: what was steered, and for whom it changed."""
    imdi.go(plan)
    imdi.sees("2 husstander er festet.", f"Stengt: {CLOSED}.")
    imdi.follow("Sammenlign planer")
    for each in pinned:
        row = imdi.part("Husstander som får et annet forslag").locator("tbody tr").filter(has_text=each.name)
        imdi.sees(each.municipality, f"Festet til {each.municipality}.", within=row)
        imdi.sees(f"Nytt: {each.name}. Festet til {each.municipality}.")
    imdi.sees(f"Nytt: {CLOSED} er stengt.")
    imdi.has_no_faults()


def _sends(imdi: Walker, plan: str, *chosen: Pinned) -> None:
    """Requests for these alone."""
    imdi.go(f"{plan}send/")
    for box in imdi.page.locator('input[name="groups"]').all():
        label = imdi.page.locator(f'label[for="{box.get_attribute("id")}"]').inner_text()
        box.set_checked(any(label.startswith(f"{each.name},") for each in chosen))
    imdi.press("Send forespørslene")
    imdi.sees("2 forespørsler er sendt.")
    imdi.go("/bosetting/planer/styring/")
    imdi.sees("Ingen husstander er styrt.")


def _says_yes(municipality: Walker, household: Pinned) -> None:
    municipality.begin_task("Svar på forespørsel om bosetting", household.name)
    municipality.tick("Ja")
    municipality.fill("Tidligste uke dere kan ta imot dem", typed_week())
    for box in municipality.page.locator('input[name="confirmed"]').all():
        box.check()
    municipality.press("Send svaret")
    municipality.sees("Svaret er sendt. IMDi gir husstanden tilbud")


def _says_no(municipality: Walker, household: Pinned) -> None:
    municipality.begin_task("Svar på forespørsel om bosetting", household.name)
    municipality.tick("Nei")
    municipality.choose("Hvorfor svarer dere nei?", "mangler plass i skole")
    municipality.press("Send svaret")
    municipality.sees("Velg når IMDi kan spørre dere om husstanden igjen.")
    municipality.tick("Ikke denne uken: dere kan spørres igjen om en senere uke")
    municipality.has_no_faults()
    municipality.press("Send svaret")
    municipality.sees("Svaret er sendt. IMDi spør en annen kommune.")
    noes = municipality.part("Dette har dere svart nei til de siste tolv månedene")
    municipality.sees("Ikke denne uken", NOT_YET, within=noes)
    municipality.does_not_see(household.name, within=noes)
    municipality.has_no_faults()


def _plans_the_rest(imdi: Walker, queue: Queue, plan: str) -> str:
    imdi.go(plan)
    imdi.sees("1 ja, 1 nei, 0 har ikke svart", "1 kommune har sagt nei.", f"ikke denne uken. K{NOT_YET[1:]}")
    assert imdi.page.get_by_role("link", name="Planlegg resten").count() == 1
    return _plans(imdi, queue)


def _is_planned_elsewhere(imdi: Walker, plan: str, agreed: Pinned, declined: Pinned) -> None:
    """Who was declined is in the new plan, elsewhere or waiting; what is agreed is not touched."""
    imdi.go(f"{plan}sammenlign/")
    imdi.sees(f"{agreed.name}: {agreed.municipality}, sagt ja", within=imdi.part("Hva som er endret mellom planene"))
    imdi.go(plan)
    imdi.does_not_see(agreed.name, within=imdi.part("Husstander"))
    row = imdi.part("Husstander").locator("tbody tr").filter(has_text=declined.name)
    if row.count():  # the first fifty are on the page
        assert row.locator("td").nth(1).inner_text().strip() != declined.municipality
        imdi.follow(declined.name, within=row)
        said_no = f"{declined.municipality} svarte nei"
        imdi.sees(said_no, f"ikke denne uken. K{NOT_YET[1:]}", within=imdi.part("Ikke mulig"))


def _is_offered(imdi: Walker, household: Pinned) -> None:
    imdi.begin_task("Gi tilbud om bosetting", household.name)
    imdi.sees(f"tilbud om {household.municipality} kommune", "Dette er det ene tilbudet husstanden får")
    imdi.fill("Bosettingsuke", typed_week())
    imdi.press("Gi tilbudet")
    imdi.sees("Mottaket har fått oppgaven med å registrere svaret")
