"""What other packages may use of accommodation."""

from fotfeste.accommodation.actions.absence import grant_leave, register_absence, register_return
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
from fotfeste.accommodation.actions.placing import ASSIGN_BEDS, PLACE_GROUP, place_group
from fotfeste.accommodation.domain.types import (
    AbsenceKind,
    CentreType,
    DepartureReason,
    NewOperation,
    NewRoom,
    OperatorKind,
    StayKind,
)
from fotfeste.accommodation.models import Absence, Bed, BedAssignment, BedBlock, CentreOperation, Room, Stay
from fotfeste.accommodation.queries import (
    Where,
    absences_of,
    present_on,
    rooms_of,
    staying_members,
    stays_of,
    where_now,
)

__all__ = [
    "ASSIGN_BEDS",
    "PLACE_GROUP",
    "Absence",
    "AbsenceKind",
    "Bed",
    "BedAssignment",
    "BedBlock",
    "CentreOperation",
    "CentreType",
    "Departure",
    "DepartureReason",
    "NewOperation",
    "NewRoom",
    "OperatorKind",
    "Room",
    "Stay",
    "StayKind",
    "Where",
    "absences_of",
    "add_beds",
    "add_rooms",
    "assign_beds",
    "block_bed",
    "change_operation",
    "end_operation",
    "grant_leave",
    "open_centre_operation",
    "place_group",
    "present_on",
    "register_absence",
    "register_departure",
    "register_return",
    "rooms_of",
    "staying_members",
    "stays_of",
    "unblock_bed",
    "where_now",
]
