"""The sentences of what is refused without a login."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOOR_SENTENCES: Mapping[str, str | Promise] = {
    "too_many_documents": _("Det er ikke plass til flere filer. Ta bort en først."),
    "tried_too_often": _("Det er prøvd mange ganger herfra. Vent litt, og prøv igjen."),
}
