"""The letter of the one offer: where, when, why there, and what a no means; sent with the decision."""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.access.public import Compartment
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.letters.public import LetterKind, language_to_people, send_letter, write_letter
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import unaccompanied_among
from fotfeste.settlement.domain.consequences import follows_from_no
from fotfeste.settlement.models import Offer
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.ruled import training_on


def write_offer(offer: Offer, *, answer_by_on: date, by: Viewer, at: datetime) -> None:
    """To the household, in the first language of theirs that letters are written in.

    Why there is what the plan weighed, where the request was of a plan (`FOTFESTE_OFFER_REASONS`). A minor who came
    alone reads nothing of what adults lose by a no: the guardian tells them. It lies where information given lies: a
    municipality reads nothing of what was weighed. Source: GUIDE 1.8, 1.9, Vedlegg 5 and 6.
    """
    today = legal_day(at)
    members = who_settle(offer.subject_id, today)
    if not members:
        return
    alone = unaccompanied_among(members, today)
    reasons: Callable[[int], tuple[str, ...]] = import_string(settings.FOTFESTE_OFFER_REASONS)
    lives_privately = offer.case.centre_id is None
    born = [member.birth_date for member in members]
    follows = follows_from_no(born, today, training=training_on(today), lives_privately=lives_privately)
    letter = write_letter(
        LetterKind.OFFER,
        subject_id=offer.subject_id,
        to_organisation_id=None,
        language=language_to_people(each for member in members for each in member.languages),
        facts={
            "names": [member.name for member in members],
            "municipality": offer.organisation.name,
            "week_on": Week.parse(offer.week).first_day,
            "answer_by_on": answer_by_on,
            "reasons": reasons(offer.request_id),
            "lives": "privately" if lives_privately else "",
            "lost": follows.lost,
            "kept": follows.kept,
            "unclear": follows.unclear,
            "guardian": ("alone" if len(alone) == len(members) else "for_some") if alone else "",
        },
        compartment=Compartment.JOURNAL,
        by=by,
        at=at,
    )
    send_letter(letter.reference, by=by, at=at)
