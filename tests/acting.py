"""Acts of those who keep users, contacts and centres, called as their pages call them: in the scope of whoever acts."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from fotfeste.access import public as access
from fotfeste.accommodation import public as accommodation
from fotfeste.directory import public as directory
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope


def in_scope[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """The act, called in the scope of its `by` on the day of its `at`; where that is the scope already, just called."""

    @wraps(act)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        known = cast("dict[str, object]", kwargs)
        with scope(known["by"], legal_day(known["at"])):  # type: ignore[arg-type]
            return act(*args, **kwargs)

    return acted


add_user = in_scope(access.add_user)
end_employment = in_scope(access.end_employment)
end_role = in_scope(access.end_role)
give_role = in_scope(access.give_role)
review_look = in_scope(access.review_look)

add_contact = in_scope(directory.add_contact)
add_organisation = in_scope(directory.add_organisation)
add_unit = in_scope(directory.add_unit)
change_contact = in_scope(directory.change_contact)
change_unit = in_scope(directory.change_unit)
end_contact = in_scope(directory.end_contact)
end_unit = in_scope(directory.end_unit)

add_beds = in_scope(accommodation.add_beds)
add_rooms = in_scope(accommodation.add_rooms)
block_bed = in_scope(accommodation.block_bed)
change_operation = in_scope(accommodation.change_operation)
end_operation = in_scope(accommodation.end_operation)
open_centre_operation = in_scope(accommodation.open_centre_operation)
unblock_bed = in_scope(accommodation.unblock_bed)
