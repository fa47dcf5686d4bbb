"""The English of the pages: found in the sources, kept in one catalogue for each package, checked, compiled.

Norwegian bokmål stands in the code as the text itself (the msgid). `python -m fotfeste.platform.i18n` does three
things: `update [package ...]` writes what is missing into `<package>/locale/en/LC_MESSAGES/django.po` and takes out
what is no longer used; `check` says what is not in order and fails on it; `compile` makes the files that Django reads.
No gettext programs are needed.
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HEADER = """\
# English texts of the package. `python -m fotfeste.platform.i18n update` keeps it in step with the sources.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
WIDTH = 110
# What a marking function takes: context, one text, two texts (singular and plural).
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
TEMPLATE_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# `%(name)s`, `%s`, `{name}`; a doubled sign is the sign itself.
_PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[sdrf]|\{\{|\}\}|\{\w*\}")

type Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is shown to people, in its context, and where it stands first."""

    msgid: str
    plural: str | None
    context: str | None
    place: str

    @property
    def key(self) -> Key:
        """What a catalogue finds it by."""
        return (self.context, self.msgid)


def extract(root: Path) -> dict[str, dict[Key, Text]]:
    """Every text marked for translation below `root`, for each package.

    Raises SyntaxError for a Python file that is none.
    """
    found: dict[str, dict[Key, Text]] = {}
    for package in sorted(path for path in root.iterdir() if path.is_dir() and (path / "__init__.py").exists()):
        texts: dict[Key, Text] = {}
        for path in sorted([*package.rglob("*.py"), *package.glob("**/templates/**/*.*")]):
            place = path.relative_to(root).as_posix()
            marked = _in_python(path, place) if path.suffix == ".py" else _in_template(path, place)
            for text in marked:
                known = texts.setdefault(text.key, text)
                if text.plural and not known.plural:
                    texts[text.key] = text
        if texts:
            found[package.name] = texts
    return found


def _in_python(path: Path, place: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        text = _marked(name, words, f"{place}:{node.lineno}")
        if text is not None:
            yield text


def _marked(name: str, arguments: Sequence[object], place: str) -> Text | None:
    """The text that a call marks; None where it marks none, or one that is only known when the program runs."""
    words = [word if isinstance(word, str) else None for word in arguments] + [None] * 3
    first, second, third = words[:3]
    if name in SINGLE and first:
        return Text(first, None, None, place)
    if name in PLURAL and first and second:
        return Text(first, second, None, place)
    if name in IN_CONTEXT and first and second:
        return Text(second, None, first, place)
    if name in PLURAL_IN_CONTEXT and first and second and third:
        return Text(second, third, first, place)
    return None


def _in_template(path: Path, place: str) -> Iterator[Text]:
    as_python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # What is left of the template's own lines is indented as it likes; Python's tokenizer is stricter.
    lines = "\n".join(line.strip() for line in as_python.splitlines())
    source = io.BytesIO(lines.encode())
    for line, name, words, _ in extract_python(source, TEMPLATE_KEYWORDS, (), {"encoding": "utf-8"}):
        arguments = [words] if isinstance(words, str) else list(words)
        text = _marked(str(name or "_"), arguments, f"{place}:{line}")
        if text is not None:
            yield text


def catalogue_path(root: Path, package: str) -> Path:
    """Where a package keeps its English."""
    return root / package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def update(root: Path, *packages: str) -> None:
    """Bring the catalogues (all, or those of some packages) in step with the sources.

    New texts come without translation, unused ones go, the rest is kept.
    """
    found = extract(root)
    for package in sorted(set(packages) or found.keys() | _packages_with_catalogue(root)):
        path = catalogue_path(root, package)
        texts = found.get(package, {})
        if not texts:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _written(texts, _read(path)))


def _written(texts: Mapping[Key, Text], kept: Mapping[Key, Message]) -> bytes:
    """The one way in which a catalogue of these texts is written, with the translations that there are."""
    fresh = Catalog(locale="en")
    for text in texts.values():
        msgid = (text.msgid, text.plural) if text.plural else text.msgid
        translation = _carried_over(kept.get(text.key), is_plural=text.plural is not None)
        fresh.add(msgid, translation, context=text.context)
    written = io.BytesIO()
    write_po(written, fresh, width=WIDTH, omit_header=True, sort_output=True, no_location=True)
    return HEADER.encode() + written.getvalue().lstrip()


def _carried_over(old: Message | None, *, is_plural: bool) -> str | tuple[str, str]:
    strings = _strings(old) if old is not None and not old.fuzzy else ()
    if is_plural:
        return (strings[0], strings[-1]) if strings else ("", "")
    return strings[0] if strings else ""


def check(root: Path) -> list[str]:
    """What is not in order, a sentence each: missing, unsure (fuzzy), unused, other placeholders, two translations.

    A catalogue that is whole must also be written as `update` writes it. Where a line was filled in by hand and left
    long, the next update would change it in the midst of somebody else's work.
    """
    problems: list[str] = []
    found = extract(root)
    translations: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for package in sorted(found.keys() | _packages_with_catalogue(root)):
        path = catalogue_path(root, package)
        texts, messages = found.get(package, {}), _read(path)
        own: list[str] = []
        for key, text in sorted(texts.items(), key=lambda item: item[1].place):
            own += _problems_of(text, messages.get(key))
        for key in messages.keys() - texts.keys():
            own.append(f"{package}: the catalogue has a text that is not used: {key[1]!r}")
        if not own and path.read_bytes() != _written(texts, messages):
            own.append(f"{package}: the catalogue is not as `update` writes it. Run update and keep what it writes")
        problems += own
        for key, message in messages.items():
            other, strings = translations.setdefault(key, (package, _strings(message)))
            if strings != _strings(message):
                problems.append(f"{package} and {other} translate differently: {key[1]!r}")
    return problems


def _problems_of(text: Text, message: Message | None) -> list[str]:
    where = f"{text.place}: {text.msgid!r}"
    if message is None:
        return [f"{where} is not in the catalogue"]
    if message.fuzzy:
        return [f"{where} has a translation that nobody has looked at (fuzzy)"]
    strings = _strings(message)
    if not strings or not all(strings):
        return [f"{where} has no translation"]
    if (len(strings) > 1) != (text.plural is not None):
        return [f"{where} has other plurals in the catalogue"]
    originals = (text.msgid,) if text.plural is None else (text.msgid, text.plural)
    known = [placeholders(original) for original in originals]
    if any(placeholders(string) not in known for string in strings):
        return [f"{where} has other placeholders in its translation: {' / '.join(strings)!r}"]
    if any(_stands_twice(string) and not _stands_twice(text.msgid) for string in strings):
        return [f"{where} has its translation twice, one after the other"]
    return []


def _stands_twice(text: str) -> bool:
    half, rest = text[: len(text) // 2].strip(), text[len(text) // 2 :].strip()
    return bool(half) and half == rest


def placeholders(text: str) -> tuple[str, ...]:
    """The places of a text where a value is put in, sorted."""
    return tuple(sorted(place for place in _PLACEHOLDER.findall(text) if place not in ("%%", "{{", "}}")))


def compile_all(root: Path) -> list[Path]:
    """Make the `.mo` beside each catalogue that is newer than it; those that were made."""
    made = []
    for package in sorted(_packages_with_catalogue(root)):
        path = catalogue_path(root, package)
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        with path.open("rb") as source:
            catalogue = read_po(source, locale="en")
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        _replace(target, compiled.getvalue())
        made.append(target)
    return made


def _packages_with_catalogue(root: Path) -> set[str]:
    return {path.parents[3].name for path in root.glob("*/locale/en/LC_MESSAGES/django.po")}


def _read(path: Path) -> Mapping[Key, Message]:
    if not path.exists():
        return {}
    with path.open("rb") as source:
        catalogue = read_po(source, locale="en")
    return {(message.context, _msgid(message)): message for message in catalogue if message.id}


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _replace(path: Path, content: bytes) -> None:
    """Write whole or not at all: several processes may compile at once."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)


def main(arguments: list[str], root: Path) -> int:
    """`update` (with packages, if only some), `check` or `compile`; the exit status."""
    if arguments[:1] == ["update"]:
        update(root, *arguments[1:])
    elif arguments == ["compile"]:
        compile_all(root)
    elif arguments == ["check"]:
        problems = check(root)
        sys.stdout.writelines(f"{problem}\n" for problem in problems)
        return 1 if problems else 0
    else:
        sys.stderr.write("usage: python -m fotfeste.platform.i18n update [package ...] | check | compile\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parents[1]))
