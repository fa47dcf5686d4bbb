"""Somebody applies to live privately with support, on a telephone and without a login; UDI has it on its list."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from fotfeste.kernel.calendar import legal_day
from tests.journeys.conftest import Walk
from tests.journeys.country import Server
from tests.journeys.looking import axe_faults, width_faults

PHONE = 360
SINCE = legal_day(datetime.now(UTC)) - timedelta(days=40)
PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF"


class Phone:
    """A telephone without a login: what is typed, and what is looked for on each page."""

    def __init__(self, browser: Browser, address: str, *, javascript: bool) -> None:
        self.context = browser.new_context(
            viewport={"width": PHONE, "height": 740}, locale="nb", java_script_enabled=javascript
        )
        self.page: Page = self.context.new_page()
        self.address, self.javascript = address, javascript

    def looks(self, heading: str) -> None:
        """The page has this heading, does not scroll sideways, and axe finds nothing."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        if self.javascript:
            faults = [*axe_faults(self.page, with_colours=True), *width_faults(self.page)]
            assert faults == [], "\n".join(faults)

    def on(self, words: str = "Gå videre") -> None:
        """Press the button of the page, and wait for the page that answers: a click alone comes back before it."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).click()

    def speaks(self) -> None:
        """The buttons of the languages work from here, in a browser that tells what its policy of referrers lets it."""
        for words, language in (("English", "en"), ("Norsk", "nb")):
            self.on(words)
            assert self.page.locator("html").get_attribute("lang") == language

    def choose(self, name: str, value: str) -> None:
        """One of several radio buttons."""
        self.page.check(f"[name={name}][value={value}]")

    def pick(self, name: str, value: str) -> None:
        """A line of a list, which scripts may have put behind a search."""
        self.page.select_option(f"select[name={name}]", value, force=True)


@pytest.mark.journey
@pytest.mark.req("ALT-03", "ALT-06", "POR-07")
@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_family_applies_on_a_telephone_and_follows_it_by_its_link(
    server: Server, browser: Browser, walk: Walk, javascript: bool
) -> None:
    phone = Phone(browser, server.address, javascript=javascript)
    page, name = phone.page, f"Halyna Doroha-{'Med' if javascript else 'Uten'}"
    page.goto(f"{server.address}/bo-privat/")
    phone.looks("Søk om å bo privat med støtte")
    phone.speaks()
    page.get_by_role("link", name="Begynn søknaden").click()
    phone.looks("Hvem søker?")
    phone.on()
    phone.looks("Hvem søker?")
    assert page.get_by_text("Velg hvem du søker for.").count() > 0
    phone.choose("filled_in_by", "applicant")
    phone.on()
    _people(phone, name)
    phone.looks("Kommunen")
    phone.pick("municipality", "5037")
    phone.on()
    phone.looks("Hvor bor dere?")
    phone.choose("lives_there", "yes")
    page.fill("[name=living_there_since]", f"{SINCE:%d.%m.%Y}")
    page.fill("[name=street]", "Kirkegata 1")
    page.fill("[name=postal_code]", "7600")
    phone.on()
    _host(phone)
    for number in (1, 2):
        assert f"/om-person/{number}/" in page.url
        phone.choose("has_near_family", "yes" if number == 1 else "no")
        phone.choose("needs_adaptation", "no")
        if page.locator("[name=has_carer]").count():
            phone.choose("has_carer", "unsure")
        phone.on()
    phone.looks("Har dere en leiekontrakt?")
    page.set_input_files("[name=file]", {"name": "kontrakt.pdf", "mimeType": "application/pdf", "buffer": PDF})
    phone.on("Legg ved filen")
    assert page.get_by_text("kontrakt.pdf").count() > 0
    phone.on()
    _sends(phone, name)
    udi = walk("demo-udi")
    udi.go("/soknader/?state=unknown")
    udi.sees(name)
    phone.context.close()


def _people(phone: Phone, name: str) -> None:
    """Two of a family; what is wrong is said, and nothing is lost."""
    page = phone.page
    phone.looks("Den første personen")
    page.fill("[name=name]", name)
    page.fill("[name=birth_date]", "31.2.1986")
    phone.pick("citizenship", "UKR")
    phone.on()
    assert page.input_value("[name=name]") == name
    page.fill("[name=birth_date]", "3.5.1986")
    phone.on()
    phone.looks("Hvem skal bo der?")
    page.get_by_role("link", name="Legg til en person").click()
    page.fill("[name=name]", "Zlata Doroha")
    page.fill("[name=birth_date]", "9.8.2015")
    phone.pick("citizenship", "UKR")
    phone.on()
    page.reload()
    assert page.get_by_text("Zlata Doroha").count() > 0
    page.get_by_role("link", name="Alle er med, gå videre").click()


def _host(phone: Phone) -> None:
    phone.looks("Hvem bor dere hos?")
    phone.choose("home_kind", "family")
    phone.page.fill("[name=host_name]", "Bohdan Doroha")
    phone.choose("host_relation", "family")
    phone.choose("is_tenant", "yes")
    phone.choose("is_centre_housing", "no")
    phone.on()


def _sends(phone: Phone, name: str) -> None:
    """Looks it over, signs, gets the receipt, and follows the link."""
    page = phone.page
    phone.looks("Se over og send")
    assert page.get_by_text("Kirkegata 1, 7600").count() > 0
    phone.choose("language", "uk")
    page.check("[name=is_right]")
    phone.on("Send søknaden")
    phone.looks("Søknaden er sendt")
    page.locator("a[href*='/bo-privat/lenke/']").first.click()
    phone.looks("Slik står søknaden")
    assert page.get_by_text("UDI har søknaden").count() > 0
    page.goto(f"{phone.address}/bo-privat/lenke/{'0' * 32}/")
    phone.looks("Vi finner ikke siden")
