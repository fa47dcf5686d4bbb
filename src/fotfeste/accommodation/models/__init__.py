"""Storage: centres, rooms, beds, stays. Stays and what hangs on them are behind the need to know."""

from fotfeste.accommodation.models.absence import Absence
from fotfeste.accommodation.models.centres import Bed, BedBlock, CentreOperation, Room
from fotfeste.accommodation.models.missing import MissingReport
from fotfeste.accommodation.models.stays import BedAssignment, Stay

__all__ = ["Absence", "Bed", "BedAssignment", "BedBlock", "CentreOperation", "MissingReport", "Room", "Stay"]
