"""Who listens to which event, in order. Listeners run in the publisher's transaction; an exception aborts it all."""

from fotfeste.accommodation.public import follow_household, refuse_status_of_the_dead
from fotfeste.allocation.public import end_pin_when_asked
from fotfeste.alternative.public import follow_agreement, follow_private_stay
from fotfeste.grants.public import follow_grant_cases
from fotfeste.platform.events import Listener
from fotfeste.registry.public import follow_membership_of_protected, follow_work_of_named
from fotfeste.settlement.public import (
    close_emptied,
    end_where_declined,
    follow_annulled_status,
    follow_arrival,
    follow_corrected_stay,
    follow_details,
    follow_membership,
    follow_placement,
    follow_private_home,
    on_departed,
    on_departure_annulled,
    on_private_ended,
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
    "registry.group_formed": (
        follow_household,
        follow_membership,
        follow_membership_of_protected,
    ),
    "registry.member_added": (
        follow_household,
        follow_membership,
        follow_membership_of_protected,
    ),
    "registry.member_removed": (
        follow_household,
        follow_membership,
        follow_membership_of_protected,
    ),
    "registry.details_corrected": (follow_details,),
    "registry.group_emptied": (close_emptied,),
    "accommodation.placed": (follow_placement,),
    "accommodation.arrival_corrected": (follow_arrival,),
    "accommodation.departed": (on_departed,),
    "accommodation.departure_annulled": (on_departure_annulled,),
    "accommodation.private_stay_started": (
        follow_private_home,
        follow_agreement,
        follow_private_stay,
        follow_grant_cases,
    ),
    "accommodation.private_stay_ended": (
        follow_agreement,
        on_private_ended,
        follow_private_stay,
        follow_grant_cases,
    ),
    "settlement.send_request": (end_pin_when_asked,),
    "settlement.decline_offer": (end_where_declined,),
    "settlement.register_not_moved": (end_where_declined,),
    "accommodation.private_stay_corrected": (
        follow_agreement,
        follow_corrected_stay,
        follow_private_stay,
        follow_grant_cases,
    ),
}
