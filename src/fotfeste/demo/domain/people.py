"""The people of a household: names, birth dates, languages and numbers that belong to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from fotfeste.demo.domain.assumptions import Assumptions
from fotfeste.demo.names import Name, Sex, given_names, surnames
from fotfeste.kernel.identifiers import IdentifierKind, check_identifier, synthetic_d_number, synthetic_duf
from fotfeste.kernel.names import phonetic_key

ADULT, CHILD, GRANDPARENT, MINOR = "adult", "child", "grandparent", "minor"
DUF_SERIALS = 1_000_000
_DAYS_A_YEAR = 365.25
_ANY_DAY = date(2024, 1, 1)

# Who there is in each kind of household: part, sex ("" for either), lowest and highest age in years.
_SEATS: dict[str, tuple[tuple[str, str, int, int], ...]] = {
    "single_woman": ((ADULT, "female", 18, 74),),
    "single_man": ((ADULT, "male", 18, 72),),
    "couple": ((ADULT, "female", 22, 70), (ADULT, "male", 22, 70)),
    "parent_and_child": ((ADULT, "female", 24, 48), (CHILD, "", 0, 17)),
    "parent_and_children": ((ADULT, "female", 26, 46), (CHILD, "", 4, 17), (CHILD, "", 0, 12)),
    "family_of_three": ((ADULT, "female", 24, 46), (ADULT, "male", 25, 50), (CHILD, "", 0, 17)),
    "family_of_four": (
        (ADULT, "female", 27, 46),
        (ADULT, "male", 28, 50),
        (CHILD, "", 6, 17),
        (CHILD, "", 0, 11),
    ),
    "family_of_five": (
        (ADULT, "female", 31, 46),
        (ADULT, "male", 32, 52),
        (CHILD, "", 9, 17),
        (CHILD, "", 4, 11),
        (CHILD, "", 0, 6),
    ),
    "family_with_grandparent": ((ADULT, "female", 27, 46), (CHILD, "", 0, 17), (GRANDPARENT, "female", 58, 82)),
    "child_with_relative": ((ADULT, "female", 30, 68), (CHILD, "", 9, 16)),
    "unaccompanied_minor": ((MINOR, "", 14, 17),),
}
SIZES = {kind: len(seats) for kind, seats in _SEATS.items()}


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person before they are registered."""

    part: str
    given_name: str
    family_name: str
    original_name: str
    birth_date: date
    sex: str
    citizenship: str
    languages: tuple[str, ...]
    needs_interpreter: bool
    duf: str
    d_number: str

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}"

    def age_on(self, day: date) -> int:
        """Whole years; 29 February becomes 1 March."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


class Population:
    """Makes people, each a little different: no two share a number, nor a birth date with close names."""

    def __init__(self, seed: int, assumed: Assumptions) -> None:
        self._rng = Random(f"{seed}-people")
        self._languages = assumed.table("languages")
        self._manages_alone = assumed.number("share_without_interpreter")
        self._seen: set[tuple[date, str]] = set()
        self._numbers_of_day: dict[tuple[date, Sex], int] = {}
        self._persons = 0
        # Consecutive serials would tell the order of arrival: a step prime to their number visits each once.
        self._duf_start = self._rng.randrange(DUF_SERIALS)

    def household(self, kind: str, citizenship: str, arrival: date) -> tuple[PersonDraft, ...]:
        """The people of a household of a kind that arrives on a day; the adults come first."""
        family = self._rng.randrange(len(surnames(citizenship, "female")))
        return tuple(
            self._person(
                part, sex, (youngest, oldest), citizenship, arrival, self._family_of(part, family, citizenship)
            )
            for part, sex, youngest, oldest in _SEATS[kind]
        )

    def same_again(self, person: PersonDraft) -> PersonDraft:
        """A second record of a person: names swapped, and no number that would have told (REG-03)."""
        return replace(
            person,
            given_name=person.family_name,
            family_name=person.given_name,
            duf=self._next_duf(),
            d_number="",
        )

    def _family_of(self, part: str, family: int, citizenship: str) -> int:
        return self._rng.randrange(len(surnames(citizenship, "female"))) if part == GRANDPARENT else family

    def _person(
        self, part: str, sex: str, ages: tuple[int, int], citizenship: str, arrival: date, family: int
    ) -> PersonDraft:
        rng = self._rng
        is_female = sex == "female" or (sex == "" and rng.random() < 0.5)
        its_sex: Sex = "female" if is_female else "male"
        given: Name = rng.choice(given_names(citizenship, its_sex))
        surname: Name = surnames(citizenship, its_sex)[family]
        birth_date = self._birth_date(ages, arrival, given.latin, surname.latin)
        main, second, share = self._languages[citizenship]
        is_alone_able = part == ADULT and rng.random() < self._manages_alone
        languages = (main, second) if rng.random() < share else (main,)
        return PersonDraft(
            part=part,
            given_name=given.latin,
            family_name=surname.latin,
            original_name=f"{given.original} {surname.original}" if given.original and surname.original else "",
            birth_date=birth_date,
            sex=its_sex,
            citizenship=citizenship,
            languages=(*languages, "en") if is_alone_able and "en" not in languages else languages,
            needs_interpreter=not is_alone_able,
            duf=self._next_duf(),
            d_number=self._d_number(birth_date, its_sex) if rng.random() < 0.6 else "",
        )

    def _birth_date(self, ages: tuple[int, int], arrival: date, given: str, family: str) -> date:
        youngest, oldest = ages
        # Half of the adults' range is drawn twice as often: there are fewer of the oldest.
        years = self._rng.triangular(youngest, oldest + 1, youngest + (oldest - youngest) * 0.35)
        day = arrival - timedelta(days=min(int(years * _DAYS_A_YEAR) + 3, int((oldest + 1) * _DAYS_A_YEAR) - 3))
        names = " ".join(sorted((_coarse(given), _coarse(family))))
        while (day, names) in self._seen:
            day -= timedelta(days=1)
        self._seen.add((day, names))
        return day

    def _next_duf(self) -> str:
        """The next number that nobody would take for a placeholder."""
        while True:
            self._persons += 1
            duf = synthetic_duf((self._duf_start + self._persons * 611_953) % DUF_SERIALS)
            if not check_identifier(IdentifierKind.DUF, duf, _ANY_DAY).warnings:
                return duf

    def _d_number(self, birth_date: date, sex: Sex) -> str:
        serial = self._numbers_of_day.get((birth_date, sex), 0)
        self._numbers_of_day[birth_date, sex] = serial + 1
        return synthetic_d_number(birth_date, serial, is_even=sex == "female") if serial < 150 else ""


@lru_cache(maxsize=4096)
def _coarse(name: str) -> str:
    return phonetic_key(name)


def relations(persons: Sequence[PersonDraft], kind: str) -> tuple[tuple[int, str, int], ...]:
    """How the people of a household are related: the first is the `kind` of the second, by place in the household."""
    grown = [place for place, person in enumerate(persons) if person.part == ADULT]
    children = [place for place, person in enumerate(persons) if person.part == CHILD]
    found: list[tuple[int, str, int]] = []
    if len(grown) == 2:
        found.append((grown[0], "spouse", grown[1]))
    raises = "accompanying_adult" if kind == "child_with_relative" else "parent"
    found += [(adult, raises, child) for adult in grown for child in children]
    found += [(place, "parent", grown[0]) for place, person in enumerate(persons) if person.part == GRANDPARENT]
    return tuple(found)
