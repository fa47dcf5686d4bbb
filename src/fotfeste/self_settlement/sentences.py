"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise

from fotfeste.self_settlement.sentences_asked import ASKED_REASONS, ASKED_SENTENCES
from fotfeste.self_settlement.sentences_terms import TERMS_SENTENCES

SENTENCES: Mapping[str, str | Promise] = {**TERMS_SENTENCES, **ASKED_SENTENCES}
REASONS: Mapping[str, str | Promise] = {**ASKED_REASONS}
