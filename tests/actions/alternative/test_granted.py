"""What follows a grant: they move in, or never come; it is taken back, or the agreement ends."""

from datetime import timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import Stay
from fotfeste.alternative.public import (
    Agreement,
    EndCause,
    Procedure,
    WithdrawalCause,
    annul_grant,
    end_agreement,
    grant,
    register_move_in,
    send_end_letter,
    withdraw_application,
)
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake
from tests.actions.alternative.applied import (
    AT,
    DAY,
    MOVED_IN,
    fresh,
    granted,
    letters,
    open_kinds,
    submitted,
)
from tests.as_owner import every_event, knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ALT-14")
def test_who_is_granted_a_place_before_moving_in_gets_it_on_the_day_they_do(cast: Cast) -> None:
    ahead = DAY + timedelta(days=10)
    made, group = submitted(cast, procedure=Procedure.FAST, living_there_since=None, wanted_from=ahead)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
        assert not Stay.objects.current().filter(kind="mamot").exists()
    then = AT + timedelta(days=11)
    with scope(cast.municipality, then.date()):
        register_move_in(made.pk, ahead, by=cast.municipality, at=then)
        with pytest.raises(Refused, match="moved_in_already"):
            register_move_in(made.pk, ahead, by=cast.municipality, at=then)
    with scope(cast.udi, then.date()):
        assert {stay.period for stay in Stay.objects.current().filter(kind="mamot")} == {Period(ahead)}
    assert "register_move_in" not in open_kinds(cast, group)


@pytest.mark.req("ACS-01", "ALT-14")
@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_nobody_there_knows_of_those_who_were_granted_a_place_and_never_came(cast: Cast, is_withdrawn: bool) -> None:
    ahead = DAY + timedelta(days=10)
    made, group = submitted(cast, procedure=Procedure.FAST, living_there_since=None, wanted_from=ahead)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
    assert cast.municipality.organisation_id in knowing(group, NeedReason.APPLIED_HERE, DAY)
    with scope(cast.udi, DAY):
        if is_withdrawn:
            withdraw_application(made.pk, WithdrawalCause.NOT_NEEDED, by=cast.udi, at=AT)
        else:
            annul_grant(made.pk, reason=Mistake.WRONG_PERSON, by=cast.udi, at=AT)
    assert not knowing(group, NeedReason.APPLIED_HERE, DAY)
    to_do = set() if is_withdrawn else {"decide_application"}
    assert open_kinds(cast, group) & {"register_move_in", "decide_application"} == to_do


@pytest.mark.req("ALT-08")
def test_who_lives_there_already_does_not_take_the_application_back(cast: Cast) -> None:
    made, _ = granted(cast)
    with scope(cast.udi, DAY), pytest.raises(Refused, match="moved_in_already"):
        withdraw_application(made.pk, WithdrawalCause.NOT_NEEDED, by=cast.udi, at=AT)


@pytest.mark.req("MON-02", "ALT-14")
def test_a_grant_that_should_not_have_been_given_is_taken_back_and_its_stays_never_were(cast: Cast) -> None:
    made, group = granted(cast)
    with scope(cast.udi, DAY):
        annul_grant(made.pk, reason=Mistake.WRONG_PERSON, by=cast.udi, at=AT)
        assert not Stay.objects.current().filter(kind="mamot").exists()
        assert not Agreement.objects.current().exists()
    now = fresh(cast, made)
    assert (now.state, now.annulled_decision["reason"]) == ("submitted", "wrong_person")
    assert every_event().filter(type="accommodation.private_stay_corrected", subject_id=group).exists()


@pytest.mark.req("ALT-08")
@pytest.mark.parametrize(
    ("cause", "reason", "is_written"),
    [
        (EndCause.SETTLED, "agreed_settlement", True),
        (EndCause.OFFER_DECLINED, "offer_declined", True),
        (EndCause.MOVED_AWAY, "moved_away", True),
        (EndCause.CONDITIONS_FAILED, "conditions_failed", True),
        (EndCause.MUNICIPALITY_WITHDREW, "withdrawn_from", True),
        (EndCause.SCHEME_ENDED, "scheme_ended", True),
        (EndCause.LEFT_COUNTRY, "left_country", False),
        (EndCause.DIED, "deceased", False),
    ],
)
def test_an_agreement_ends_by_each_cause_with_the_stays_and_a_letter(
    cast: Cast, cause: EndCause, reason: str, is_written: bool
) -> None:
    _, group = granted(cast)
    with scope(cast.udi, DAY):
        end_agreement(group, cast.municipality.organisation_id, cause, DAY, by=cast.udi, at=AT)
        agreement = Agreement.objects.current().get(subject_id=group)
        reasons = Stay.objects.current().filter(kind="mamot").values_list("departure_reason", flat=True)
        assert set(reasons) == {reason}
    assert (agreement.period, agreement.end_cause) == (Period(MOVED_IN, DAY), cause)
    assert (letters(cast, group)[-1] == "ended") is is_written


@pytest.mark.req("ALT-08")
def test_a_municipality_ends_it_for_what_it_knows_and_udi_writes_to_them(cast: Cast) -> None:
    _, group = granted(cast)
    by, there = cast.municipality, cast.municipality.organisation_id
    with scope(by, DAY):
        with pytest.raises(Refused, match="cause_is_udis"):
            end_agreement(group, there, EndCause.SCHEME_ENDED, DAY, by=by, at=AT)
        with pytest.raises(Refused, match="cause_follows_by_itself"):
            end_agreement(group, there, EndCause.GRANT_ANNULLED, DAY, by=by, at=AT)
        end_agreement(group, there, EndCause.MUNICIPALITY_WITHDREW, DAY, by=by, at=AT)
        with pytest.raises(Refused, match="no_agreement_there"):
            end_agreement(group, there, EndCause.MOVED_AWAY, DAY, by=by, at=AT)
    assert "send_end_letter" in open_kinds(cast, group)
    assert "place_group" in open_kinds(cast, group)  # they are here still
    with scope(cast.udi, DAY):
        send_end_letter(group, by=cast.udi, at=AT)
    assert letters(cast, group)[-1] == "ended"
    assert "send_end_letter" not in open_kinds(cast, group)
