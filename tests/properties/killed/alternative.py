"""Acts of living privately, each with what there is before it."""

from datetime import date, datetime, timedelta

from fotfeste.accommodation.public import (
    DepartureReason,
    RightStay,
    StayKind,
    correct_private_stay,
    end_private_stay,
    end_private_stay_after,
    start_private_stay,
    start_private_stay_after,
)
from fotfeste.alternative.public import (
    ConfirmationWay,
    EndCause,
    FilledInBy,
    HomeKind,
    NewApplication,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
    annul_grant,
    answer_acceptance,
    apply_for,
    close_places,
    complete_application,
    confirm,
    confirm_for,
    end_agreement,
    grant,
    match_people,
    offer_places,
    refuse,
    register_move_in,
    renew_link,
    send_acceptance_request,
    send_end_letter,
    send_preliminary_answer,
    withdraw_application,
    withdraw_by_link,
)
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, members_of
from tests.actions.alternative.applied import (
    AT,
    DAY,
    answered,
    application,
    applied,
    asked,
    granted,
    registered,
    submitted,
    typed,
)
from tests.conftest import Cast
from tests.properties.killed.scene import Scene, people

LEVANGER = "5037"


def levanger() -> int:
    """The municipality's organisation."""
    return Organisation.objects.get(kind="municipality", municipality_id=LEVANGER).pk


def known(cast: Cast) -> int:
    return registered(cast)[0]


def housed(cast: Cast) -> int:
    return granted(cast)[1]


def start(group: int, *, by: Viewer, at: datetime) -> object:
    who, on = people(group, at), legal_day(at)
    return start_private_stay(group, who, kind=StayKind.MAMOT, municipality_id=levanger(), on=on, by=by, at=at)


def start_after(group: int, *, by: Viewer, at: datetime) -> object:
    who, on = people(group, at), legal_day(at)
    return start_private_stay_after(group, who, kind=StayKind.AMOT, municipality_id=levanger(), on=on, by=by, at=at)


def end(group: int, *, by: Viewer, at: datetime) -> object:
    return end_private_stay(group, people(group, at), legal_day(at), DepartureReason.LEFT_COUNTRY, by=by, at=at)


def end_after(group: int, *, by: Viewer, at: datetime) -> object:
    reason = DepartureReason.OFFER_DECLINED
    return end_private_stay_after(group, people(group, at), legal_day(at), reason, by=by, at=at)


def correct(group: int, *, by: Viewer, at: datetime) -> object:
    right = RightStay(start=DAY - timedelta(days=3))
    return correct_private_stay(group, people(group, at), right, reason=Mistake.WRONG_DAY, by=by, at=at)


def apply_anew(group: int, *, by: Viewer, at: datetime) -> object:
    members = members_of(group, legal_day(at))
    chosen = tuple(typed(member, subject_id=member.subject_id) for member in members)
    new = NewApplication(
        scheme=Scheme.AMOT,
        procedure=Procedure.ALONE,
        municipality_id=levanger(),
        applicants=chosen,
        filled_in_by=FilledInBy.STAFF,
        home_kind=HomeKind.FAMILY,
    )
    return apply_for(new, by=by, at=at, group_id=group)


def unmatched(cast: Cast) -> int:
    return applied(application(cast, registered(cast)[1])).application.pk


def waiting(cast: Cast) -> int:
    return applied(application(cast, registered(cast)[1], procedure=Procedure.FAST)).application.pk


def with_a_link(cast: Cast) -> str:
    key = waiting(cast)
    with scope(cast.udi, cast.day):
        return renew_link(key, Party.HOST, by=cast.udi, at=cast.at)


def with_the_own_link(cast: Cast) -> str:
    return applied(application(cast, registered(cast)[1])).links[Party.APPLICANT]


def say_yes(secret: str, *, by: Viewer, at: datetime) -> object:
    return confirm(secret, answer=PartyAnswer.YES, signer_name="Kari Vert", by=by, at=at)


def withdraw_it(secret: str, *, by: Viewer, at: datetime) -> object:
    return withdraw_by_link(secret, WithdrawalCause.MOVED, by=by, at=at)


def write_down(key: int, *, by: Viewer, at: datetime) -> object:
    way = ConfirmationWay.PHONE
    return confirm_for(key, Party.HOST, answer=PartyAnswer.YES, way=way, signer_name="Kari Vert", by=by, at=at)


def new_link(key: int, *, by: Viewer, at: datetime) -> object:
    return renew_link(key, Party.HOST, by=by, at=at)


def say_they_accept(key: int, *, by: Viewer, at: datetime) -> object:
    return answer_acceptance(key, accepts=True, by=by, at=at)


def to_come(cast: Cast) -> int:
    """Granted before they have moved in."""
    ahead = date(2024, 3, 1)
    made, _ = submitted(cast, procedure=Procedure.FAST, living_there_since=None, wanted_from=ahead)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
    return made.pk


def move_in(key: int, *, by: Viewer, at: datetime) -> object:
    return register_move_in(key, legal_day(at), by=by, at=at)


def refuse_it(key: int, *, by: Viewer, at: datetime) -> object:
    return refuse(key, RefusalGround.MUNICIPALITY_DECLINED, by=by, at=at)


def fill_in(key: int, *, by: Viewer, at: datetime) -> object:
    return complete_application(key, {}, living_there_since=DAY, by=by, at=at)


def take_back(key: int, *, by: Viewer, at: datetime) -> object:
    return annul_grant(key, reason=Mistake.WRONG_PERSON, by=by, at=at)


def withdraw(key: int, *, by: Viewer, at: datetime) -> object:
    return withdraw_application(key, WithdrawalCause.NOT_NEEDED, by=by, at=at)


def end_it(group: int, *, by: Viewer, at: datetime) -> object:
    return end_agreement(group, levanger(), EndCause.CONDITIONS_FAILED, legal_day(at), by=by, at=at)


def left_unwritten(cast: Cast) -> int:
    """The municipality has ended it, and UDI has not written yet."""
    group, by = housed(cast), cast.municipality
    with scope(by, cast.day):
        end_agreement(group, by.organisation_id, EndCause.MOVED_AWAY, cast.day, by=by, at=cast.at)
    return group


def nothing(cast: Cast) -> tuple[int, ...]:
    return ()


def offer(*, by: Viewer, at: datetime) -> object:
    return offer_places(Scheme.MAMOT, 40, "Hotell", by=by, at=AT)


def with_places(cast: Cast) -> int:
    with scope(cast.municipality, DAY):
        return offer_places(Scheme.MAMOT, 40, "Hotell", by=cast.municipality, at=AT).pk


ALTERNATIVE = {
    "start_private_stay": Scene(known, "udi", start),
    "start_private_stay_after": Scene(known, "udi", start_after),
    "end_private_stay": Scene(housed, "municipality", end),
    "end_private_stay_after": Scene(housed, "udi", end_after),
    "correct_private_stay": Scene(housed, "udi", correct),
    "apply_for": Scene(known, "udi", apply_anew),
    "complete_application": Scene(waiting, "udi", fill_in),
    "confirm": Scene(with_a_link, "udi", say_yes),
    "confirm_for": Scene(waiting, "udi", write_down),
    "renew_link": Scene(waiting, "udi", new_link),
    "withdraw_by_link": Scene(with_the_own_link, "udi", withdraw_it),
    "match_people": Scene(unmatched, "udi", match_people),
    "send_acceptance_request": Scene(lambda cast: submitted(cast)[0].pk, "udi", send_acceptance_request),
    "answer_acceptance": Scene(lambda cast: asked(cast)[0].pk, "municipality", say_they_accept),
    "send_preliminary_answer": Scene(lambda cast: asked(cast)[0].pk, "udi", send_preliminary_answer),
    "grant": Scene(lambda cast: answered(cast)[0].pk, "udi", grant),
    "register_move_in": Scene(to_come, "municipality", move_in),
    "refuse": Scene(lambda cast: answered(cast, accepts=False)[0].pk, "udi", refuse_it),
    "withdraw_application": Scene(lambda cast: asked(cast)[0].pk, "udi", withdraw),
    "annul_grant": Scene(lambda cast: granted(cast)[0].pk, "udi", take_back),
    "end_agreement": Scene(housed, "udi", end_it),
    "send_end_letter": Scene(left_unwritten, "udi", send_end_letter),
    "offer_places": Scene(nothing, "municipality", offer),
    "close_places": Scene(with_places, "municipality", close_places),
}
