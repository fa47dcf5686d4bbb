"""An act whose process is killed has been done, or it has not: never half of it. Real kills, real commits."""

import importlib
import json
import os
import pkgutil
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest
from django.db import connections

import fotfeste
from fotfeste.platform.acts import act as act_of_the_program
from fotfeste.platform.postgres.urls import DatabaseUrl
from fotfeste.platform.viewer import Viewer
from tests.conftest import Cast, make_cast
from tests.properties.doomed import LAST_BREATH, Ending, Order
from tests.properties.killed.scene import Scene
from tests.properties.killed.scenes import SCENES
from tests.properties.whole import (
    differences,
    emptied,
    fingerprint,
    likeness,
    put_sequences_back,
    rows,
    sequences,
    staff_put_back,
)

ROOT = Path(__file__).resolve().parents[2]
# How often each act is killed at any instant, and before one of its statements; FOTFESTE_KILLS=100 for all of them.
KILLS = int(os.environ.get("FOTFESTE_KILLS", "0"))
AT_RANDOM, AT_STEPS = KILLS or 1, KILLS or 4
# What an organisation says of itself (directory) is not emptied between trials.
# `_register` is in `register_group`.
NOT_KILLED = {
    "_register",
    "add_contact",
    "add_organisation",
    "add_unit",
    "change_contact",
    "change_unit",
    "end_contact",
    "end_unit",
}
CARELESS = Scene(lambda cast: (), "registrar", lambda **by: None)  # the act itself is where the process is killed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class Doomed:
    """The process that runs acts in children of its own."""

    def __init__(self) -> None:
        """Start it on the database of this test, as the app role."""
        database = str(connections["default"].settings_dict["NAME"])
        app = DatabaseUrl.parse(os.environ["FOTFESTE_APP_URL"]).in_database(database).render()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.properties.doomed"],
            cwd=ROOT,
            env=os.environ
            | {
                "FOTFESTE_APP_URL": app,
                "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def run(self, order: Order) -> tuple[Ending, int, float]:
        """Have the order carried out; when this comes back, the server has undone what was not committed.

        Gives how it ended, and of an act that was done its steps and seconds.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order.line() + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the process that runs {order.act} has ended"
        rows("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [LAST_BREATH, LAST_BREATH])
        ending, steps, seconds = json.loads(answer)
        return ending, steps, seconds


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    """The cast, beside the reference data, for every connection to see."""
    return make_cast()


@pytest.fixture(scope="module")
def doomed(django_db_setup: None) -> Iterator[Doomed]:
    """The process whose children are killed again and again."""
    with Doomed() as process:
        yield process


class Trial:
    """One act that is tried again and again from the same beginning."""

    def __init__(self, act: str, cast: Cast, doomed: Doomed) -> None:
        """Do it once to know what it leaves behind, then set the scene anew."""
        self._doomed, self._act, self._cast = doomed, act, cast
        order = set_the_scene(act, cast)
        self._beginning = likeness()
        ending, self.steps, self.seconds = doomed.run(order)
        assert ending == "done", f"{act} cannot be done"
        self._done = likeness()
        assert self._done != self._beginning, f"{act} leaves nothing behind"
        self.begin()

    def begin(self) -> None:
        """Set the scene, and remember it. It is the same every time, or nothing could be compared."""
        self._order = set_the_scene(self._act, self._cast)
        changed = differences(self._beginning, likeness())
        assert not changed, "\n".join(["the scene is another one:", *changed])
        self._before, self._numbers = fingerprint(), sequences()

    def is_killed(self, *, before_step: int | None = None, after_seconds: float | None = None) -> bool:
        """Run it and kill it; whether it died. The numbers that it drew are given back: ends can be compared."""
        put_sequences_back(self._numbers)
        order = replace(self._order, before_step=before_step, after_seconds=after_seconds)
        ending, _, _ = self._doomed.run(order)
        assert ending != "failed", f"{self._act} failed where it had not"
        return ending == "killed"

    def is_undone(self) -> bool:
        """Whether everything is as it was."""
        return fingerprint() == self._before

    def is_done(self) -> bool:
        """Whether everything is as the act leaves it."""
        return likeness() == self._done

    def changed(self, when: str) -> str:
        """For the message of a test: the rows that went and came although the act was not done."""
        return "\n".join([f"{self._act}, {when}: not as it was", *differences(self._beginning, likeness())])

    def missing(self, when: str) -> str:
        """For the message of a test: the rows that are too many and too few although the act was done."""
        return "\n".join([f"{self._act}, {when}: not as it leaves things", *differences(self._done, likeness())])


def set_the_scene(act: str, cast: Cast) -> Order:
    """Empty the country, build what there is before the act, and order the act."""
    emptied()
    staff_put_back(each.user_id for each in vars(cast).values() if isinstance(each, Viewer))
    scene = SCENES.get(act, CARELESS)
    keys, by = scene.set(cast), getattr(cast, scene.by)
    viewer = {name: getattr(by, name) for name in ("user_id", "organisation_id", "organisation_kind", "name")}
    viewer |= {"roles": sorted(by.roles), "permissions": sorted(by.permissions)}
    viewer["opens"] = {compartment: sorted(reasons) for compartment, reasons in by.opens.items()}
    return Order(act, keys, viewer, (cast.at + scene.later).isoformat())


def acts_of_the_program() -> set[str]:
    """The names of all that are acts: each runs in one transaction."""
    one = act_of_the_program(lambda: None).__code__
    found = set[str]()
    for module in pkgutil.walk_packages(fotfeste.__path__, "fotfeste."):
        if ".actions" in module.name:
            there = vars(importlib.import_module(module.name))
            found |= {name for name, each in there.items() if getattr(each, "__code__", None) is one}
    return found


def test_every_act_is_killed() -> None:
    assert acts_of_the_program() - {name.partition(":")[0] for name in SCENES} == NOT_KILLED


@pytest.mark.parametrize("act", sorted(SCENES))
def test_an_act_that_is_killed_is_all_done_or_not_done_at_all(act: str, committed_cast: Cast, doomed: Doomed) -> None:
    trial = Trial(act, committed_cast, doomed)
    chance, killed, tries = random.Random(act), 0, 0  # noqa: S311
    before_some = chance.sample(range(1, trial.steps - 1), min(AT_STEPS, trial.steps - 2))
    for step in [*before_some, trial.steps - 1]:  # before a statement that may write, and before the commit
        assert trial.is_killed(before_step=step)
        assert trial.is_undone(), trial.changed(f"killed before step {step} of {trial.steps}")
    while killed < AT_RANDOM:  # at any instant
        tries += 1
        assert tries < 20 * AT_RANDOM, "the process was never killed in time"
        killed += trial.is_killed(after_seconds=chance.uniform(0.0, 0.7 * trial.seconds))
        if not trial.is_undone():
            assert trial.is_done(), trial.missing("killed at some instant")
            trial.begin()
    assert trial.is_killed(before_step=trial.steps)
    assert trial.is_done(), trial.missing("killed after the commit")


def test_something_that_is_half_done_is_noticed(committed_cast: Cast, doomed: Doomed) -> None:
    trial = Trial("careless", committed_cast, doomed)
    assert trial.is_killed(before_step=2)
    assert not trial.is_undone()
    assert not trial.is_done()
    assert trial.changed("killed").count("\n+ ") == 1
    assert trial.missing("killed").count("\n- ") == 2
