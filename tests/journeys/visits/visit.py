"""A page with a real address in the journeys' country, and who it is that sees it.

`{due}` in an address is the reference of the household at that stage (tests/journeys/stages.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

VOSS, LEADER, UDI, IMDI, LEVANGER, POLICE, KEEPER, MAYOR, GUARD, NOBODY = (
    "demo-voss", "demo-voss-leder", "demo-udi", "demo-imdi", "demo-levanger", "demo-politi", "demo-imdi-katalog",
    "demo-levanger-leder", "demo-politi-leder", "",
)  # fmt: skip

VERDAL, APPROVER = "demo-verdal", "demo-udi-tilskudd"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as one role sees it. `sends`: what is typed before its form is sent (empty fields otherwise)."""

    url_name: str
    path: str
    who: str = VOSS
    note: str = ""
    status: int = 200
    sends: Mapping[str, str] | None = None

    @property
    def slug(self) -> str:
        """A name for the test and its pictures."""
        words = [self.url_name, self.who.removeprefix("demo-") or "nobody", self.note]
        return "-".join(word.replace(" ", "_") for word in words if word)


def sees(url_name: str, path: str, *whos: str, note: str = "") -> list[Visit]:
    """The page as each of these sees it."""
    return [Visit(url_name, path, who, note) for who in whos]


def form(url_name: str, path: str, who: str, note: str = "") -> list[Visit]:
    """The form, and the form sent empty: it comes back with what is wrong."""
    empty = Visit(url_name, path, who, f"{note} empty".strip(), 422, {})
    return [Visit(url_name, path, who, note), empty]


def household(stage: str, *whos: str) -> list[Visit]:
    """The page of the household at that stage, as each of these sees it."""
    return sees("household", f"/husstand/{{{stage}}}/", *whos, note=stage)
