"""Whoever listens, listens to something that is told: a renamed event would otherwise leave its listeners deaf."""

from pathlib import Path

import pytest

import fotfeste
from fotfeste.config.subscriptions import LISTENERS
from fotfeste.settlement.domain.states import CASE

SOURCE = Path(fotfeste.__file__).parent


@pytest.mark.parametrize("event", sorted(LISTENERS))
def test_every_event_that_somebody_listens_to_is_published_somewhere(event: str) -> None:
    package, what = event.split(".")
    texts = [path.read_text(encoding="utf-8") for path in (SOURCE / package / "actions").glob("*.py")]
    told = any(f'"{event}"' in text or (f'f"{package}.{{' in text and f'"{what}"' in text) for text in texts)
    assert told or event in {step.event for step in CASE.transitions}
