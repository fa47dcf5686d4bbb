"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise

SENTENCES: Mapping[str, str | Promise] = {}
