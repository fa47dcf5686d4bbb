"""A municipality publishes on what terms it allows agreed self-settlement, and looks at them again (SET-13)."""

from datetime import datetime

from django.db.models import QuerySet

from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import cut_short, refuse_stale, version_of
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.domain.terms import Terms, ready_to_publish
from fotfeste.self_settlement.models import PublishedTerms, TermsReview
from fotfeste.self_settlement.queries.terms import names_at, terms_in

PUBLISH_TERMS = "self_settlement.publish_terms"


@act
def publish_terms(said: Terms, *, by: Viewer, at: datetime, version: int | None = None) -> PublishedTerms:
    """The actor's municipality says from today whether it allows agreed self-settlement, and on what terms.

    What it said before ends, and stays on record. Everybody sees it at once. Raises what `ready_to_publish` raises;
    `terms_as_before` where nothing is new; Stale where a colleague has published or reviewed since `version`.
    """
    require(by, PUBLISH_TERMS)
    _lock(by)
    refuse_stale(version, *_facts_of(by.organisation_id))
    ready, today = ready_to_publish(said, names_at(by.organisation_id)), legal_day(at)
    present = _open_terms(by.organisation_id)
    if present is not None:
        if terms_in(present) == ready:
            raise Refused("terms_as_before")
        cut_short(present, today, by=by, at=at, reason="said_otherwise")
    row = PublishedTerms(
        **PublishedTerms.columns_of(ready),
        organisation_id=by.organisation_id,
        period=Period(today),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    _tell("self_settlement.terms_published", by=by, at=at)
    return row


@act
def review_terms(*, by: Viewer, at: datetime, version: int | None = None) -> TermsReview:
    """The actor's municipality has looked at its terms today, and they stand.

    Raises Refused `no_terms_to_review`; `terms_reviewed_today` where they were published or reviewed today already;
    Stale where a colleague has published or reviewed since `version`.
    """
    require(by, PUBLISH_TERMS)
    _lock(by)
    refuse_stale(version, *_facts_of(by.organisation_id))
    today, present = legal_day(at), _open_terms(by.organisation_id)
    if present is None:
        raise Refused("no_terms_to_review")
    _, reviews = _facts_of(by.organisation_id)
    if present.period.start == today or reviews.filter(annulled_at__isnull=True, reviewed_on=today).exists():
        raise Refused("terms_reviewed_today")
    row = TermsReview(
        organisation_id=by.organisation_id,
        reviewed_on=today,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    _tell("self_settlement.terms_reviewed", by=by, at=at)
    return row


def terms_version(organisation_id: int) -> int:
    """The version of what a municipality has published and reviewed, for a form about it."""
    return version_of(*_facts_of(organisation_id))


def _facts_of(organisation_id: int) -> tuple[QuerySet[PublishedTerms], QuerySet[TermsReview]]:
    return (
        PublishedTerms.objects.filter(organisation_id=organisation_id),
        TermsReview.objects.filter(organisation_id=organisation_id),
    )


def _lock(by: Viewer) -> None:
    """The organisation's row is the lock: two colleagues saving at once save one after the other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)


def _open_terms(organisation_id: int) -> PublishedTerms | None:
    rows = PublishedTerms.objects.current().filter(organisation_id=organisation_id, period__endswith__isnull=True)
    found: PublishedTerms | None = rows.first()
    return found


def _tell(kind: str, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type=kind,
            subject_id=None,
            object_kind="organisation",
            object_id=by.organisation_id,
            holds_on=legal_day(at),
        ),
        by=by,
        at=at,
    )
