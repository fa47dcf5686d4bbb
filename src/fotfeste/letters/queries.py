"""Reads of letters. Row-level security leaves those that the session may see."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.json import KT, KeyTransform

from fotfeste.access.public import Compartment
from fotfeste.kernel.errors import NotFound
from fotfeste.letters.models import Letter
from fotfeste.platform.viewer import Viewer

MAY_ANSWER = ("alternative.answer", "ledger.see_own")  # whoever does what letters to an organisation ask
UNREAD, READ = "unread", "read"
LIES_IN = frozenset(
    {Compartment.HOUSING, Compartment.JOURNAL, Compartment.MONEY, Compartment.REFUSAL, Compartment.STAYS}
)
"""The compartments that letters lie in."""


def _listed() -> QuerySet[Any]:
    """Letters as lists show them: with their title and to whom, without their text."""
    listed: QuerySet[Any] = (
        Letter.objects.defer("written", "facts")
        .annotate(
            title=KT("written__title"),
            checked=KT("written__is_checked"),
            to=KeyTransform("receiver", "written"),
        )
        .select_related("from_organisation", "to_organisation")
    )
    return listed


def letters_about(subject_id: int) -> QuerySet[Any]:
    """The letters about a household that the session may see, the newest first. One query."""
    return _listed().filter(subject_id=subject_id).order_by("-written_at", "-pk")


def mailbox(viewer: Viewer, *, unit: str = "", which: str = "") -> QuerySet[Any]:
    """The letters that came to the viewer's organisation: those that nobody has opened first, then the newest.

    `unit`: the reference of one unit's mailbox; `which`: UNREAD or READ alone. A draft has not come.
    """
    came = _listed().filter(to_organisation_id=viewer.organisation_id, sent_at__isnull=False)
    if unit:
        came = came.filter(to_unit__reference=unit)
    if which in (UNREAD, READ):
        came = came.filter(opened_at__isnull=which == UNREAD)
    return came.order_by(F("opened_at").asc(nulls_first=True), "-sent_at", "-pk")


def has_mailbox(viewer: Viewer) -> bool:
    """Whether the letters to the viewer's organisation are the viewer's to read."""
    return any(viewer.may(permission) for permission in MAY_ANSWER)


def unread_of(viewer: Viewer) -> int:
    """How many letters to the viewer's organisation nobody has opened."""
    return Letter.objects.filter(
        to_organisation_id=viewer.organisation_id, sent_at__isnull=False, opened_at__isnull=True
    ).count()


def letter_by_reference(viewer: Viewer, reference: str) -> Letter:
    """A letter with its text. Raises NotFound; its receiver does not have it before it is sent."""
    letter = (
        Letter.objects.filter(reference=reference)
        .select_related("subject", "from_organisation", "to_organisation", "written_by", "opened_by")
        .first()
    )
    is_others = letter is not None and letter.to_organisation_id == viewer.organisation_id
    if letter is None or (
        is_others and letter.sent_at is None and letter.from_organisation_id != viewer.organisation_id
    ):
        raise NotFound("not_found")
    return letter
