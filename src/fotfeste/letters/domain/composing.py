"""A letter from its text and its facts: which parts it has, with every day, sum and name as the reader writes them.

A fact's name says what it is: `..._on` is a day, `..._month` the first day of a month, `..._ore` a sum, `scheme` a word
of the frame. A list of words or of rows is used by the parts that name it. What a text asks for and the facts do not
have is a mistake of the caller's, said by name: a letter is never sent with a hole in it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fotfeste.kernel.names import readable
from fotfeste.letters.domain import words
from fotfeste.letters.domain.texts import Frame, Text, frame_of, text_of
from fotfeste.letters.domain.types import Block, Language, LetterKind, Written

type Facts = Mapping[str, Any]


class FactsMissing(ValueError):
    """The facts do not have what the text asks for, or have a code that it has no words for."""


def compose(
    kind: LetterKind,
    language: Language,
    facts: Facts,
    *,
    sender: str,
    receiver: Sequence[str],
    reference: str,
    written_on: date,
) -> Written:
    """The letter as the reader sees it. Raises FactsMissing, with the name of what is missing."""
    text, frame = text_of(kind, language), frame_of(language)
    held = _Facts(facts, text, frame)
    blocks = tuple(made for part in text.blocks if held.meet(part.get("when", "")) for made in held.blocks(part))
    if not blocks or blocks[0].form != "lead":
        raise FactsMissing(f"nothing to begin {kind} with: no condition of its first part is met")
    return Written(
        kind=kind,
        language=language,
        title=held.filled(text.title),
        sender=readable(sender),
        receiver=tuple(readable(line) for line in receiver),
        day=words.day(written_on, language),
        reference=reference,
        labels=frame.labels,
        blocks=blocks,
        notice="" if text.is_checked else frame.notice,
        is_checked=text.is_checked,
    )


class _Facts:
    """The facts of one letter, in the words of its language."""

    def __init__(self, facts: Facts, text: Text, frame: Frame) -> None:
        self.facts, self.text, self.frame = facts, text, frame

    def meet(self, when: str) -> bool:
        """Whether a part is for these facts: `fact`, `!fact`, `fact=value` (one of several), all of those named."""
        return all(self._meets(each) for each in when.split())

    def _meets(self, condition: str) -> bool:
        if condition.startswith("!"):
            return not self._meets(condition[1:])
        name, _, wanted = condition.partition("=")
        found = self.facts.get(name)
        if not wanted:
            return bool(found)
        if wanted == "several":
            return isinstance(found, Sequence) and len(found) > 1
        return wanted in found if isinstance(found, list | tuple) else found == wanted

    def blocks(self, part: Mapping[str, Any]) -> list[Block]:
        """What a part of the text becomes."""
        if "table" in part:
            return [self._table(part)]
        if "listed" in part:
            return [Block("list", items=tuple(self._coded(part, code) for code in self._codes(part["listed"])))]
        if "codes" in part:
            return [Block("paragraph", self._coded(part, code)) for code in self._codes(part["codes"])]
        if "items" in part:
            return [Block("list", items=tuple(self.filled(item) for item in part["items"]))]
        if "list" in part:
            return [Block("list", items=tuple(readable(str(each)) for each in self._list(part["list"])))]
        form = next(form for form in ("lead", "heading", "paragraph") if form in part)
        return [Block(form, self.filled(part[form]))]

    def _coded(self, part: Mapping[str, Any], code: str) -> str:
        words = part["words"]
        sentences = self.text.codes[words] if words in self.text.codes else self.frame.words[words]
        if code not in sentences:
            raise FactsMissing(f"no words for {part['words']} {code!r} in {self.text.kind}.{self.text.language}")
        return self.filled(sentences[code])

    def _codes(self, name: str) -> Sequence[str]:
        found = self.facts.get(name)
        return (found,) if isinstance(found, str) and found else self._list(name)

    def _table(self, part: Mapping[str, Any]) -> Block:
        columns, withheld = part["columns"], int(self.facts.get("withheld_ore") or 0)
        # What is not printed of anybody still counts: a line without a name or a month, with what it comes to.
        lines = self.facts.get(part["table"]) or () if withheld else self._list(part["table"])
        rows = tuple(tuple(self._cell(row, column) for column in columns) for row in lines)
        if withheld:
            unnamed = self._last_line(self.filled(part["withheld"]), columns, withheld)
            rows = (*rows, unnamed)
        sums = tuple(place for place, column in enumerate(columns) if column.endswith("_ore"))
        total = self._total(part, lines, columns) if "total" in part else ()
        return Block(
            "table", self.filled(part["caption"]), head=tuple(part["head"]), rows=rows, total=total, right=sums
        )

    def _total(self, part: Mapping[str, Any], lines: Sequence[Facts], columns: Sequence[str]) -> tuple[str, ...]:
        """The last line: what the lines come to, which is what the letter says above, where it says it."""
        last = columns[-1]
        found = sum(int(line[last]) for line in lines) + int(self.facts.get("withheld_ore") or 0)
        if "sum" in part and self.facts.get(part["sum"]) != found:
            raise FactsMissing(f"{part['sum']} is {self.facts.get(part['sum'])}, and the lines come to {found}")
        return self._last_line(self.filled(part["total"]), columns, found)

    def _last_line(self, label: str, columns: Sequence[str], ore: int) -> tuple[str, ...]:
        """A line of a table that has nothing but what it is called and a sum."""
        return (label, *("" for _ in columns[2:]), self._in_words(columns[-1], ore))

    def _cell(self, row: Facts, column: str) -> str:
        if column not in row:
            raise FactsMissing(f"a row without {column}")
        return "" if row[column] in (None, "") else self._in_words(column, row[column])

    def _list(self, name: str) -> Sequence[Any]:
        found = self.facts.get(name)
        if not isinstance(found, list | tuple) or not found:
            raise FactsMissing(f"{name} is no list with something in it")
        return found

    def filled(self, sentence: str) -> str:
        """A sentence with what it names in it."""
        return sentence.format_map(_Asked(self)) if "{" in sentence else sentence

    def said(self, name: str) -> str:
        """What a name in a sentence stands for."""
        if name in self.text.plurals:
            found = self._list(name)
            return words.counted(len(found), self.text.plurals[name], self.text.language)
        return self._said(name)

    def _said(self, name: str) -> str:
        value = self.facts.get(name)
        if value in (None, "", (), []):
            raise FactsMissing(f"{name} is missing for {self.text.kind}.{self.text.language}")
        return self._in_words(name, value)

    def _in_words(self, name: str, value: Any) -> str:
        language = self.text.language
        if name.endswith("_on"):
            return words.day(_day(value), language)
        if name.endswith("_month"):
            return words.month(_day(value), language)
        if name.endswith("_ore"):
            return words.kroner(int(value), language)
        coded = self.frame.words.get(name) or self.text.codes.get(name)
        if coded is not None:
            if value not in coded:
                raise FactsMissing(f"no words for {name} {value!r} in {language}")
            return coded[value]
        return readable(str(value))


class _Asked(dict[str, str]):
    """What a sentence names, looked up when it is asked for."""

    def __init__(self, facts: _Facts) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, name: str) -> str:
        return self._facts.said(name)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
