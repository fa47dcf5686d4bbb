"""Log lines: JSON, tied to a request, and without identity numbers wherever they might stand."""

import json
import logging

import pytest

from fotfeste.platform.logs import JsonLine, set_request_number


def line(message: str, *arguments: object, fields: dict[str, object] | None = None) -> dict[str, object]:
    """A log line as it is written, read back."""
    record = logging.LogRecord("tried", logging.INFO, __file__, 1, message, arguments, None)
    record.fields = fields or {}
    return json.loads(JsonLine().format(record))  # type: ignore[no-any-return]


def test_a_line_carries_the_number_of_its_request() -> None:
    set_request_number("abc123")
    assert line("saved")["request"] == "abc123"
    set_request_number("")
    assert line("saved")["request"] == ""


@pytest.mark.parametrize("number", ["209912345603", "15848610086", "158486 10086", "2099 1234 5603"])
def test_identity_numbers_are_blanked_in_message_and_fields(number: str) -> None:
    found = line("found %s", number, fields={"path": f"/sok/?q={number}", "milliseconds": 12.5})
    assert number not in json.dumps(found)
    assert found["message"] == "found [nummer]"
    assert found["milliseconds"] == 12.5


def test_other_numbers_stay() -> None:
    assert line("took %s ms for 5000 people", 123)["message"] == "took 123 ms for 5000 people"
