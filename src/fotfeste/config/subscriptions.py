"""Who listens to which event, in order. Listeners run in the publisher's transaction; an exception aborts it all."""

from fotfeste.accommodation.public import follow_household, refuse_status_of_the_dead
from fotfeste.allocation.public import end_pin_when_asked
from fotfeste.alternative.public import follow_agreement, follow_private_stay
from fotfeste.grants.public import follow_grant_cases
from fotfeste.platform.events import Listener
from fotfeste.refusal.public import (
    end_where_never_refused,
    follow_annulled_departure,
    follow_departure,
    follow_move,
    follow_taken_out,
    follow_withdrawal,
    open_where_declined,
    open_where_not_moved,
)
from fotfeste.refusal.public import follow_details as follow_details_in_refusal
from fotfeste.registry.public import follow_membership_of_protected, follow_work_of_named
from fotfeste.self_settlement.public import (
    follow_annulled_move,
    follow_size,
    lapse_when_offered,
    lapse_when_released,
    lapse_with_the_case,
    lapse_without_permit,
    move_tasks_along,
    nothing_to_tell,
)
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
    tell_imdi_of_address,
    void_private_move,
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
        lapse_without_permit,
    ),
    "registry.status_annulled": (follow_annulled_status, lapse_without_permit),
    "registry.group_formed": (
        follow_household,
        follow_membership,
        follow_membership_of_protected,
        move_tasks_along,
        follow_size,
    ),
    "registry.member_added": (
        follow_household,
        follow_membership,
        follow_membership_of_protected,
        move_tasks_along,
        follow_size,
    ),
    "registry.member_removed": (
        follow_household,
        follow_membership,
        follow_membership_of_protected,
        follow_taken_out,
        move_tasks_along,
        follow_size,
    ),
    "registry.details_corrected": (follow_details, follow_details_in_refusal),
    "registry.group_emptied": (close_emptied, follow_taken_out),
    "accommodation.placed": (follow_placement, follow_move, move_tasks_along, follow_size),
    "accommodation.arrival_corrected": (follow_arrival,),
    "accommodation.departed": (on_departed, follow_departure, move_tasks_along, follow_size),
    "accommodation.departure_annulled": (
        on_departure_annulled,
        follow_annulled_departure,
        move_tasks_along,
        follow_size,
    ),
    "accommodation.address_registered": (tell_imdi_of_address,),
    "accommodation.private_stay_started": (
        follow_private_home,
        follow_agreement,
        void_private_move,
        follow_private_stay,
        follow_grant_cases,
        move_tasks_along,
        follow_size,
    ),
    "accommodation.private_stay_ended": (
        follow_agreement,
        on_private_ended,
        follow_private_stay,
        follow_grant_cases,
        move_tasks_along,
        follow_size,
    ),
    "settlement.send_request": (end_pin_when_asked,),
    "settlement.decline_offer": (end_where_declined, open_where_declined),
    "settlement.register_not_moved": (end_where_declined, open_where_not_moved),
    "settlement.annul_refusal": (end_where_never_refused,),
    "settlement.annul_not_moved": (end_where_never_refused,),
    "settlement.make_offer": (lapse_when_offered,),
    "settlement.register_departure": (nothing_to_tell,),
    "settlement.settle_where_they_live": (lapse_when_offered, nothing_to_tell),
    "settlement.close_case": (lapse_with_the_case, follow_withdrawal),
    "settlement.withdraw_offer": (follow_withdrawal,),
    "settlement.release_municipality": (lapse_when_released,),
    "settlement.change_seen": (follow_size,),
    "settlement.annul_agreement": (follow_annulled_move,),
    "accommodation.private_stay_corrected": (
        follow_agreement,
        follow_corrected_stay,
        void_private_move,
        follow_private_stay,
        follow_grant_cases,
    ),
}
