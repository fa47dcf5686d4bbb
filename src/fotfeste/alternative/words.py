"""The words of alternative: codes, events, why there is a task."""

from collections.abc import Mapping

from django.utils.functional import Promise

from fotfeste.alternative.words_applications import APPLICATION_CAUSES, APPLICATION_EVENT_WORDS
from fotfeste.alternative.words_local import LOCAL_CAUSES, LOCAL_EVENT_WORDS

EVENT_WORDS: Mapping[str, Promise] = {**APPLICATION_EVENT_WORDS, **LOCAL_EVENT_WORDS}
CAUSES: Mapping[str, Promise] = {**APPLICATION_CAUSES, **LOCAL_CAUSES}
