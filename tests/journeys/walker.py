"""Somebody at a browser: says what they do in the words that they see."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.journeys.looking import axe_faults

PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"
_EXPECTED = ("status of 422", "status of 403", "status of 404", "status of 409", "status of 410")
_OPTION_VALUE = """(select, words) => {
    const label = (option) => option.label.trim().toLowerCase();
    const found = [...select.options].filter((option) => label(option).startsWith(words.toLowerCase()));
    return (found.find((option) => label(option) === words.toLowerCase()) ?? found[0])?.value ?? "";
}"""

_KEPT = "(field) => field.tagName === 'SELECT' ? field.selectedOptions[0]?.label.trim() : field.value"


class Walker:
    """A user at a browser. Every page visited must be without console errors."""

    def __init__(self, page: Page, address: str, *, runs_scripts: bool = True) -> None:
        """Listen to what the browser complains of."""
        self.runs_scripts = runs_scripts
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        """A refusal is an answer with a status of its own, which the browser tells as an error."""
        if kind == "error" and not any(expected in text for expected in _EXPECTED):
            self.complaints.append(text)

    # What they do

    def log_in(self, username: str) -> None:
        """Log in as a demo user."""
        self.go("/logg-inn/")
        self.choose_demo_user(username)

    def choose_demo_user(self, username: str) -> None:
        """Choose a demo user with one click, on the page of the login."""
        self._leave_by(self.page.locator(f'form:has(input[value="{username}"]) button').first)

    def go(self, path: str) -> None:
        """Open an address of the program."""
        self.page.goto(self.address + path)

    def follow(self, words: str, within: Locator | None = None) -> None:
        """Follow the link that begins with these words."""
        self._leave_by(self._named("link", words, within))

    def press(self, words: str, within: Locator | None = None) -> None:
        """Press the button that begins with these words."""
        self._leave_by(self._named("button", words, within))

    def unfold(self, words: str, within: Locator | None = None) -> None:
        """Open the folded part with this heading, if it is closed."""
        place = within or self.page.locator("body")
        part = place.locator("details:not([open]) > summary").filter(has_text=words)
        if part.count():
            part.first.click()

    def fill(self, label: str, text: str, within: Locator | None = None) -> None:
        """Type into the field with this label."""
        self._field(label, within).fill(text)

    def choose(self, label: str, words: str, within: Locator | None = None) -> None:
        """Choose the option that begins with these words; a long list is searched first where there is a script."""
        field = self._field(label, within)
        stands_for = field.get_attribute("data-stands-for")
        select = self.page.locator(f'[id="{stands_for}"]') if stands_for else field
        value = select.evaluate(_OPTION_VALUE, words)
        assert value, f"«{words}» is no choice of «{label}»: {select.inner_text()[:2000]}"
        if not stands_for:
            select.select_option(value=value)
            return
        full = str(
            select.evaluate("(s, v) => [...s.options].find((option) => option.value === v).label", value)
        ).strip()
        field.fill(full)
        field.blur()
        expect(select).to_have_value(value)

    def tick(self, label: str, within: Locator | None = None) -> None:
        """Tick the box, or choose the radio button, with this label."""
        self._field(label, within).check()

    def untick(self, label: str, within: Locator | None = None) -> None:
        """Take the tick away."""
        self._field(label, within).uncheck()

    def part(self, heading: str) -> Locator:
        """The section or group of fields with this heading or legend."""
        words = re.compile(rf"^\s*(\d+\.\s+)?{re.escape(heading)}")
        sections = self.page.locator("section").filter(has=self.page.locator("h2, h3", has_text=words))
        groups = self.page.locator("fieldset").filter(has=self.page.locator("> legend", has_text=words))
        return sections.or_(groups).first

    # What they see

    def sees(self, *texts: str, within: Locator | None = None) -> None:
        """Assert that the page says this."""
        content = _words_of(within or self.page.locator("body"))
        for text in texts:
            assert text in content, f"«{text}» is not on {self.page.url}:\n{content[:6000]}"

    def does_not_see(self, *texts: str, within: Locator | None = None) -> None:
        """Assert that the page does not say this."""
        content = _words_of(within or self.page.locator("body"))
        for text in texts:
            assert text not in content, f"«{text}» is on {self.page.url}"

    def has_kept(self, label: str, text: str, within: Locator | None = None) -> None:
        """Assert that the field with this label still has what was typed or chosen."""
        kept = self._field(label, within).evaluate(_KEPT)
        assert kept == text, f"«{label}» has «{kept}», not «{text}», on {self.page.url}"

    def has_task(self, what: str, whom: str) -> None:
        """Assert that the worklist has this task about them."""
        self.go(self.worklist_address)
        assert self._tasks(what, whom).count() == 1, f"«{what}» for {whom}: {_words_of(self.page.locator('main'))}"

    def has_no_task(self, what: str, whom: str) -> None:
        """Assert that the worklist has no such task about them."""
        self.go(self.worklist_address)
        assert self._tasks(what, whom).count() == 0, f"«{what}» for {whom} is still there"

    def begin_task(self, what: str, whom: str) -> None:
        """Follow the task on the worklist to the page where it is done."""
        self.has_task(what, whom)
        self._leave_by(self._tasks(what, whom).get_by_role("link", name=what))

    def finds(self, text: str, name: str) -> None:
        """Assert that a search in the frame's box leads to them: one alone is shown at once, several are listed."""
        self._search(text)
        self.sees(name, within=self.page.locator("main"))

    def cannot_reach(self, address: str, number: str, name: str) -> None:
        """Assert that nothing shows them: neither search, nor the list, nor the worklist, nor their own address."""
        self._search(number)
        self.sees("Ingen treff blant dem du har innsyn i")
        for list_address in (self.worklist_address, "/husstander/"):
            self.go(list_address)
            self.does_not_see(name)
        answer = self.page.goto(self.address + address)
        assert answer is not None
        assert answer.status == 404
        self.does_not_see(name)

    def _search(self, text: str) -> None:
        self.go(self.worklist_address)
        box = self.page.get_by_role("searchbox", name="Søk etter navn eller nummer")
        box.fill(text)
        with self.page.expect_navigation():
            box.press("Enter")

    def has_no_faults(self) -> None:
        """Assert that axe finds nothing, that nothing scrolls sideways, and that the browser has not complained.

        Axe is a script itself: where the browser runs none, only the rest is asked.
        """
        if self.runs_scripts:
            faults = axe_faults(self.page, with_colours=True)
            assert not faults, f"{self.page.url}\n" + "\n".join(faults)
        self.fits_the_width()
        assert not self.complaints, f"{self.page.url}: the browser says {self.complaints}"

    def fits_the_width(self) -> None:
        """Assert that the page does not scroll sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{self.page.url} scrolls sideways at {self.page.viewport_size}"

    def picture(self, name: str, height: int | None = None) -> None:
        """Take a picture of the page: all of it, or as much from the top."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / f"{name}.png"
        size = self.page.viewport_size
        assert size is not None
        if height is None:
            self.page.screenshot(path=file, full_page=True)
        else:
            self.page.screenshot(
                path=file, full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": height}
            )

    # How that is found

    worklist_address = "/"

    @property
    def path(self) -> str:
        """The address of the page within the program."""
        return urlsplit(self.page.url).path

    def _leave_by(self, way: Locator) -> None:
        """Press what leads to another page, and wait for that page: a click alone is done before the answer comes."""
        with self.page.expect_navigation():
            way.click()

    def _tasks(self, what: str, whom: str) -> Locator:
        rows = self.page.locator("table.worklist tbody tr")
        return rows.filter(has=self.page.get_by_role("link", name=what, exact=True)).filter(has_text=whom)

    def _named(self, role: str, words: str, within: Locator | None) -> Locator:
        name = re.compile(rf"^\s*{re.escape(words)}", re.IGNORECASE)
        found = (within or self.page.locator("body")).get_by_role(role, name=name)  # type: ignore[arg-type]
        assert found.count(), f"no {role} «{words}» on {self.page.url}:\n{_words_of(self.page.locator('body'))[:6000]}"
        return found.first

    def _field(self, label: str, within: Locator | None) -> Locator:
        name = re.compile(rf"^\s*{re.escape(label)}(\s*\((valgfritt|optional)\))?\s*$", re.IGNORECASE)
        found = (
            (within or self.page.locator("main")).get_by_label(name).and_(self.page.locator("input, select, textarea"))
        )
        assert found.count(), f"no field «{label}» on {self.page.url}:\n{_words_of(self.page.locator('main'))[:6000]}"
        return found.first


def _words_of(place: Locator) -> str:
    """The text of a part of the page, as one line, with what is folded away but not what is hidden."""
    return " ".join(place.first.inner_text().split())
