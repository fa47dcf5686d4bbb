"""Names of rooms as an administrator types them."""

import re

from fotfeste.kernel.errors import Refused

MOST_AT_ONCE = 200
_RANGE = re.compile(r"^(\d{1,5})\s*[-–]\s*(\d{1,5})$")


def room_names(text: str) -> tuple[str, ...]:
    """The names in `201-204, A1`: parted by commas, a span of numbers gives each of them.

    Raises Refused (field `names`): `rooms_unnamed`, `rooms_backwards`, `rooms_too_many`, `room_name_too_long`.
    """
    found: list[str] = []
    for part in (part.strip() for part in text.split(",")):
        if match := _RANGE.match(part):
            first, last = int(match[1]), int(match[2])
            if last < first:
                raise Refused("rooms_backwards", "names", {"span": part})
            if last - first >= MOST_AT_ONCE:
                raise Refused("rooms_too_many", "names", {"most": MOST_AT_ONCE})
            found += [str(number).zfill(len(match[1])) for number in range(first, last + 1)]
        elif part:
            found.append(part)
    if not found:
        raise Refused("rooms_unnamed", "names")
    if len(found) > MOST_AT_ONCE:
        raise Refused("rooms_too_many", "names", {"most": MOST_AT_ONCE})
    if too_long := next((name for name in found if len(name) > 40), ""):
        raise Refused("room_name_too_long", "names", {"name": too_long})
    return tuple(found)
