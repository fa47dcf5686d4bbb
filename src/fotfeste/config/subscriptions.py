"""Who listens to which event, in order. Listeners run in the publisher's transaction; an exception aborts it all."""

from fotfeste.accommodation.public import follow_household, refuse_status_of_the_dead
from fotfeste.platform.events import Listener
from fotfeste.registry.public import follow_membership_of_protected, follow_work_of_named
from fotfeste.settlement.public import (
    close_emptied,
    follow_annulled_status,
    follow_arrival,
    follow_details,
    follow_membership,
    follow_placement,
    on_departed,
    on_departure_annulled,
    open_case_when_permitted,
    settle_latecomers,
    watch_permits,
)

LISTENERS: dict[str, tuple[Listener, ...]] = {
    "access.employment_ended": (follow_work_of_named,),
    "access.role_given": (follow_work_of_named,),
    "access.role_ended": (follow_work_of_named,),
    "registry.status_registered": (
        refuse_status_of_the_dead,
        open_case_when_permitted,
        watch_permits,
        settle_latecomers,
    ),
    "registry.status_annulled": (follow_annulled_status,),
    "registry.group_formed": (follow_household, follow_membership, follow_membership_of_protected),
    "registry.member_added": (follow_household, follow_membership, follow_membership_of_protected),
    "registry.member_removed": (follow_household, follow_membership, follow_membership_of_protected),
    "registry.details_corrected": (follow_details,),
    "registry.group_emptied": (close_emptied,),
    "accommodation.placed": (follow_placement,),
    "accommodation.arrival_corrected": (follow_arrival,),
    "accommodation.departed": (on_departed,),
    "accommodation.departure_annulled": (on_departure_annulled,),
}
