"""Rulings in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.public import Training

ANSWERS: Mapping[Training, Promise] = {
    Training.KEPT: _("Retten til norskopplæring består"),
    Training.LOST: _("Retten til norskopplæring faller bort"),
}
EXPLAINED: Mapping[Training, Promise] = {
    Training.KEPT: _("Voksne som sier nei til tilbudet, har fortsatt rett til gratis norsk og samfunnskunnskap."),
    Training.LOST: _("Voksne som sier nei til tilbudet, mister retten til gratis norsk og samfunnskunnskap."),
}
