"""Log lines: JSON, tied to a request, and without identity numbers wherever they might stand."""

import json
import logging

import pytest
from django.db import DatabaseError, connections

from fotfeste.platform.logs import JsonLine, set_request_number


def line(
    message: str, *arguments: object, fields: dict[str, object] | None = None, error: BaseException | None = None
) -> dict[str, object]:
    """A log line as it is written, read back."""
    trouble = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("tried", logging.INFO, __file__, 1, message, arguments, trouble)
    record.fields = fields or {}
    return json.loads(JsonLine().format(record))  # type: ignore[no-any-return]


def test_a_line_carries_the_number_of_its_request() -> None:
    set_request_number("abc123")
    assert line("saved")["request"] == "abc123"
    set_request_number("")
    assert line("saved")["request"] == ""


@pytest.mark.parametrize(
    "number",
    ["209912345603", "15848610086", "158486 10086", "2099 1234 5603", "158486+10086", "158486%2010086"],
)
def test_identity_numbers_are_blanked_in_message_and_fields(number: str) -> None:
    found = line("found %s", number, fields={"path": f"/sok/?q={number}", "milliseconds": 12.5})
    assert number not in json.dumps(found)
    assert found["message"] == "found [nummer]"
    assert found["milliseconds"] == 12.5


def test_other_numbers_stay() -> None:
    assert line("took %s ms for 5000 people", 123)["message"] == "took 123 ms for 5000 people"


def test_an_error_is_told_with_those_before_it_and_its_place() -> None:
    def fail() -> None:
        try:
            int("15848610086x")
        except ValueError as error:
            raise LookupError("nothing of that kind") from error

    with pytest.raises(LookupError) as failed:
        fail()
    told = str(line("failed", error=failed.value)["exception"])
    assert told.index("ValueError") < told.index("builtins.LookupError: nothing of that kind")
    assert told.count(", in fail") == 2
    assert "15848610086" not in told


def test_who_formats_a_line_after_us_tells_no_more_of_the_error() -> None:
    error = ValueError("15848610086")
    record = logging.LogRecord("tried", logging.INFO, __file__, 1, "failed", (), (ValueError, error, None))
    record.exc_text = "told by another before us: 15848610086"
    own = json.loads(JsonLine().format(record))["exception"]
    assert own.strip() == "builtins.ValueError: [nummer]"
    assert logging.Formatter().format(record) == f"failed\n{own}"


def test_an_error_raised_from_itself_is_told_once() -> None:
    error = ValueError("in a ring")
    with pytest.raises(ValueError, match="in a ring") as failed:
        raise error from error
    assert str(line("failed", error=failed.value)["exception"]).count("in a ring") == 1


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "DO $$ BEGIN RAISE EXCEPTION 'refused' USING DETAIL = 'Failing row: Olena, 15848610086'; END $$",
        "SELECT 'Olena' WHERE unknown_column = '15848610086'",
        "INSERT INTO platform_feedcounter (id, position) VALUES (1, 1), (1, 15848610086)",
    ],
)
def test_what_the_database_quotes_of_rows_and_statements_is_not_told(statement: str) -> None:
    with pytest.raises(DatabaseError) as failed, connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    assert any(word in str(failed.value) for word in ("DETAIL", "LINE 1"))
    told = str(line("failed", error=failed.value)["exception"])
    assert any(word in told for word in ("refused", "does not exist", "duplicate key"))
    for quoted in ("Olena", "15848610086", "DETAIL", "LINE 1", "CONTEXT"):
        assert quoted not in told
