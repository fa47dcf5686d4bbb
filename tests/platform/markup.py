"""Reading the pages' markup in tests: elements by name and attribute, and the words that people see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "img", "hr"}
# Most of what forms consist of, and the same in each answer to them: read once.
_CHOICES = re.compile(r"<select\b.*?</select>", re.DOTALL)


@dataclass
class Element:
    """An element with its attributes, its children and the words in it."""

    name: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)
    _by_name: dict[str, list["Element"]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    @property
    def text(self) -> str:
        """All words in it, with single spaces."""
        words = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(words).split(" ")).strip().replace("\n", " ")

    def all(self, name: str, /, **attributes: str) -> list["Element"]:
        """The elements below with the name and these attributes (`_` for `-` in their names)."""
        wanted = {key.strip("_").replace("_", "-"): value for key, value in attributes.items()}
        if not self._by_name:  # the first time: by now the page has been read to its end
            for element in self.below():
                self._by_name.setdefault(element.name, []).append(element)
        return [element for element in self._by_name.get(name, ()) if wanted.items() <= element.attributes.items()]

    def one(self, name: str, /, **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} × {name} {attributes}"
        return found[0]

    def below(self) -> Iterator["Element"]:
        """Every element in it, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "wbr":  # a place to break a word at; the word is one all the same
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)

    def read(self, html: str) -> None:
        """Read on, to the end of this; it begins and ends between tags."""
        self.feed(html)
        self.close()

    def whole(self) -> Element:
        """What has been read; fails where an element is not closed."""
        assert len(self.open) == 1, f"never closed: {[element.name for element in self.open[1:]]}"
        return self.open[0]


def read(html: str) -> Element:
    """The page as a tree; fails where an element is closed by another's tag. It is for reading, not for changing."""
    reader, at = _Reader(), 0
    for choices in _CHOICES.finditer(html):
        reader.read(html[at : choices.start()])
        reader.open[-1].children.append(_read_choices(choices[0]))
        at = choices.end()
    reader.read(html[at:])
    return reader.whole()


@lru_cache(maxsize=256)
def _read_choices(html: str) -> Element:
    reader = _Reader()
    reader.read(html)
    [select] = reader.whole().children
    assert isinstance(select, Element)
    return select
