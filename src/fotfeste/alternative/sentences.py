"""The sentences of this domain's refusals and reasons, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise

from fotfeste.alternative.sentences_applications import APPLICATION_REASONS, APPLICATION_SENTENCES
from fotfeste.alternative.sentences_doors import DOOR_SENTENCES
from fotfeste.alternative.sentences_local import LOCAL_SENTENCES

SENTENCES: Mapping[str, str | Promise] = {**APPLICATION_SENTENCES, **LOCAL_SENTENCES, **DOOR_SENTENCES}
REASONS: Mapping[str, str | Promise] = {**APPLICATION_REASONS}
