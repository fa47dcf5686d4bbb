"""An installation's own dated rules of the schemes: what they change, and that a mistake stops the program."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from fotfeste.alternative import rules as alternative
from fotfeste.alternative.domain import schemes
from fotfeste.alternative.domain.types import Procedure, Scheme
from fotfeste.grants import rules as grants
from fotfeste.grants.domain.terms import terms_of
from fotfeste.grants.domain.types import Scheme as PaidScheme
from fotfeste.platform.own_rules import OwnRulesNotUsable, check_own_rules

pytestmark = pytest.mark.req("ALT-08", "MON-01")
ROOT = Path(__file__).resolve().parents[2]
OPENED, RATE = "alternative.mamot_open", "grants.MAMOT.monthly_rate"


def row(code: str, value: str, unit: str, **others: str) -> str:
    """One version, in force and known from 1 January 2026 unless said otherwise."""
    written = {"code": f'"{code}"', "value": value, "unit": f'"{unit}"', "effective_from": "2026-01-01"}
    written |= {"known_from": "2026-01-01", "source": '"Instruction of 1 December 2025"', "status": '"verified"'}
    return "[[value]]\n" + "\n".join(f"{name} = {each}" for name, each in (written | others).items()) + "\n"


def use(settings: Settings, folder: Path, *rows: str) -> Path:
    """The file that the environment would name."""
    file = folder / "schemes.toml"
    file.write_text("".join(rows))
    settings.SCHEME_RULES = str(file)
    return file


def test_mamot_is_opened_again_by_the_installations_own_rule(settings: Settings, tmp_path: Path) -> None:
    before, since = date(2025, 12, 31), date(2026, 1, 1)
    assert not schemes.is_open(Scheme.MAMOT, since, alternative.book())
    use(settings, tmp_path, row(OPENED, "true", "claim"))
    check_own_rules()
    assert not schemes.is_open(Scheme.MAMOT, before, alternative.book())
    schemes.check_scheme(Scheme.MAMOT, Procedure.FAST, since, alternative.book())
    stands = schemes.standing(since, alternative.book())[1]
    assert (stands.since, stands.rules[0].source) == (since, "Instruction of 1 December 2025")


def test_a_rate_of_its_own_is_due_here_and_the_national_terms_stay_as_they_are(
    settings: Settings, tmp_path: Path
) -> None:
    month = date(2026, 3, 1)
    use(settings, tmp_path, row(RATE, "1800000", "øre a person and month", effective_to="2027-01-01"))
    check_own_rules()
    rate = grants.terms_here(PaidScheme.MAMOT).rate(month)
    assert rate is not None
    assert (rate.amount_ore, rate.source) == (1800000, "Instruction of 1 December 2025")
    assert grants.terms_here(PaidScheme.MAMOT).rate(date(2027, 1, 1)) is None
    assert terms_of(PaidScheme.MAMOT).rate(month) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (row("alternative.mamot_opened", "true", "claim"), "alternative.mamot_opened: there is no such rule"),
        (row("doors.draft_days", "1", "days"), "doors.draft_days: there is no such rule"),
        (row("grants.MAMOT.month_rule", '"daily"', "x"), "grants.MAMOT.month_rule: there is no such rule"),
        (row(OPENED, '"yes"', "claim"), f"{OPENED}: value is of another type than in another version"),
        (row(OPENED, "true", "claim", effective_from="2022-03-15", known_from="2022-03-15"), "two versions"),
        (row(OPENED, "true", "claim", effective_to="2026-06-01"), f"{OPENED}: effective_to leaves no rule after"),
        (row("alternative.mamot_procedures", '"alone fats"', "procedures"), "'fats' is none of alone, fast, group"),
        (row("alternative.mamot_conditions", '"open purple"', "conditions"), "'purple' is none of open"),
        (row("alternative.mamot_counts_before", '"Easter"', "day"), "'Easter' is no day such as 2022-02-24"),
        (row("alternative.link_days", "0", "days"), "0 days is too few: 1 at least"),
        (row("alternative.can_be_appealed", "true", "claim"), "the letters say that nobody can appeal"),
        (row(RATE, "0", "øre a person and month"), "0 is no rate"),
        (row(RATE, "5", "øre a person and month", effective_from="2026-01-15"), "a rate holds for whole months"),
        ("value = 1", "no [[value]] table"),
        ("]", "not TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_code(
    settings: Settings, tmp_path: Path, written: str, said: str
) -> None:
    file = use(settings, tmp_path, written)
    with pytest.raises(OwnRulesNotUsable) as raised:
        check_own_rules()
    assert said in str(raised.value)
    assert str(file) in str(raised.value)


def test_every_mistake_is_said_at_once(settings: Settings, tmp_path: Path) -> None:
    use(
        settings, tmp_path, row("alternative.link_days", "0", "days"), row(RATE, "0", "øre a person and month"),
        row("alternative.unknown", "1", "days"),
    )  # fmt: skip
    with pytest.raises(OwnRulesNotUsable) as raised:
        check_own_rules()
    assert len(raised.value.mistakes) == 3


def test_the_program_does_not_begin_with_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    tried = "from fotfeste.cli.project import set_up_django\nset_up_django()"
    environment = os.environ | {"FOTFESTE_SCHEMES": str(tmp_path / "none.toml"), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", tried], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "CommandProblem" in done.stderr
    assert "none.toml (FOTFESTE_SCHEMES) cannot be used:" in done.stderr
    assert "it cannot be read" in done.stderr
