"""Latin letters for Ukrainian, Russian, Arabic and Ge'ez letters, by tables of our own, for searching names.

Ukrainian follows resolution 55/2010 of its government (the spelling in passports), Russian the
machine-readable passport (ICAO 9303). Arabic (with Persian, Dari and Pashto letters) writes no short
vowels; Ge'ez writes syllables.
"""

import unicodedata
from collections.abc import Callable, Mapping

_SHARED_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "д": "d", "е": "e", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ў": "u", "ј": "j", "ґ": "g", "і": "i", "ї": "i", "є": "ie",
    "ё": "e", "ъ": "ie", "ы": "y", "э": "e", "й": "i", "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN = _SHARED_CYRILLIC | {"г": "h", "и": "y"}
_UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = _SHARED_CYRILLIC | {"г": "g", "и": "i"}
_ONLY_RUSSIAN = frozenset("ёъыэ")

_ARABIC = {
    "ا": "a", "آ": "a", "أ": "a", "إ": "i", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ټ": "t", "ٹ": "t",
    "ث": "th", "ج": "j", "چ": "ch", "ځ": "dz", "څ": "ts", "ح": "h", "خ": "kh", "د": "d", "ډ": "d", "ڈ": "d",
    "ذ": "dh", "ر": "r", "ړ": "r", "ڑ": "r", "ز": "z", "ژ": "zh", "ږ": "zh", "س": "s", "ش": "sh", "ښ": "sh",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k",
    "ک": "k", "گ": "g", "ګ": "g", "ل": "l", "م": "m", "ن": "n", "ں": "n", "ڼ": "n", "ه": "h", "ہ": "h",
    "ھ": "h", "ة": "a", "ۀ": "a", "و": "u", "ؤ": "u", "ۇ": "u", "ۆ": "o", "ي": "i", "ی": "i", "ى": "a",
    "ئ": "i", "ې": "e", "ۍ": "e", "ے": "e", "ە": "a", "ء": "",
}  # fmt: skip
_ARABIC_INITIAL = {"و": "w", "ي": "y", "ی": "y"}
_ARABIC_FINAL = {"ه": "ah", "ہ": "ah"}

# Ge'ez stands in Unicode in rows of eight, one consonant a row; the place in the row is the vowel.
_GEEZ_FIRST, _GEEZ_LAST = 0x1200, 0x1357
_GEEZ_ROWS = (
    "h", "l", "h", "m", "s", "r", "s", "sh", "q", "q", "q", "q", "b", "v", "t", "ch", "h", "h", "n", "ny",
    "", "k", "k", "kh", "kh", "w", "", "z", "zh", "y", "d", "d", "j", "g", "g", "g", "t", "ch", "p", "ts",
    "ts", "f", "p",
)  # fmt: skip
_GEEZ_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")
# In these rows the first vowel is heard as a.
_GEEZ_OPEN_ROWS = frozenset({0x00, 0x02, 0x10, 0x14, 0x1A})
_GEEZ_VOWEL_ROWS = frozenset({0x14, 0x1A})


# Vowel marks and lengthening strokes: most names are written without, so those with them are read without.
ARABIC_MARKS = frozenset("\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")


def is_cyrillic(text: str) -> bool:
    """The text has a Cyrillic letter."""
    return any("\u0400" <= char <= "\u052f" for char in text)


def lacks_vowels(text: str) -> bool:
    """The text has Arabic or Ge'ez letters, which leave out vowels that Latin spells."""
    return any("\u0600" <= char <= "\u077f" or "\u1200" <= char <= "\u137f" for char in text)


def romanised(text: str, *, as_russian: bool | None = None) -> str:
    """The text with its Ukrainian, Russian, Arabic and Ge'ez letters in Latin; the rest as it stands.

    Takes lower case in the composed form (NFKC). Ukrainian unless a letter is only Russian; `as_russian`
    decides.
    """
    if text.isascii():
        return text
    is_russian = not _ONLY_RUSSIAN.isdisjoint(text) if as_russian is None else as_russian
    cyrillic: Callable[[str, str], str | None] = _russian if is_russian else _ukrainian
    written: list[str] = []
    for place, char in enumerate(text):
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        # A letter that no table has may be one of theirs with a diacritic: then it is read without.
        for letter in (char, unicodedata.normalize("NFD", char)[0]):
            found = (cyrillic(letter, before), _arabic(letter, before, after), _geez(letter, before))
            latin = next((each for each in found if each is not None), None)
            if latin is not None:
                break
        written.append(char if latin is None else latin)
    return "".join(written)


def _initial(char: str, before: str, initial: Mapping[str, str], anywhere: Mapping[str, str]) -> str | None:
    return initial[char] if char in initial and not before.isalnum() else anywhere.get(char)


def _ukrainian(char: str, before: str) -> str | None:
    if char == "г" and before == "з":
        return "gh"
    return _initial(char, before, _UKRAINIAN_INITIAL, _UKRAINIAN)


def _russian(char: str, before: str) -> str | None:
    return _RUSSIAN.get(char)


def _arabic(char: str, before: str, after: str) -> str | None:
    if char in _ARABIC_FINAL and before.isalnum() and not after.isalnum():
        return _ARABIC_FINAL[char]
    return _initial(char, before, _ARABIC_INITIAL, _ARABIC)


def _geez(char: str, before: str) -> str | None:
    code = ord(char)
    if not _GEEZ_FIRST <= code <= _GEEZ_LAST:
        return None
    row, place = divmod(code - _GEEZ_FIRST, 8)
    vowel = _GEEZ_VOWELS[place]
    if place == 0 and row in _GEEZ_OPEN_ROWS:
        vowel = "a"
    if place == 5 and row in _GEEZ_VOWEL_ROWS and not before.isalnum():
        vowel = "e"
    return _GEEZ_ROWS[row] + vowel
