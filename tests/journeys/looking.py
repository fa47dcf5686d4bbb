"""What is looked for on every page: axe, width, heading, language, title, words left in Norwegian."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import Page

import fotfeste

_AXE = Axe().axe_script
_TEXTS = """() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const held = walk.currentNode.parentElement;
        if (held.closest("[lang], script, style") && held.closest("[lang]") !== document.documentElement) continue;
        found.push(walk.currentNode.textContent);
    }
    for (const each of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
        for (const name of ["aria-label", "title", "placeholder", "alt"]) found.push(each.getAttribute(name) ?? "");
    return [document.title, ...found].map((text) => text.trim().replace(/\\s+/g, " ")).filter(Boolean);
}"""
_HEAD = """() => [
    [...document.querySelectorAll("h1")].filter((each) => each.checkVisibility()).length,
    document.documentElement.lang,
    document.title,
]"""
_NORWEGIAN = re.compile(r"\b(og|ikke|som|skal|fra|eller|dere|husstand|husstanden|ukjent|med|på|til|av|må|kan du)\b")
_NAMES = re.compile(r"[\w-]+ og [A-ZÆØÅ]\w+|\w+- og \w+|Nordlys omsorg og drift|LT bosetting og integrering")


def axe_faults(page: Page, *, with_colours: bool) -> list[str]:
    """What axe finds, a line for each element.

    Contrast takes three quarters of its time, and belongs to the style sheet more than to the page.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_AXE)
    rules = {} if with_colours else {"color-contrast": {"enabled": False}}
    found: dict[str, Any] = page.evaluate(
        "(rules) => axe.run({resultTypes: ['violations'], preload: false, rules})", rules
    )
    return [
        f"axe {rule['id']}: {rule['help']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def width_faults(page: Page) -> list[str]:
    """The page does not scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {wide} px at {page.viewport_size}"] if wide > 0 else []


def head_faults(page: Page, language: str) -> list[str]:
    """One heading, the right language, a title."""
    number, lang, title = page.evaluate(_HEAD)
    faults = []
    if number != 1:
        faults.append(f"{number} h1")
    if lang != language:
        faults.append(f"lang is {lang}")
    if not title.removesuffix(" · Fotfeste").strip(" ·"):
        faults.append("no title")
    return faults


def untranslated(page: Page) -> list[str]:
    """Texts of an English page that are still in Norwegian, where the place does not say that they are."""
    texts: list[str] = page.evaluate(_TEXTS)
    return [
        f"not in English: {text[:160]}"
        for text in texts
        if _norwegian_texts().fullmatch(text) or _NORWEGIAN.search(_NAMES.sub("", text))
    ]


@cache
def _norwegian_texts() -> re.Pattern[str]:
    """Every text of the program that is another in English, values filled in."""
    patterns = set()
    for catalogue in Path(fotfeste.__file__).parent.glob("*/locale/en/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as source:
            for message in read_po(source, locale="en"):
                ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                strings = message.string if isinstance(message.string, tuple) else (message.string,)
                patterns |= {_pattern(each) for each in ids if each and each not in strings}
    return re.compile("|".join(sorted(patterns)))


def _pattern(msgid: str) -> str:
    """The text with anything where a value stands; what is little more than its values would fit everything."""
    parts = re.split(r"%\(\w+\)[sd]|%%|\{\w*\}", " ".join(msgid.split()))
    is_told_apart = len(parts) == 1 or any(len(part.strip()) > 3 for part in parts)
    return (".+" if is_told_apart else re.escape("%")).join(re.escape(part) for part in parts)
