"""How people are found by name and number, and when two records are likely to be one person (REG-03)."""

from collections.abc import Iterable
from datetime import date
from itertools import product

from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.identifiers import normalise_digits
from fotfeste.kernel.names import family_tokens, fold, phonetic_key, query_tokens, search_tokens

DUPLICATE_MARK = "+"
MOST_WORDS = 6
_LEAST_DIGITS = 6
_LEAST_LETTERS = 2

_LIKELY_DUPLICATE = RuleRef("registry.likely_duplicate", "1", "REG-03; the closeness of names is chosen by us", "demo")


def duplicate_keys(given_name: str, family_name: str, birth_date: date) -> frozenset[str]:
    """The keys of a person that a second record of the same person is likely to share.

    One for every pair of a given and a family name, in the coarse spelling and in no order (names are often
    swapped), with the birth date. Kiril Sjevtsjenko and Shevchenko Kyryl share one; twins with different
    given names do not.
    """
    given = [phonetic_key(word) for word in fold(given_name).split()] or [""]
    family = [phonetic_key(word) for word in fold(family_name).split()] or [""]
    day = birth_date.isoformat()
    pairs = (sorted(pair) for pair in product(given, family))
    return frozenset(f"{DUPLICATE_MARK}{day} {first} {second}" for first, second in pairs)


def is_likely_duplicate(first: tuple[str, str, date], second: tuple[str, str, date]) -> Decision:
    """Whether two records, each (given name, family name, birth date), are likely to be of one person.

    A yes is a proposal to look, never a reason to join.
    """
    inputs = {"first": first, "second": second}
    if first[2] != second[2]:
        return Decision.no(_LIKELY_DUPLICATE, Reason("birth_dates_differ"), inputs=inputs)
    if duplicate_keys(*first) & duplicate_keys(*second):
        return Decision.yes(_LIKELY_DUPLICATE, Reason("same_birth_date_and_close_names"), inputs=inputs)
    return Decision.no(_LIKELY_DUPLICATE, Reason("names_differ"), inputs=inputs)


def tokens_of(
    given_name: str, family_name: str, original_name: str, birth_date: date, numbers: Iterable[str]
) -> frozenset[str]:
    """What is stored to find a person by: names folded and coarse, family names marked, numbers, duplicate keys."""
    return (
        search_tokens(given_name, family_name, original_name)
        | family_tokens(family_name)
        | frozenset(number.lower() for number in numbers)
        | duplicate_keys(given_name, family_name, birth_date)
    )


def wanted_tokens(text: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """What a search text asks for: for every word its tokens, each with whether a stored one may go on after it.

    A text of digits (with spaces or hyphens) is one number. One letter alone, or less than six digits (a
    household's number, or the year that all DUF numbers begin with; with letters, how all Reg.nr. begin), ask
    for just that. The word that narrows most comes first.
    """
    digits = normalise_digits(text)
    if digits.isascii() and digits.isdigit():
        return (((digits, len(digits) >= _LEAST_DIGITS),),)
    words: list[tuple[tuple[str, bool], ...]] = []
    for word in text.split()[:MOST_WORDS]:
        plain = fold(word).replace(" ", "")
        tokens = query_tokens(word) - {plain}
        if plain:
            least = _LEAST_DIGITS if any(letter.isdigit() for letter in plain) else _LEAST_LETTERS
            words.append(((plain, len(plain) >= least), *((token, False) for token in sorted(tokens))))
    return tuple(sorted(words, key=lambda tokens: -len(tokens[0][0])))
