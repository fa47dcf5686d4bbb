"""What becomes of applications, agreements and the follow-up of those who live privately."""

from fotfeste.alternative.forgetting_applications import APPLICATIONS, KEPT_APPLICATIONS, SWEPT_APPLICATIONS
from fotfeste.alternative.forgetting_doors import SWEPT_DOORS
from fotfeste.alternative.forgetting_local import LOCAL, SWEPT_LOCAL
from fotfeste.kernel.forgetting import Kept

FORGOTTEN = (
    *APPLICATIONS,
    *LOCAL,
)
KEPT: tuple[Kept, ...] = (*KEPT_APPLICATIONS,)
SWEPT = (*SWEPT_LOCAL, *SWEPT_DOORS, *SWEPT_APPLICATIONS)
