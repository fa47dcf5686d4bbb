"""Names are found as people type them, and sorted as Norwegians do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.names import (
    fold,
    norwegian_sort_key,
    phonetic_key,
    query_tokens,
    readable,
    search_tokens,
    shows_a_letter,
)

letters = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x52F), max_size=20) | st.text(
    st.sampled_from("علي محمد الشريف ሰላም ገብረ Є'їґÆøÅáß-ʼ’ "), max_size=20
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kovalenko", "kovalenko"),
        ("Коваленко", "kovalenko"),
        ("Kóvålenkø", "kovalenko"),
        ("  Anne-Marie  Ås ", "anne marie as"),
        ("Æsop Øien Ångström", "aesop oien angstrom"),
        ("A\u030as", "as"),
        ("Łukasz Đorđević Þór Straße", "lukasz dordevic thor strasse"),
        ("O'Brien O’Brien OʼBrien", "obrien obrien obrien"),
        ("Юлія Єгорівна Їжак", "yuliia yehorivna yizhak"),
        ("В'ячеслав Згурський", "viacheslav zghurskyi"),
        ("Олександр", "oleksandr"),
        ("Щербань", "shcherban"),
        ("Объедков Рыжёв", "obieedkov ryzhev"),
        ("محمد", "mhmd"),
        ("مُحَمَّد", "mhmd"),
        ("يوسف وليد", "yusf wlid"),
        ("فاطمة", "fatma"),
        ("ተስፋዬ", "tesfaye"),
        ("አበበ", "abebe"),
        ("ገብረ", "gebre"),
        ("İstanbul Ilgın", "istanbul ilgin"),
        ("Ｗｉｄｅ", "wide"),
        ("...", ""),
    ],
)
def test_a_name_folds_to_what_people_type(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(letters)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(letters)
def test_a_fold_has_only_words_with_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(char.isalnum() or char == " " for char in folded)
    assert folded == folded.casefold()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kyryl", "Kiril", "Kyrill", "Кирил", "Kirill"),
        ("Oleksandr", "Aleksandr", "Alexander", "Олександр", "Александр"),
        ("Shevchenko", "Schewtschenko", "Sjevtsjenko", "Шевченко"),
        ("Shcherbakov", "Schtscherbakow", "Sjtsjerbakov", "Щербаков"),
        ("Yuliia", "Julia", "Iuliia", "Юлія", "Юлия"),
        ("Andrii", "Andriy", "Andrej", "Андрій", "Андрей"),
        ("Serhii", "Sergey", "Serhiy", "Сергій", "Сергей"),
        ("Olha", "Olga", "Ольга"),
        ("Mykhailo", "Mihailo", "Михайло"),
        ("Volodymyr", "Wolodymyr", "Володимир"),
        ("Mohammed", "Muhamad", "Mohamed"),
        ("Sarah", "Sara"),
        ("Ås", "Aas"),
        ("Łukasz", "Lukasch"),
    ],
)
def test_the_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({phonetic_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Oleksandr", "Oleksandra"), ("Kovalenko", "Kovalchuk"), ("Ivan", "Iryna"), ("Maryna", "Myron")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert phonetic_key(one) != phonetic_key(other)


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        (("Kovalenko",), "Коваленко"),
        (("Коваленко",), "Kovalenko"),
        (("Олена Коваленко",), "Kovålenkø"),
        (("Oleksandr",), "Александр"),
        (("Григорий",), "Grigorij"),
        (("Григорій",), "Hryhorii"),
        (("Mohammed",), "محمد"),
        (("محمد",), "Muhammad"),
        (("عبدالله",), "Abdullah"),
        (("Khalid",), "خالد"),
        (("علي",), "Ali"),
        (("ክብሮም",), "Kibrom"),
        (("Kibrom",), "ክብሮም"),
        (("Al-Masri",), "Almasri"),
        (("Almasri",), "Al-Masri"),
        (("Anne-Marie",), "Marie"),
        (("В'ячеслав",), "Viacheslav"),
    ],
)
def test_a_person_is_found_whatever_the_letters(registered: tuple[str, ...], typed: str) -> None:
    assert search_tokens(*registered) & query_tokens(typed)


@pytest.mark.parametrize(("registered", "typed"), [("Maryna", "Myron"), ("Mahmoud", "Muhammad"), ("Ivan", "Iven k")])
def test_consonants_alone_do_not_find_a_name_written_with_vowels(registered: str, typed: str) -> None:
    assert not search_tokens(registered) & query_tokens(typed)


def test_a_prefix_meets_plain_folds_alone() -> None:
    tokens = search_tokens("Олена Коваленко")
    assert {"olena", "kovalenko"} <= tokens
    assert {token for token in tokens if token.startswith("kov")} == {"kovalenko"}
    assert all(token[0].isalnum() or token[0] in "~^=" for token in tokens)


@given(letters)
def test_every_word_of_a_name_finds_it(name: str) -> None:
    tokens = search_tokens(name)
    for word in fold(name).split():
        assert word in tokens
        assert query_tokens(word) & tokens


def test_nothing_is_found_by_nothing() -> None:
    assert search_tokens("", " - ") == frozenset()
    assert query_tokens(" ' ") == frozenset()


def test_names_sort_as_norwegians_sort_them() -> None:
    names = [
        "Åse",
        "Aaberg",
        "Zara",
        "Øyvind",
        "Ærlig",
        "Anne",
        "anna",
        "Ola Nordmann",
        "Ola",
        "Olaf",
        "Özil",
        "Müller",
        "Mysen",
        "Élise",
    ]
    assert sorted(names, key=lambda name: norwegian_sort_key(name).encode()) == [
        "anna", "Anne", "Élise", "Müller", "Mysen", "Ola", "Ola Nordmann", "Olaf", "Zara", "Ærlig", "Øyvind", "Özil",
        "Aaberg", "Åse",
    ]  # fmt: skip


def test_braces_in_a_name_are_not_letters() -> None:
    assert norwegian_sort_key("{a").startswith("a\x1f")


@given(letters, letters)
def test_different_names_have_different_sort_keys(one: str, other: str) -> None:
    keys = [norwegian_sort_key(name) for name in (one, other)]
    kept = [unicodedata.normalize("NFC", name) for name in (one, other)]
    assert (keys[0] == keys[1]) is (kept[0] == kept[1])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Olena ", "Olena"),
        ("\u202e\u200b", ""),
        ("Ol\u202eena\u2066", "Olena"),
        ("\u3164", ""),
        ("O\u115fl\u1160e\uffa0n\u2800a\u061c", "Olena"),
        ("Nguye\u0302\u0303n", "Nguye\u0302\u0303n"),
        ("O\u00adle\u0000na\ufeff", "Olena"),
        ("Kari\tAnne", "Kari Anne"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\u200cOlena\u200d", "Olena"),
        ("Олена Коваленко", "Олена Коваленко"),
    ],
)
def test_a_name_is_kept_without_what_nobody_sees_and_with_the_joiners_that_a_word_needs(typed: str, kept: str) -> None:
    assert readable(typed) == kept


REAL = [
    *("Anelo", "O'Brien", "Ng", "Ḥasan", "Nguyễn", "Nguye\u0302\u0303n", "Олена"),
    *("محمد", "فاطمه\u200cزهرا", "ሰላም", "김", "李", "ანა"),
]


@pytest.mark.parametrize("name", REAL)
def test_a_name_in_any_real_script_has_a_letter_and_is_kept_as_it_is(name: str) -> None:
    assert shows_a_letter(name)
    assert readable(name) == name


@pytest.mark.parametrize("name", ["", " ", "-", "12", "'", "\u0301", "\ufe0f", "\u200d", "\U0001f600", "\u00d7"])
def test_what_has_no_letter_of_any_script_is_no_name(name: str) -> None:
    assert not shows_a_letter(name)


@pytest.mark.parametrize(
    "char",
    [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
    + ["\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u200b", "\u00ad", "\ufeff"],
)
def test_what_turns_a_line_around_or_fills_it_unseen_is_no_part_of_a_name(char: str) -> None:
    assert readable(f"Ole{char}na") == "Olena"
    assert not shows_a_letter(char * 3)
