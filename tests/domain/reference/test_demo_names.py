"""The names of the synthetic country."""

import pytest

from fotfeste.demo.names import Sex, given_names, origins, surnames


def test_there_are_names_for_the_origins_of_the_synthetic_country() -> None:
    assert origins() == (
        "AFG",
        "COD",
        "COL",
        "ERI",
        "NOR",
        "RUS",
        "SOM",
        "SYR",
        "TUR",
        "UKR",
    )


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("origin", origins())
def test_every_origin_has_distinct_names_enough(origin: str, sex: Sex) -> None:
    given = given_names(origin, sex)
    assert len(given) == len(set(given)) >= (40 if origin == "UKR" else 20)
    assert len(surnames(origin, sex)) >= (80 if origin == "UKR" else 20)


def test_ukrainian_names_have_cyrillic_spelling_and_gendered_surnames() -> None:
    women, men = surnames("UKR", "female"), surnames("UKR", "male")
    pairs = {(w.latin, m.latin) for w, m in zip(women, men, strict=True)}
    assert ("Yasinska", "Yasinskyi") in pairs
    assert ("Melnyk", "Melnyk") in pairs
    assert all("Ѐ" <= letter <= "ӿ" or letter == "'" for name in (*women, *men) for letter in name.original)
    assert all(name.latin.isascii() and name.latin.isalpha() for name in (*women, *men))


def test_an_origin_without_names_is_refused() -> None:
    with pytest.raises(KeyError, match="ATL"):
        given_names("ATL", "female")
    with pytest.raises(KeyError, match="ATL"):
        surnames("ATL", "male")
