"""Names of rooms as they are typed."""

import pytest

from fotfeste.accommodation.domain.rooms import room_names
from fotfeste.kernel.errors import Refused


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("214", ("214",)),
        ("201-203", ("201", "202", "203")),
        ("008–010, Hybel 1 ,", ("008", "009", "010", "Hybel 1")),
    ],
)
@pytest.mark.req("ACC-02")
def test_a_span_gives_each_of_its_rooms(typed: str, names: tuple[str, ...]) -> None:
    assert room_names(typed) == names


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "rooms_unnamed"),
        ("9-1", "rooms_backwards"),
        ("1-1000", "rooms_too_many"),
        ("1-150,201-350", "rooms_too_many"),
        ("x" * 41, "room_name_too_long"),
    ],
)
def test_names_that_cannot_be_used_are_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        room_names(typed)
    assert (refused.value.code, refused.value.field) == (code, "names")
