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
FAMILY_MARK = "@"

_APOSTROPHES = re.compile(r"['`´‘’‚‛ʹʻʼʽʿʾ′＇]")
_LATIN = {
    "æ": "ae", "ø": "o", "å": "a", "œ": "oe", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h",
    "ı": "i", "ŋ": "n", "ŧ": "t", "ə": "e", "ɛ": "e", "ɔ": "o",
}  # fmt: skip
# The last letters of the Norwegian alphabet get the characters that follow z in bytes.
_SORTED_LATE = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "œ": "|", "å": "}", "ü": "y"}
_SORTED = _LATIN | _SORTED_LATE
_JOINERS = "\u200c\u200d"  # zero width: they part and join letters
# What nobody sees, or what turns a line around, as the inside of a bracket that Python and PostgreSQL read alike:
# controls, marks and overrides of direction, format characters, and fillers (Hangul, braille) that pass for letters.
# Not the joiners.
UNSEEN = (
    r"\u0001-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# What is no letter of any script, though it may stand in a name: digits, signs, spaces, marks that stand on a letter.
# Coarse, and the same for Python and PostgreSQL, whose classes depend on the server's locale.
_NO_LETTERS = (
    r"\u0020-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u036f\u0600-\u061f\u064b-\u0669\u06d6-\u06ed\u06f0-\u06f9"
    r"\u1360-\u137c\u1680\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u2000-\u2bff\u3000-\u3020\u3030"
    r"\ue000-\uf8ff\ufe00-\ufe0f\uff00-\uff20\ufff0-\uffff\U0001f000-\U0001faff\U000e0080-\U0010ffff"
)
A_LETTER = rf"[^{UNSEEN}{_NO_LETTERS}]"
"""A pattern: a character that shows as a letter. For Python and PostgreSQL."""
_UNSEEN = re.compile(rf"[\x00{UNSEEN}]")
_A_LETTER = re.compile(A_LETTER)
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
    """A name as it is kept: without what is `UNSEEN` (and can turn a line around, or be a name that nobody sees), no
    space at either end.

    The joiners that some scripts need stay where they stand inside a word.
    """
    kept = _UNSEEN.sub("", "".join(" " if char.isspace() else char for char in text))
    return "".join(
        char
        for place, char in enumerate(kept)
        if char not in _JOINERS or (_is_in_word(kept[:place][-1:]) and _is_in_word(kept[place + 1 :][:1]))
    ).strip()


def shows_a_letter(name: str) -> bool:
    """Whether there is something in a name to read: at least one letter, of whatever script."""
    return _A_LETTER.search(name) is not None


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


def family_tokens(name: str) -> frozenset[str]:
    """What to store of a person's family name beside its search tokens: its words as plain folds, marked.

    They say which of a person's words is a family name; no search asks for them.
    """
    return frozenset(FAMILY_MARK + word for word in _words(name))


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
