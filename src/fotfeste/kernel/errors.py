"""Refusals: what the system will not do, as a code with fields; the sentence is looked up by code
elsewhere."""

from collections.abc import Mapping
from datetime import date


class Refused(Exception):
    """An act that the rules or the data do not allow, and that the user can do something about.

    `code` names the sentence, `field` the form field that the sentence belongs to (None: the whole form),
    `params` the values in the sentence. Params may hold personal data, so neither str() nor repr() nor args
    show them: logs and error trackers print those.
    """

    code: str
    field: str | None
    params: Mapping[str, object]

    def __init__(self, code: str, field: str | None = None, params: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = dict(params or {})

    def __str__(self) -> str:
        return self.code

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, field={self.field!r})"


class Stale(Refused):
    """Someone else has changed what the user is looking at; code `stale`."""

    def __init__(self, expected_version: int, found_version: int) -> None:
        super().__init__("stale", None, {"expected_version": expected_version, "found_version": found_version})
        self.expected_version = expected_version
        self.found_version = found_version


class NotAllowed(Refused):
    """The viewer may not do this; code `not_allowed` unless a closer one is given."""

    def __init__(
        self, code: str = "not_allowed", field: str | None = None, params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, field, params)


class NotFound(Refused):
    """No such thing, or none that the viewer may know of; code `not_found` unless a closer one is given."""

    def __init__(
        self, code: str = "not_found", field: str | None = None, params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, field, params)


class NoRule(Refused):
    """No rule or rate is valid on the day: the system refuses, it does not guess; code `no_rule`."""

    def __init__(self, rule_code: str, day: date) -> None:
        super().__init__("no_rule", None, {"rule_code": rule_code, "day": day})
        self.rule_code = rule_code
        self.day = day
