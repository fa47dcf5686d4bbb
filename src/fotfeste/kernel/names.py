"""Names for searching and sorting, computed here because the database server need not have ICU.

Three keys: the plain fold (what people type; prefixes work), a coarse key that the common spellings of one
name share, and a skeleton of consonants for scripts that leave vowels out. They find people; they never say
that two people are one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from fotfeste.kernel.transliteration import ARABIC_MARKS, is_cyrillic, lacks_vowels, romanised

COARSE_MARK = "~"
LATIN_SKELETON_MARK = "^"
VOWELLESS_SKELETON_MARK = "="

_APOSTROPHES = re.compile(r"['`´‘’‚‛ʹʻʼʽʿʾ′＇]")
_LATIN = {
    "æ": "ae", "ø": "o", "å": "a", "œ": "oe", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h",
    "ı": "i", "ŋ": "n", "ŧ": "t", "ə": "e", "ɛ": "e", "ɔ": "o",
}  # fmt: skip
# The last letters of the Norwegian alphabet get the characters that follow z in bytes.
_SORTED_LATE = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "œ": "|", "å": "}", "ü": "y"}
_SORTED = _LATIN | _SORTED_LATE
_JOINERS = "\u200c\u200d"  # zero width: they part and join letters
_LATE = re.compile(r"[{|}]")

# Each pattern, in this order, brings the spellings of one sound to one letter. A vowel is a vowel: it is they
# that differ most.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ah$", "a"),
        (r"(?<=[dt])er$", "r"),
        (r"shch|sjtsj|schtsch", "S"),
        (r"tsch|tsj|tch|cz|(?<!s)ch", "C"),
        (r"sch|skj|sh|sj|sz", "S"),
        (r"zh|zj", "z"),
        (r"ph", "f"),
        (r"kh|gh|g", "h"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"[aeiouyj]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)


def readable(text: str) -> str:
    """A name as it is kept: no control or format characters (which can turn a line around, or be a name that nobody
    sees), no space at either end.

    The joiners that some scripts need stay where they stand inside a word. Unicode: categories Cc and Cf.
    """
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = "".join(char for char in spaced if char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf"))
    return "".join(
        char
        for place, char in enumerate(kept)
        if char not in _JOINERS or (_is_in_word(kept[:place][-1:]) and _is_in_word(kept[place + 1 :][:1]))
    ).strip()


def _is_in_word(char: str) -> bool:
    """A letter, or a mark on one."""
    return char != "" and unicodedata.category(char)[0] in "LM"


def fold(text: str) -> str:
    """The text as people type it when they cannot type it: lower case Latin words with single spaces between.

    Diacritics go, æ ø å become ae o a, apostrophes are dropped, other marks part words; Cyrillic, Arabic
    and Ge'ez letters are written in Latin, letters of other scripts stay. Folding twice changes nothing.
    """
    return _plain(_composed(text), _LATIN)


def phonetic_key(text: str) -> str:
    """A coarse key that the common spellings of a name share; empty where there is no letter.

    Kyryl and Kiril, Oleksandr and Aleksandr and Alexander, Shevchenko and Sjevtsjenko, Mohammed and Muhamad.
    Different names may share it too.
    """
    return " ".join(_coarse(word) for word in fold(text).split())


def search_tokens(*names: str) -> frozenset[str]:
    """What to store for a person: every name's words as plain folds, and as marked keys.

    Marks: `~` coarse key, `^` skeleton of a name written with vowels, `=` skeleton of one written without.
    A plain fold never begins with a mark, so prefix search (`token LIKE 'kov%'`) meets plain folds alone.
    Cyrillic gives the Ukrainian and the Russian fold, a hyphenated name also the joined one. Look people up
    with query_tokens.
    """
    tokens: set[str] = set()
    for name in names:
        mark = VOWELLESS_SKELETON_MARK if lacks_vowels(name) else LATIN_SKELETON_MARK
        for word in _words(name):
            tokens |= {word, COARSE_MARK + _coarse(word), mark + _skeleton(word)}
    return frozenset(tokens)


def query_tokens(word: str) -> frozenset[str]:
    """The stored tokens that one typed word asks for; a person is found who has any (or a plain fold that
    it begins).

    A word with vowels asks for skeletons of names without, a word without them for all skeletons. Parts of
    a hyphenated word are not asked for alone. Empty for a word without letters or digits.
    """
    tokens: set[str] = set()
    joined = re.sub(r"[\W_]+", "", _APOSTROPHES.sub("", word))
    for folded in _words(joined):
        tokens |= {folded, COARSE_MARK + _coarse(folded), VOWELLESS_SKELETON_MARK + _skeleton(folded)}
        if lacks_vowels(word):
            tokens.add(LATIN_SKELETON_MARK + _skeleton(folded))
    return frozenset(tokens)


def norwegian_sort_key(text: str) -> str:
    """A key whose byte order is the Norwegian order of names: … z æ ø å, aa as å, capitals and diacritics
    aside.

    For a text column with COLLATE "C". Names that differ only in what is set aside are told apart by their
    own text, last.
    """
    composed = _LATE.sub(" ", _composed(text)).replace("aa", "å")
    return f"{_plain(composed, _SORTED)}\x1f{unicodedata.normalize('NFC', text)}"


def _composed(text: str) -> str:
    """Lower case, one code point a letter, without apostrophes and invisible marks."""
    lower = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).casefold()
    composed = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", lower))  # some signs become one only now
    return "".join(char for char in composed if unicodedata.category(char) != "Cf" and char not in ARABIC_MARKS)


def _plain(composed: str, letters: Mapping[str, str], *, as_russian: bool | None = None) -> str:
    romans = romanised(composed, as_russian=as_russian)
    latin = "".join(letters.get(char) or letters.get(unicodedata.normalize("NFD", char)[0], char) for char in romans)
    bare = "".join(char for char in unicodedata.normalize("NFD", latin) if unicodedata.category(char) != "Mn")
    kept = (
        char if char.isalnum() or (char in "{|}" and letters is _SORTED) else " "
        for char in unicodedata.normalize("NFC", bare)
    )
    return " ".join("".join(kept).split())


def _words(name: str) -> Iterable[str]:
    """A name's words folded, Cyrillic in both readings, hyphenated words also joined."""
    found: dict[str, None] = {}
    readings = (False, True) if is_cyrillic(name) else (None,)
    for part in name.split():
        composed = _composed(part)
        for as_russian in readings:
            words = _plain(composed, _LATIN, as_russian=as_russian).split()
            found |= dict.fromkeys(words)
            if len(words) > 1:
                found["".join(words)] = None
    return tuple(found)


def _coarse(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word.lower()


def _skeleton(word: str) -> str:
    """The coarse key without its vowels, but for one at the beginning."""
    coarse = _coarse(word)
    return coarse[:1] + coarse[1:].replace("a", "")
