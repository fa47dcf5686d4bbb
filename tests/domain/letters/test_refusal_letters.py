"""The letters of a refusal: one matter each, every date with its own words, and what is kept only by whom it is."""

from datetime import date
from typing import Any

import pytest

from fotfeste.letters.domain.composing import FactsMissing
from fotfeste.letters.domain.texts import frame_of
from fotfeste.letters.domain.types import Language, LetterKind
from fotfeste.letters.domain.words import day
from tests.domain.letters.examples import FACTS, NAMES, words_of, written

TO_ADULTS = (LetterKind.REFUSAL_FIRST, LetterKind.EVICTION_NOTICE, LetterKind.EVICTION_PETITION)
EVERY = [(kind, language) for kind in TO_ADULTS for language in Language]


def items(kind: LetterKind, language: Language, **changes: Any) -> list[str]:
    """Every item of the letter's lists."""
    return [item for block in written(kind, language, **changes).blocks for item in block.items]


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_date_has_a_line_of_its_own_with_its_own_words(kind: LetterKind, language: Language) -> None:
    dates = {name: found for name, found in FACTS[kind].items() if name.endswith("_on")}
    assert {"sent_on", "imdi_deadline_on", "fortnight_on", "stops_on"} <= dates.keys()
    changed = {name: date(2023, 1, 1 + place) for place, name in enumerate(sorted(dates))}
    lines = items(kind, language, **changed)
    named = {name: [line for line in lines if line.endswith(f": {day(on, language)}")] for name, on in changed.items()}
    assert all(len(found) == 1 for found in named.values()), named
    assert len({found[0].split(":")[0] for found in named.values()}) == len(dates)


@pytest.mark.req("REF-02")
@pytest.mark.parametrize("language", list(Language))
def test_the_first_letter_begins_with_what_happened_and_when_the_benefit_stops(language: Language) -> None:
    said = {how: written(LetterKind.REFUSAL_FIRST, language, opened=how).blocks[0].text for how in HOW}
    assert said["declined"] != said["not_moved"]
    for lead in said.values():
        assert "Levanger" in lead
        assert day(date(2022, 5, 19), language) in lead
        assert "basic benefit" in lead or "basisutbetaling" in lead


HOW = ("declined", "not_moved")


@pytest.mark.req("REF-04")
@pytest.mark.parametrize(("kind", "language"), EVERY)
@pytest.mark.parametrize("kept", [[], ["school"], ["upper_secondary"], ["childrens_money", "school", "training"]])
def test_what_is_kept_is_said_of_those_who_are_there_and_of_nobody_else(
    kind: LetterKind, language: Language, kept: list[str]
) -> None:
    words = frame_of(language).words["kept"]
    found = words_of(written(kind, language, kept=kept))
    assert [code for code in words if words[code] in found] == sorted(kept, key=list(words).index)


@pytest.mark.req("REF-04")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_training_is_lost_or_kept_by_the_words_of_the_ruling(kind: LetterKind, language: Language) -> None:
    lost, kept = frame_of(language).words["lost"]["training"], frame_of(language).words["kept"]["training"]
    by_ruling = {
        "kept": items(kind, language, kept=["training"]),
        "lost": items(kind, language, lost=["home", "training"], kept=[]),
    }
    assert kept in by_ruling["kept"]
    assert lost not in by_ruling["kept"]
    assert lost in by_ruling["lost"]
    assert kept not in by_ruling["lost"]


@pytest.mark.req("REF-05")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_letter_says_that_they_can_still_accept_and_whom_to_tell(kind: LetterKind, language: Language) -> None:
    said = {offer: words_of(written(kind, language, offer=offer)) for offer in ("stands", "withdrawn")}
    assert said["stands"] != said["withdrawn"]
    assert all(any("Haugland mottak" in words and "Levanger" not in words for words in each) for each in said.values())


@pytest.mark.req("REF-03")
@pytest.mark.parametrize("language", [Language.NB, Language.NN])
def test_the_petition_names_every_adult_and_what_was_sent_when(language: Language) -> None:
    letter = written(LetterKind.PETITION, language)
    [table] = [block for block in letter.blocks if block.form == "table"]
    assert [row[0] for row in table.rows] == NAMES
    days = [date(1986, 5, 3), date(2022, 5, 3), date(2022, 5, 18), date(2022, 5, 19)]
    assert table.rows[0][1:] == tuple(day(each, language) for each in days)
    assert "3 person" in letter.blocks[0].text
    alone = words_of(written(LetterKind.PETITION, language, children="", minors=""))
    assert set(words_of(letter)) - set(alone)


@pytest.mark.req("REF-05")
@pytest.mark.parametrize("language", [Language.NB, Language.NN])
def test_the_petition_says_whether_the_municipality_holds_the_place(language: Language) -> None:
    said = {offer: words_of(written(LetterKind.PETITION, language, offer=offer)) for offer in ("stands", "withdrawn")}
    [withdrawn] = set(said["withdrawn"]) - set(said["stands"])
    [stands] = set(said["stands"]) - set(said["withdrawn"])
    assert withdrawn.startswith("Levanger har tr")
    assert stands in ("Levanger holder fortsatt av plassen.", "Levanger held framleis av plassen.")


CLOSED = ("avslutter vi saken", "avsluttar vi saka", "we close the case", "закриємо справу", "закроем дело")


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_nobody_is_told_that_the_case_ends_where_others_may_still_be_in_it(
    kind: LetterKind, language: Language
) -> None:
    """Who moves out is out of the case; it goes on for those who stay."""
    assert not [line for line in items(kind, language) for ending in CLOSED if ending in line]


@pytest.mark.req("REF-02")
@pytest.mark.parametrize("language", [Language.NB, Language.NN])
def test_of_a_minor_is_said_that_they_have_not_moved_and_nothing_of_others(language: Language) -> None:
    told = " ".join(words_of(written(LetterKind.MINOR_TOLD, language, name="Taras")))
    assert "Taras har ik" in told
    assert "De har ikke" not in told
    assert "Dei har ikkje" not in told


@pytest.mark.req("REF-02")
@pytest.mark.parametrize("language", [Language.NB, Language.NN])
@pytest.mark.parametrize("reader", ["guardian", "child_welfare"])
def test_who_is_told_of_a_minor_reads_why_and_that_a_place_is_offered(language: Language, reader: str) -> None:
    told = " ".join(words_of(written(LetterKind.MINOR_TOLD, language, reader=reader)))
    assert "Levanger" in told
    assert "mottak for e" in told  # enslige, einslege
    with_adults = written(LetterKind.MINOR_TOLD, language, reader=reader, adults="gone", came="with_adults")
    assert "mottak for e" not in " ".join(words_of(with_adults))


def test_a_letter_says_how_it_came_about_or_is_not_written() -> None:
    with pytest.raises(FactsMissing):
        written(LetterKind.REFUSAL_FIRST, Language.NB, opened="whim")
    with pytest.raises(FactsMissing):
        written(LetterKind.EVICTION_NOTICE, Language.NB, offer="whim")


@pytest.mark.req("REF-03", "REF-05")
@pytest.mark.parametrize("language", [Language.NB, Language.NN])
def test_the_officer_reads_whether_anybody_is_to_be_evicted(language: Language) -> None:
    off = " ".join(words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_recalled")))
    assert "ikke lenger" in off or "ikkje lenger" in off
    assert "de andre" in off or "dei andre" in off
    assert "plassen" not in off
    alone = " ".join(words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_recalled", others="")))
    assert "de andre" not in alone
    assert "dei andre" not in alone
    still = " ".join(words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_paused")))
    assert "stilt i bero" in still
    assert "same adr" in still or "samme adr" in still
    suspended = " ".join(words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_paused", waits="")))
    assert "varsel" not in suspended
    paused = " ".join(
        words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_recalled", others="paused"))
    )
    assert "stilt i bero" in paused
    assert "ved lag" not in paused
    on = " ".join(words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_upheld")))
    assert "ny dag" in on
    lost = written(LetterKind.PETITION_CHANGED, language, says="petition_upheld", again="", offer="withdrawn")
    told = " ".join(words_of(lost))
    assert "ny dag" not in told
    assert "har tr" in told
    assert "Haugland mottak utan rett" in told or "Haugland mottak uten rett" in told
    moved = {"lives_at": "Råde mottak", "moved_to": "Råde mottak, Råde"}
    elsewhere = " ".join(words_of(written(LetterKind.PETITION_CHANGED, language, says="petition_upheld", **moved)))
    assert "på Råde mottak, Råde." in elsewhere
    assert "Haugland mottak ut" not in elsewhere


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize("language", list(Language))
def test_who_is_told_that_it_stands_still_reads_what_does_and_when_it_goes_on_what_follows(language: Language) -> None:
    since, onwards = day(date(2022, 5, 10), language), day(date(2022, 5, 25), language)
    steps = ("first_letter", "eviction_notice", "petition")
    still = {step: written(LetterKind.DAYS_CHANGED, language, step=step, days=[]) for step in steps}
    resumed = {"still_on": "", "resumed_on": date(2022, 5, 25), "days": []}
    goes_on = {step: written(LetterKind.DAYS_CHANGED, language, step=step, **resumed) for step in steps}
    for told, on in ((still, since), (goes_on, onwards)):
        assert all(on in letter.blocks[0].text and "Levanger" in letter.blocks[0].text for letter in told.values())
        assert len({" ".join(words_of(letter)) for letter in told.values()}) == len(steps)
        assert not [block for letter in told.values() for block in letter.blocks if block.form == "table"]
    for step in steps:
        assert not set(words_of(still[step])) & {each.text for each in goes_on[step].blocks[:2]}
    paid = words_of(written(LetterKind.DAYS_CHANGED, language, days=[], stopped=""))
    assert len(set(words_of(still["eviction_notice"])) - set(paid)) == 1  # that the benefit that has stopped stands


@pytest.mark.req("REF-02")
@pytest.mark.parametrize("language", list(Language))
def test_days_that_are_changed_stand_in_a_table_whether_it_stands_still_or_not(language: Language) -> None:
    plain = written(LetterKind.DAYS_CHANGED, language, still_on="", stopped="")
    still = written(LetterKind.DAYS_CHANGED, language)
    tables = [[block for block in letter.blocks if block.form == "table"] for letter in (plain, still)]
    assert tables[0] == tables[1]
    assert [row[1:] for row in tables[0][0].rows] == [
        (day(date(2022, 5, 16), language), day(date(2022, 5, 30), language)),
        (day(date(2022, 5, 19), language), ""),
    ]
    assert plain.blocks[0] != still.blocks[0]


@pytest.mark.req("REF-02", "REF-05")
@pytest.mark.parametrize("language", list(Language))
def test_who_holds_a_letter_that_does_not_count_reads_which_and_why(language: Language) -> None:
    said = {why: written(LetterKind.REFUSAL_VOID, language, why=why) for why in ("never_refused", "was_a_child")}
    [reason] = set(words_of(said["was_a_child"])) - set(words_of(said["never_refused"]))
    assert "18" in reason
    [table] = [block for block in said["never_refused"].blocks if block.form == "table"]
    assert [row[1] for row in table.rows] == [day(date(2022, 5, 3), language), day(date(2022, 5, 10), language)]
    away = words_of(written(LetterKind.REFUSAL_VOID, language, centre=""))
    assert any("UDI" in words for words in away)
    assert not any("Haugland" in words for words in away)


@pytest.mark.req("REF-04", "REF-05")
@pytest.mark.parametrize("language", list(Language))
def test_who_is_told_that_no_place_is_kept_reads_since_when_and_of_no_days_where_none_are_changed(
    language: Language,
) -> None:
    since = day(date(2022, 5, 9), language)
    alone = {"still_on": "", "stopped": "", "days": []}
    lost = written(LetterKind.DAYS_CHANGED, language, withdrawn_on=date(2022, 5, 9), **alone)
    assert "Levanger" in lost.blocks[0].text
    assert not [block for block in lost.blocks if block.form == "table"]
    assert since in lost.blocks[1].text
    assert "IMDi" in lost.blocks[1].text
    still = words_of(written(LetterKind.DAYS_CHANGED, language, withdrawn_on=date(2022, 5, 9)))
    assert {*still} - {*words_of(written(LetterKind.DAYS_CHANGED, language))} == {lost.blocks[1].text}


@pytest.mark.req("REF-01", "REF-04")
@pytest.mark.parametrize("opened", HOW)
@pytest.mark.parametrize("language", list(Language))
def test_imdis_letter_gives_no_deadline_to_move_where_no_place_is_held(language: Language, opened: str) -> None:
    def lead(offer: str) -> list[str]:
        made = written(LetterKind.DEADLINE_TO_MOVE, language, opened=opened, offer=offer)
        return [block.text for block in made.blocks if day(date(2022, 5, 16), language) in block.text]

    [held], [stands], [withdrawn] = (lead(offer) for offer in ("held", "stands", "withdrawn"))
    assert held == stands != withdrawn
    before, out = (text.split("Levanger", 1)[1] for text in (held, withdrawn))
    assert THERE[language] in before
    assert THERE[language] not in out
    assert OUT[language] in out


THERE = {Language.NB: "dit", Language.NN: "dit", Language.EN: "there", Language.UK: "туди", Language.RU: "туда"}
OUT = {
    Language.NB: "ut av mottaket",
    Language.NN: "ut av mottaket",
    Language.EN: "out of the reception centre",
    Language.UK: "виїзду з притулку",
    Language.RU: "выезда из пункта приёма",
}
