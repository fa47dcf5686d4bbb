"""Bulk loading of applications to live privately and of agreements, and the dated rules that they must agree with."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fotfeste.alternative.domain.schemes import link_expires_on, municipality_due, preliminary_due
from fotfeste.alternative.models import Agreement, Application, ApplicationPerson, Confirmation
from fotfeste.alternative.rules import book
from fotfeste.platform.bulk import Loader

KEYED = {"application": Application, "agreement": Agreement}
TABLES = (Application, ApplicationPerson, Confirmation, Agreement)


def first_keys(loader: Loader) -> dict[str, int]:
    """The first free key of each kind of thing that rows refer to."""
    return {kind: loader.next_key(model) for kind, model in KEYED.items()}


def application_due(received_on: date) -> tuple[date, str]:
    """By when UDI decides or says that it takes longer, and by which rule. Raises NoRule."""
    due = preliminary_due(received_on, book())
    return due.on, due.rule.code


def acceptance_due(asked_on: date) -> tuple[date, str]:
    """By when a municipality answers, and by which rule. Raises NoRule."""
    due = municipality_due(asked_on, book())
    return due.on, due.rule.code


def link_ends_on(sent_on: date) -> date:
    """The first day on which a link opens nothing. Raises NoRule."""
    return link_expires_on(sent_on, book())


def load_applications(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Applications as they stand."""
    return loader.copy(Application, rows)


def load_applicants(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Those in applications."""
    return loader.copy(ApplicationPerson, rows)


def load_confirmations(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """What parties say."""
    return loader.copy(Confirmation, rows)


def load_agreements(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Agreements, those superseded included; each after the one that it supersedes."""
    return loader.copy(Agreement, rows)
