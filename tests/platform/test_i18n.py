"""The English is complete, and what is missing, unsure or wrong is found."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django import forms
from django.utils.translation import override

import fotfeste
from fotfeste.platform import i18n

ROOT = Path(fotfeste.__file__).parent
SOURCE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

TITLE = gettext_lazy("Husstander")
def words(n: int, name: str) -> str:
    return _("Hei, %(name)s") % {"name": name} + ngettext("%d dag", "%d dager", n) + pgettext("rom", "Ledig") + _(name)
"""
TEMPLATE = """{% extends "base.html" %}
  {% block title %}{% translate "Navn" %}{% endblock %}
{{ form.x|default:_("Ingen") }}
      {% blocktranslate count n=n trimmed with who=name|title %}
   {{ who }} har {{ n }} rom
 {% plural %}
   {{ who }} har {{ n }} rom til sammen
      {% endblocktranslate %} it's 100 % "fine" ( {
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A package with a source and a template, and no catalogue."""
    package = tmp_path / "rooms"
    (package / "templates" / "rooms").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "words.py").write_text(SOURCE)
    (package / "templates" / "rooms" / "page.html").write_text(TEMPLATE)
    return tmp_path


def translated(tree: Path, **changed: str) -> Path:
    """Give the package a whole catalogue, with some lines changed."""
    i18n.update(tree)
    path = i18n.catalogue_path(tree, "rooms")
    english = {
        "Hei, %(name)s": "Hello, %(name)s",
        "Husstander": "Households",
        "Ledig": "Free",
        "Navn": "Name",
        "Ingen": "None",
    }
    text = path.read_text()
    for norwegian, words in english.items():
        text = text.replace(f'msgid "{norwegian}"\nmsgstr ""', f'msgid "{norwegian}"\nmsgstr "{words}"')
    for singular, plural in (("%(who)s has %(n)s room", "%(who)s has %(n)s rooms"), ("%d day", "%d days")):
        text = text.replace('msgstr[0] ""\nmsgstr[1] ""', f'msgstr[0] "{singular}"\nmsgstr[1] "{plural}"', 1)
    for old, new in changed.items():
        assert english[old] in text
        text = text.replace(f'msgstr "{english[old]}"', f'msgstr "{new}"')
    path.write_text(text)
    return path


def test_texts_are_found_in_sources_and_templates(tree: Path) -> None:
    found = i18n.extract(tree)["rooms"]
    assert {(text.context, text.msgid, text.plural) for text in found.values()} == {
        (None, "Husstander", None),
        (None, "Hei, %(name)s", None),
        (None, "%d dag", "%d dager"),
        ("rom", "Ledig", None),
        (None, "Navn", None),
        (None, "Ingen", None),
        (None, "%(who)s har %(n)s rom", "%(who)s har %(n)s rom til sammen"),
    }
    assert found[(None, "Husstander")].place == "rooms/words.py:4"
    assert found[(None, "Navn")].place == "rooms/templates/rooms/page.html:2"


def test_a_text_that_nobody_has_written_down_is_missing(tree: Path) -> None:
    assert "rooms/words.py:4: 'Husstander' is not in the catalogue" in i18n.check(tree)


def test_a_whole_catalogue_has_nothing_to_complain_of(tree: Path) -> None:
    translated(tree)
    assert i18n.check(tree) == []


def test_an_empty_translation_is_found(tree: Path) -> None:
    translated(tree, Husstander="")
    assert i18n.check(tree) == ["rooms/words.py:4: 'Husstander' has no translation"]


def test_a_translation_that_stands_twice_is_found(tree: Path) -> None:
    translated(tree, Husstander="Households.Households.")
    assert i18n.check(tree) == ["rooms/words.py:4: 'Husstander' has its translation twice, one after the other"]


def test_an_unsure_translation_is_found(tree: Path) -> None:
    path = translated(tree)
    path.write_text(path.read_text().replace('msgid "Navn"', '#, fuzzy\nmsgid "Navn"'))
    assert i18n.check(tree) == [
        "rooms/templates/rooms/page.html:2: 'Navn' has a translation that nobody has looked at (fuzzy)"
    ]


def test_other_placeholders_are_found(tree: Path) -> None:
    translated(tree, **{"Hei, %(name)s": "Hello, %(nam)s"})
    assert i18n.check(tree) == [
        "rooms/words.py:6: 'Hei, %(name)s' has other placeholders in its translation: 'Hello, %(nam)s'"
    ]


def test_a_text_that_is_no_longer_used_is_found_and_taken_out(tree: Path) -> None:
    path = translated(tree)
    (tree / "rooms" / "words.py").write_text(SOURCE.replace("Husstander", "Familier"))
    assert i18n.check(tree) == [
        "rooms/words.py:4: 'Familier' is not in the catalogue",
        "rooms: the catalogue has a text that is not used: 'Husstander'",
    ]
    i18n.update(tree)
    assert i18n.check(tree) == ["rooms/words.py:4: 'Familier' has no translation"]
    assert "Hello, %(name)s" in path.read_text(), "the others are kept"


def test_updating_twice_changes_nothing(tree: Path) -> None:
    path = translated(tree)
    i18n.update(tree)
    once = path.read_text()
    i18n.update(tree, "rooms")
    assert path.read_text() == once


def test_a_long_line_filled_in_by_hand_is_found_so_that_the_next_update_changes_nothing(tree: Path) -> None:
    path = translated(tree, Husstander="Households " + "and those who belong to them " * 5)
    assert i18n.check(tree) == ["rooms: the catalogue is not as `update` writes it. Run update and keep what it writes"]
    i18n.update(tree)
    assert i18n.check(tree) == []
    assert max(len(line) for line in path.read_text().splitlines()) <= i18n.WIDTH + 2


def test_a_text_translated_differently_in_two_packages_is_found(tree: Path) -> None:
    translated(tree)
    other = tree / "beds"
    other.mkdir()
    (other / "__init__.py").write_text('from x import _\n\nWORD = _("Navn")\n')
    i18n.update(tree, "beds")
    path = i18n.catalogue_path(tree, "beds")
    path.write_text(path.read_text().replace('msgid "Navn"\nmsgstr ""', 'msgid "Navn"\nmsgstr "Title"'))
    assert i18n.check(tree) == ["rooms and beds translate differently: 'Navn'"]


def test_a_compiled_catalogue_is_what_gettext_reads(tree: Path) -> None:
    translated(tree)
    (compiled,) = i18n.compile_all(tree)
    with compiled.open("rb") as source:
        catalogue = read_mo(source)
    assert catalogue.get("Husstander") is not None
    assert catalogue["Husstander"].string == "Households"
    assert i18n.compile_all(tree) == [], "what is up to date is left alone"


@pytest.mark.parametrize(("command", "status"), [("update", 0), ("check", 1), ("compile", 0), ("wipe", 2)])
def test_the_commands_tell_by_their_status(tree: Path, command: str, status: int) -> None:
    assert i18n.main([command], tree) == status


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100 %% av %(days)d dager", ("%(days)d",)),
        ("{code} og {{klamme}}", ("{code}",)),
        ("%s, {}", ("%s", "{}")),
        ("uten", ()),
    ],
)
def test_placeholders_of_both_kinds_are_seen(text: str, found: tuple[str, ...]) -> None:
    assert i18n.placeholders(text) == found


def test_the_english_is_complete_and_stays_as_it_is_when_it_is_updated() -> None:
    assert i18n.check(ROOT) == []


def test_django_s_own_messages_are_norwegian_by_default() -> None:
    class Every(forms.Form):
        text = forms.CharField(max_length=1)
        number = forms.IntegerField()
        choice = forms.ChoiceField(choices=[("a", "A")])
        email = forms.EmailField()

    bad = {"text": "ab", "number": "x", "choice": "b", "email": "x"}

    def messages(language: str) -> list[str]:
        with override(language):
            return [
                str(error) for form in (Every(bad), Every({})) for errors in form.errors.values() for error in errors
            ]

    norwegian, english = messages("nb"), messages("en")
    assert len(norwegian) == 8
    assert not set(norwegian) & set(english), "an English sentence would be the same in both"
