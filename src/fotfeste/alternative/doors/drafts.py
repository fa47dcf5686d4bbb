"""An application that somebody has begun without a login: kept sealed, opened with the secret of its address.

Whoever reads the database reads nothing of it. It can be gone on with on another telephone, by whoever has the address.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from fotfeste.alternative.domain.door_rules import draft_expires_at, receipt_expires_at
from fotfeste.alternative.models.doors import DoorDocument, DoorDraft
from fotfeste.alternative.rules import book
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.secret_links import digest_of, is_secret, new_secret, seal, unseal

type Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """What has been typed so far: the fields of each page and of each person, as they were sent."""

    secret: str
    expires_at: datetime
    pages: dict[str, Values] = field(default_factory=dict)
    people: list[dict[str, Values]] = field(default_factory=list)  # each with `person` and `situation`
    documents: list[dict[str, Any]] = field(default_factory=list)  # id, name, kind, content_type, size
    sent: dict[str, Any] = field(default_factory=dict)  # the reference and the links, once it is sent


def begin(page: str, values: Values, *, at: datetime) -> Begun:
    """Begin an application with the answers of its first page."""
    begun = Begun(new_secret(), draft_expires_at(at, legal_day(at)), pages={page: values})
    DoorDraft.objects.create(digest=digest_of(begun.secret), sealed=_sealed(begun), expires_at=begun.expires_at)
    return begun


def open_begun(secret: str, *, at: datetime) -> Begun:
    """What was typed so far. Raises NotFound for a secret that is nobody's or whose time is over."""
    if not is_secret(secret):
        raise NotFound
    row = DoorDraft.objects.filter(digest=digest_of(secret), expires_at__gt=at).first()
    if row is None:
        raise NotFound
    return _opened(secret, row)


@transaction.atomic
def change(secret: str, changes: Callable[[Begun], None], *, at: datetime) -> Begun:
    """Change what was typed, one at a time. What is sent is changed no more. Raises NotFound."""
    row, begun = _locked(secret, at)
    if begun.sent:
        return begun
    changes(begun)
    row.sealed, row.expires_at = _sealed(begun), draft_expires_at(at, legal_day(at))
    row.save(update_fields=["sealed", "expires_at"])
    return begun


@transaction.atomic
def send(secret: str, sending: Callable[[Begun], dict[str, Any]], *, at: datetime) -> Begun:
    """Send it once, however often the button is pressed: `sending` gives what the receipt says. Raises NotFound.

    What was typed and the files are gone then; the receipt stays for some days.
    """
    row, begun = _locked(secret, at)
    if begun.sent:
        return begun
    receipt = Begun(secret, receipt_expires_at(at, legal_day(at)), sent=sending(begun))
    row.documents.all().delete()
    row.sealed, row.expires_at = _sealed(receipt), receipt.expires_at
    row.save(update_fields=["sealed", "expires_at"])
    return receipt


def add_document(secret: str, told: dict[str, Any], content: bytes, *, at: datetime) -> Begun:
    """Keep a file with the application, sealed. Raises NotFound, and Refused where there are too many."""

    def added(begun: Begun) -> None:
        if len(begun.documents) >= book().get("doors.most_documents", legal_day(at)).integer:
            raise Refused("too_many_documents", "file")
        draft = DoorDraft.objects.get(digest=digest_of(secret))
        row = DoorDocument.objects.create(draft=draft, sealed=seal(secret, content))
        begun.documents.append(told | {"id": row.pk, "size": len(content)})

    return change(secret, added, at=at)


def remove_document(secret: str, document_id: int, *, at: datetime) -> Begun:
    """Take a file away again. Nothing happens where there is none. Raises NotFound."""

    def removed(begun: Begun) -> None:
        begun.documents[:] = [each for each in begun.documents if each["id"] != document_id]
        DoorDocument.objects.filter(pk=document_id, draft__digest=digest_of(secret)).delete()

    return change(secret, removed, at=at)


def contents_of(begun: Begun) -> dict[int, bytes]:
    """The files of an application, by their keys."""
    rows = DoorDocument.objects.filter(draft__digest=digest_of(begun.secret))
    return {row.pk: unseal(begun.secret, row.sealed) for row in rows}


def _locked(secret: str, at: datetime) -> tuple[DoorDraft, Begun]:
    if not is_secret(secret):
        raise NotFound
    row = DoorDraft.objects.select_for_update().filter(digest=digest_of(secret), expires_at__gt=at).first()
    if row is None:
        raise NotFound
    return row, _opened(secret, row)


def _opened(secret: str, row: DoorDraft) -> Begun:
    return Begun(secret, row.expires_at, **json.loads(unseal(secret, row.sealed)))


def _sealed(begun: Begun) -> bytes:
    told = {name: getattr(begun, name) for name in ("pages", "people", "documents", "sent")}
    return seal(begun.secret, json.dumps(told).encode())
