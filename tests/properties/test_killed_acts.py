"""An act whose process is killed has been done, or it has not: never half of it. Real kills, real commits."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest
from django.db import connections

from fotfeste.directory.loading import load_reference
from fotfeste.platform.postgres.urls import DatabaseUrl
from fotfeste.platform.viewer import Viewer
from tests.actions.accommodation.people import open_centre
from tests.actions.registry.families import kovalenko
from tests.actions.settlement.stage import found, queued, requested, with_journey
from tests.conftest import Cast, make_cast
from tests.properties.doomed import LAST_BREATH, Ending, Order
from tests.properties.whole import differences, emptied, fingerprint, likeness, put_sequences_back, rows, sequences
from tests.settlement_steps import asked_and_heard, due_for_interview, placed, prepared, registered

ROOT = Path(__file__).resolve().parents[2]
AT_RANDOM = int(os.environ.get("FOTFESTE_KILLS", "4"))

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


@dataclass(frozen=True)
class Scene:
    """What there is before an act, who acts, and the keys that the act takes besides the household's."""

    stage: Callable[[Cast], int]
    by: Callable[[Cast], Viewer]
    more: Callable[[Cast], tuple[int, ...]] = lambda cast: ()
    days: int = 0


def living_at_voss(cast: Cast) -> int:
    """A family at one centre, and another centre that is open: they can be moved."""
    open_centre(cast, cast.other_centre)
    return placed(cast, registered(cast, kovalenko()))


def interview_asked(cast: Cast) -> int:
    """Everything is asked: the interview can be finished."""
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    asked_and_heard(cast, group)
    return group


CARELESS = Scene(lambda cast: 0, lambda cast: cast.registrar)
SCENES = {
    "register_group": Scene(lambda cast: 0, lambda cast: cast.registrar),
    "place_group": Scene(living_at_voss, lambda cast: cast.udi, lambda cast: (cast.other_centre.organisation_id,)),
    "finish_interview": Scene(interview_asked, lambda cast: cast.centre),
    "accept_request": Scene(lambda cast: requested(cast, queued(cast)), lambda cast: cast.municipality),
    "make_offer": Scene(lambda cast: found(cast, queued(cast)), lambda cast: cast.imdi),
    "register_departure": Scene(lambda cast: with_journey(cast, queued(cast)), lambda cast: cast.centre, days=19),
}


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    """The reference data and the cast, for every connection to see."""
    load_reference(using="owner")
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
        assert ending == "done"
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
        return self._doomed.run(order)[0] == "killed"

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
    scene = SCENES.get(act, CARELESS)
    group, by = scene.stage(cast), scene.by(cast)
    viewer = {name: getattr(by, name) for name in ("user_id", "organisation_id", "organisation_kind", "name")}
    viewer |= {"roles": sorted(by.roles), "permissions": sorted(by.permissions)}
    arguments = (group, *scene.more(cast)) if group else ()
    return Order(act, arguments, viewer, (cast.at + timedelta(days=scene.days)).isoformat())


@pytest.mark.parametrize("act", sorted(SCENES))
def test_an_act_that_is_killed_is_all_done_or_not_done_at_all(act: str, committed_cast: Cast, doomed: Doomed) -> None:
    trial = Trial(act, committed_cast, doomed)
    for step in range(1, trial.steps):  # before every statement that may write, and before the commit
        assert trial.is_killed(before_step=step)
        assert trial.is_undone(), trial.changed(f"killed before step {step} of {trial.steps}")
    chance, killed, tries = random.Random(act), 0, 0  # noqa: S311
    while killed < AT_RANDOM:  # at any instant
        tries += 1
        assert tries < 20 * AT_RANDOM, "the process was never killed in time"
        killed += trial.is_killed(after_seconds=chance.uniform(0.0, trial.seconds))
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
