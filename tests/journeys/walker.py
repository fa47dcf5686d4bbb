"""Somebody at a browser: says what they do in the words that they see."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"


class Walker:
    """A user at a browser. Every page visited must be without console errors."""

    def __init__(self, page: Page, address: str) -> None:
        """Listen to what the browser complains of."""
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 422" not in text and "status of 403" not in text and "404" not in text:
            self.complaints.append(text)

    def log_in(self, username: str) -> None:
        """Choose a demo user with one click."""
        self.page.goto(f"{self.address}/logg-inn/")
        self.page.locator(f'form:has(input[value="{username}"]) button').click()
        self.page.wait_for_load_state()

    def go(self, path: str) -> None:
        """Open an address of the program."""
        self.page.goto(self.address + path)

    def click(self, name: str) -> None:
        """Press the button or follow the link with these words."""
        words = re.compile(rf"^\s*{re.escape(name)}", re.IGNORECASE)
        both = self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))
        both.first.click()
        self.page.wait_for_load_state()

    def fill(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose in the select with this label."""
        self.page.get_by_label(label, exact=False).first.select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick the box or the choice with this label."""
        self.page.get_by_label(label, exact=False).first.check()

    def sees(self, text: str) -> None:
        """Assert that the page says this."""
        content = self.page.inner_text("body")
        assert text in content, f"«{text}» is not on {self.page.url}:\n{content[:3000]}"

    def does_not_see(self, text: str) -> None:
        """Assert that the page does not say this."""
        assert text not in self.page.inner_text("body")

    def has_no_faults(self) -> None:
        """Assert that axe finds nothing, that nothing scrolls sideways, and that the browser has not complained."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{self.page.url} scrolls sideways at {self.page.viewport_size}"
        assert self.complaints == []

    def picture(self, name: str) -> None:
        """Take a picture of the whole page."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
