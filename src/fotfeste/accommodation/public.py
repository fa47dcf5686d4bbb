"""What other packages may use of accommodation."""

from fotfeste.accommodation.actions.absence import (
    grant_leave,
    move_return,
    register_absence,
    register_return,
    withdraw_leave,
)
from fotfeste.accommodation.actions.absent import follow_begun_leave
from fotfeste.accommodation.actions.annulled import annul_departure
from fotfeste.accommodation.actions.arrival import correct_arrival
from fotfeste.accommodation.actions.beds import assign_beds
from fotfeste.accommodation.actions.centres import (
    add_beds,
    add_rooms,
    block_bed,
    change_operation,
    end_operation,
    open_centre_operation,
    unblock_bed,
)
from fotfeste.accommodation.actions.departure import Departure, register_departure
from fotfeste.accommodation.actions.following import follow_household
from fotfeste.accommodation.actions.missing import report_missing, see_missing
from fotfeste.accommodation.actions.new_address import register_new_address
from fotfeste.accommodation.actions.placing import PLACE_GROUP, place_group
from fotfeste.accommodation.actions.private import (
    end_private_stay,
    end_private_stay_after,
    start_private_stay,
    start_private_stay_after,
)
from fotfeste.accommodation.actions.private_corrected import correct_private_stay
from fotfeste.accommodation.actions.stays import refuse_status_of_the_dead
from fotfeste.accommodation.advice import DepartureAdvice
from fotfeste.accommodation.domain.departure import Agreed
from fotfeste.accommodation.domain.forecast import Basis, Movement
from fotfeste.accommodation.domain.missing import ToldParty
from fotfeste.accommodation.domain.private import ENDED_BY, RightStay
from fotfeste.accommodation.domain.types import (
    AbsenceKind,
    CentreType,
    DepartureReason,
    LeaveWithdrawal,
    NewOperation,
    NewRoom,
    OperatorKind,
    ReturnMoved,
    StayKind,
)
from fotfeste.accommodation.household import stays_shown
from fotfeste.accommodation.models import (
    Absence,
    Bed,
    BedAssignment,
    BedBlock,
    CentreOperation,
    MissingReport,
    Room,
    Stay,
)
from fotfeste.accommodation.money import (
    BeginOn,
    EndOn,
    MoneyMoved,
    MonthMoved,
    MunicipalitySum,
    Proposal,
    money_moved,
)
from fotfeste.accommodation.panels import household_acts, household_lead, household_panels
from fotfeste.accommodation.queries.everyone import Home, Whereabouts, everyone_of, gone_among, gone_of, home_among
from fotfeste.accommodation.queries.occupancy import CountryOccupancy, occupancy
from fotfeste.accommodation.queries.where import Where, present_on, rooms_of, staying_members, stays_of, where_now
from fotfeste.accommodation.timeline import household_timeline
from fotfeste.accommodation.views.money_first import PREVIEW, MoneyFirstView
from fotfeste.accommodation.words import CAUSES, DEPARTURE_REASONS, EVENT_WORDS, STAY_KINDS

__all__ = [
    "CAUSES",
    "DEPARTURE_REASONS",
    "ENDED_BY",
    "EVENT_WORDS",
    "PLACE_GROUP",
    "PREVIEW",
    "STAY_KINDS",
    "Absence",
    "AbsenceKind",
    "Agreed",
    "Basis",
    "Bed",
    "BedAssignment",
    "BedBlock",
    "BeginOn",
    "CentreOperation",
    "CentreType",
    "CountryOccupancy",
    "Departure",
    "DepartureAdvice",
    "DepartureReason",
    "EndOn",
    "Home",
    "LeaveWithdrawal",
    "MissingReport",
    "MoneyFirstView",
    "MoneyMoved",
    "MonthMoved",
    "Movement",
    "MunicipalitySum",
    "NewOperation",
    "NewRoom",
    "OperatorKind",
    "Proposal",
    "ReturnMoved",
    "RightStay",
    "Room",
    "Stay",
    "StayKind",
    "ToldParty",
    "Where",
    "Whereabouts",
    "add_beds",
    "add_rooms",
    "annul_departure",
    "assign_beds",
    "block_bed",
    "change_operation",
    "correct_arrival",
    "correct_private_stay",
    "end_operation",
    "end_private_stay",
    "end_private_stay_after",
    "everyone_of",
    "follow_begun_leave",
    "follow_household",
    "gone_among",
    "gone_of",
    "grant_leave",
    "home_among",
    "household_acts",
    "household_lead",
    "household_panels",
    "household_timeline",
    "money_moved",
    "move_return",
    "occupancy",
    "open_centre_operation",
    "place_group",
    "present_on",
    "refuse_status_of_the_dead",
    "register_absence",
    "register_departure",
    "register_new_address",
    "register_return",
    "report_missing",
    "rooms_of",
    "see_missing",
    "start_private_stay",
    "start_private_stay_after",
    "staying_members",
    "stays_of",
    "stays_shown",
    "unblock_bed",
    "where_now",
    "withdraw_leave",
]
