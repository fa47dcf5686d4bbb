"""A claim: noticed with each person, month and cause; answered or not; decided by another; paid, offset or let go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fotfeste.access.public import NeedReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.ledger.models import Claim, ClaimPart, ClaimSettlement, Line, Run
from fotfeste.ledger.public import (
    Scheme,
    accounts,
    answer_claim,
    balances,
    claims_to_propose,
    decide_claim,
    open_claim,
    pay_run,
    settle_claim,
)
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    RATE_2024,
    Books,
    approved,
    due,
    keys_of,
    opened_books,
    paid,
    taken_back,
)
from tests.as_owner import needs_ended
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-02")]
SMALL = 30_000


@pytest.fixture
def books(cast: Cast) -> Books:
    """Levanger has been paid for January and February, and owes February: they had left the country."""
    books = opened_books(cast)
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:], "left_country")])
    return books


def noticed(books: Books) -> str:
    """The claim, prepared by the first case worker. Gives its reference."""
    with scope(books.cast.udi, books.cast.day):
        claim = open_claim(Scheme.MAMOT, books.levanger, by=books.cast.udi, at=books.cast.at)
        return claim.subject.reference


def answered(books: Books, reference: str) -> None:
    """The municipality disputes it."""
    with scope(books.cast.municipality, books.cast.day):
        answer_claim(reference, "disputes", "De var her.", by=books.cast.municipality, at=books.cast.at)


def decided(books: Books, reference: str, upheld_ore: int = RATE_2024, text: str = "") -> Claim:
    """Decided by the colleague."""
    with scope(books.colleague, books.cast.day):
        return decide_claim(reference, upheld_ore, text, by=books.colleague, at=books.cast.at)


def balance_of(books: Books) -> int:
    """What is owed to Levanger."""
    with scope(books.cast.udi, books.cast.day):
        return sum(each.balance_ore for each in balances(Scheme.MAMOT))


def test_a_claim_is_proposed_where_a_municipality_owes_and_nobody_stays_there(books: Books) -> None:
    with scope(books.cast.udi, books.cast.day):
        assert claims_to_propose(Scheme.MAMOT) == [(books.levanger, RATE_2024)]
    with scope(books.cast.municipality, books.cast.day):
        assert claims_to_propose(Scheme.MAMOT) == []
    noticed(books)
    with scope(books.cast.udi, books.cast.day):
        assert claims_to_propose(Scheme.MAMOT) == []


def test_the_notice_names_each_person_month_and_cause(books: Books) -> None:
    reference = noticed(books)
    with scope(books.cast.municipality, books.cast.day):
        claim = Claim.objects.get(subject__reference=reference)
        [part] = ClaimPart.objects.filter(claim=claim)
        assert (part.subject_id, part.month, part.amount_ore, part.cause) == (
            books.people[0],
            FEBRUARY,
            RATE_2024,
            "left_country",
        )
        assert claim.answer_due_on == books.cast.day + timedelta(days=21)
        assert [
            task.kind for task in Task.objects.filter(subject_id=claim.subject_id, organisation=books.levanger)
        ] == ["answer_claim"]


def test_a_municipality_sees_whom_a_claim_is_about_although_its_need_has_ended(books: Books) -> None:
    needs_ended(books.people, [NeedReason.GRANT_CASE], on=books.cast.day, at=books.cast.at)
    with scope(books.cast.municipality, books.cast.day):
        assert not Line.objects.exists()
    noticed(books)
    with scope(books.cast.municipality, books.cast.day):
        assert ClaimPart.objects.count() == 1
    with scope(books.cast.other_municipality, books.cast.day):
        assert not Claim.objects.exists()
        assert not ClaimPart.objects.exists()


def test_nothing_is_claimed_of_a_municipality_that_owes_nothing(books: Books) -> None:
    with scope(books.cast.udi, books.cast.day), pytest.raises(Refused) as refused:
        open_claim(Scheme.MAMOT, books.verdal, by=books.cast.udi, at=books.cast.at)
    assert refused.value.code == "nothing_to_claim"


def test_whoever_disputes_says_why(books: Books) -> None:
    reference = noticed(books)
    with scope(books.cast.municipality, books.cast.day), pytest.raises(Refused) as refused:
        answer_claim(reference, "disputes", " ", by=books.cast.municipality, at=books.cast.at)
    assert refused.value.code == "disputed_claim_says_why"


def test_a_claim_is_decided_when_it_is_answered_or_the_deadline_is_past(books: Books) -> None:
    reference = noticed(books)
    with pytest.raises(Refused) as refused:
        decided(books, reference)
    assert refused.value.code == "claim_answer_awaited"
    later = books.cast.at + timedelta(days=22)
    with scope(books.colleague, books.cast.day + timedelta(days=22)):
        claim = decide_claim(reference, RATE_2024, by=books.colleague, at=later)
    assert (claim.state, claim.answer, claim.decision) == ("decided", "", "upheld")


def test_whoever_prepared_a_claim_does_not_decide_it(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    with scope(books.cast.udi, books.cast.day), pytest.raises(NotAllowed) as refused:
        decide_claim(reference, RATE_2024, by=books.cast.udi, at=books.cast.at)
    assert refused.value.code == "decided_by_another"


def test_what_a_claim_is_reduced_by_is_let_go_with_an_entry(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    with pytest.raises(Refused) as refused:
        decided(books, reference, RATE_2024 - 1000)
    assert refused.value.code == "reduced_claim_says_why"
    claim = decided(books, reference, RATE_2024 - 1000, "De var her noen dager.")
    with scope(books.cast.udi, books.cast.day):
        [let_go] = ClaimSettlement.objects.filter(claim=claim)
    assert (let_go.kind, let_go.amount_ore, let_go.debit) == ("waived", 1000, "losses")
    assert balance_of(books) == -RATE_2024 + 1000


def test_a_claim_that_is_paid_is_closed_and_the_books_are_even(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    decided(books, reference)
    viewer, day, at = books.colleague, books.cast.day, books.cast.at
    with scope(books.cast.udi, day), pytest.raises(NotAllowed) as own:
        settle_claim(reference, "paid", 700_000, on=day, by=books.cast.udi, at=at)
    assert own.value.code == "payment_seen_by_another"
    with scope(viewer, day):
        settle_claim(reference, "paid", 700_000, on=day, by=viewer, at=at)
        with pytest.raises(Refused) as refused:
            settle_claim(reference, "paid", RATE_2024, on=day, by=viewer, at=at)
        assert refused.value.code == "settled_beyond_the_claim"
        claim = settle_claim(reference, "paid", RATE_2024 - 700_000, on=day, by=viewer, at=at)
        assert claim.state == "closed"
        assert not Task.objects.filter(subject_id=claim.subject_id, closed_at__isnull=True).exists()
        found = accounts(Scheme.MAMOT)
    assert found["claims"] == found["municipality"] == 0
    assert sum(found.values()) == 0
    assert balance_of(books) == 0


def test_a_run_that_comes_after_all_settles_the_claim(books: Books) -> None:
    reference = noticed(books)
    run = paid(books, [due(books.people[1], books.levanger, month) for month in (JANUARY, FEBRUARY)])
    with scope(books.cast.udi, books.cast.day):
        claim = Claim.objects.get(subject__reference=reference)
        [offset] = ClaimSettlement.objects.filter(claim=claim)
        assert (claim.state, offset.kind, offset.amount_ore, offset.run_id) == ("closed", "offset", RATE_2024, run.pk)
        assert [payment.amount_ore for payment in run.payments.all()] == [RATE_2024]
        assert sum(accounts(Scheme.MAMOT).values()) == 0
    assert balance_of(books) == 0


def test_letting_go_is_for_whoever_approves_after_the_decision_with_a_reason(books: Books) -> None:
    reference = noticed(books)
    day, at = books.cast.day, books.cast.at
    with scope(books.approver, day), pytest.raises(Refused) as early:
        settle_claim(reference, "waived", 1000, on=day, by=books.approver, at=at, reason="Lite.")
    assert early.value.code == "waived_before_decision"
    answered(books, reference)
    decided(books, reference)
    with scope(books.cast.udi, day), pytest.raises(NotAllowed):
        settle_claim(reference, "waived", 1000, on=day, by=books.cast.udi, at=at, reason="Lite.")
    with scope(books.approver, day):
        with pytest.raises(Refused) as silent:
            settle_claim(reference, "waived", 1000, on=day, by=books.approver, at=at)
        assert silent.value.code == "waived_with_a_reason"
        with pytest.raises(Refused) as large:
            settle_claim(reference, "written_off", RATE_2024, on=day, by=books.approver, at=at)
        assert large.value.code == "too_much_to_write_off"
        settle_claim(reference, "waived", RATE_2024 - SMALL, on=day, by=books.approver, at=at, reason="Avtalt.")
        claim = settle_claim(reference, "written_off", SMALL, on=day, by=books.approver, at=at)
    assert claim.state == "closed"
    assert balance_of(books) == 0


def test_what_is_too_small_to_claim_is_written_off_with_an_entry_and_nobody_is_asked(cast: Cast) -> None:
    books = opened_books(cast)
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY, SMALL)])
    paid(books, [taken_back(one, books.levanger, JANUARY, keys_of(books))._replace(amount_ore=-SMALL)])
    reference = noticed(books)
    with scope(cast.udi, cast.day):
        claim = Claim.objects.get(subject__reference=reference)
        [entry] = ClaimSettlement.objects.filter(claim=claim)
        assert (claim.state, entry.kind, entry.amount_ore) == ("closed", "written_off", SMALL)
        assert not Task.objects.filter(subject_id=claim.subject_id).exists()
    assert balance_of(books) == 0


def test_a_claim_is_answered_once(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    with scope(books.cast.municipality, books.cast.day), pytest.raises(IllegalStep):
        answer_claim(reference, "agrees", by=books.cast.municipality, at=books.cast.at)


def test_a_claim_does_not_name_somebody_whose_month_was_taken_back_and_given_again(cast: Cast) -> None:
    books = opened_books(cast)
    one, other, *_ = books.people
    here = books.levanger
    paid(books, [due(one, here, JANUARY), due(other, here, JANUARY)])
    first, second = keys_of(books)
    paid(books, [taken_back(other, here, JANUARY, [second], "left_country")])
    paid(books, [taken_back(one, here, JANUARY, [first], "left_country")])
    again = taken_back(one, here, JANUARY, [first, keys_of(books)[-1]], "annulled")
    paid(books, [again._replace(amount_ore=RATE_2024)])
    reference = noticed(books)
    with scope(cast.udi, cast.day):
        [part] = ClaimPart.objects.filter(claim__subject__reference=reference)
        assert (part.subject_id, part.amount_ore) == (other, RATE_2024)


def test_nobody_is_claimed_for_in_the_place_of_one_whom_the_case_worker_does_not_see(cast: Cast) -> None:
    books = opened_books(cast)
    one, other, third, *_ = books.people
    here = books.levanger
    paid(books, [due(one, here, JANUARY), due(other, here, JANUARY)])
    first, second = keys_of(books)
    # The one's month is held back from what is due for a third; the other's is owed.
    paid(books, [taken_back(one, here, JANUARY, [first]), due(third, here, JANUARY)])
    paid(books, [taken_back(other, here, JANUARY, [second])])
    needs_ended([other], [NeedReason.GRANT_CASE, NeedReason.PROTECTION_CASE], on=cast.day, at=cast.at)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused) as refused:
            open_claim(Scheme.MAMOT, here, by=cast.udi, at=cast.at)
        assert refused.value.code == "claim_needs_named"
        assert not Claim.objects.exists()


def test_nothing_is_claimed_by_lines_of_a_run_that_may_still_be_stopped(cast: Cast) -> None:
    books = opened_books(cast)
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY)])
    approved(books, [taken_back(one, books.levanger, JANUARY, keys_of(books))])
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused) as refused:
            open_claim(Scheme.MAMOT, books.levanger, by=cast.udi, at=cast.at)
        assert refused.value.code == "claim_awaits_payment"


def given_again(books: Books, *, cause: str = "annulled") -> Run:
    """A run that gives February again: they had been there after all."""
    again = taken_back(books.people[0], books.levanger, FEBRUARY, keys_of(books)[1:], cause)
    return paid(books, [again._replace(amount_ore=RATE_2024)])


def of_kind(books: Books, reference: str, kind: str) -> list[int]:
    """The amounts of the settlements of a kind of a claim."""
    with scope(books.cast.udi, books.cast.day):
        found = ClaimSettlement.objects.filter(claim__subject__reference=reference, kind=kind)
        return list(found.order_by("pk").values_list("amount_ore", flat=True))


def accounts_of(books: Books) -> dict[str, int]:
    """What the accounts come to."""
    with scope(books.cast.udi, books.cast.day):
        return accounts(Scheme.MAMOT)


def test_what_was_let_go_is_no_loss_when_the_months_are_due_again_and_is_not_paid_twice(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    decided(books, reference, 0, "De var her likevel.")
    run = given_again(books)
    with scope(books.cast.udi, books.cast.day):
        assert not run.payments.exists()
        assert Claim.objects.get(subject__reference=reference).state == "closed"
        assert claims_to_propose(Scheme.MAMOT) == []
    assert of_kind(books, reference, "recovered") == [RATE_2024]
    found = accounts_of(books)
    assert (found["losses"], found["municipality"], found["claims"], sum(found.values())) == (0, 0, 0, 0)
    assert balance_of(books) == 0
    # Taken back once more, it is owed once more.
    paid(books, [taken_back(books.people[0], books.levanger, FEBRUARY, keys_of(books)[1:], "left_country")])
    again = noticed(books)
    answered(books, again)
    decided(books, again, 0, "For gammelt.")
    given_again(books)
    assert (of_kind(books, reference, "recovered"), of_kind(books, again, "recovered")) == ([RATE_2024], [RATE_2024])
    assert balance_of(books) == 0


def test_a_part_that_was_let_go_comes_back_and_the_rest_of_the_claim_is_offset(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    decided(books, reference, RATE_2024 - 700_000, "Avtalt.")
    run = given_again(books)
    with scope(books.cast.udi, books.cast.day):
        assert not run.payments.exists()
    assert of_kind(books, reference, "recovered") == [700_000]
    assert of_kind(books, reference, "offset") == [RATE_2024 - 700_000]
    assert balance_of(books) == accounts_of(books)["losses"] == 0


def test_what_is_let_go_while_the_run_that_gives_it_again_waits_is_taken_back_too(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    again = taken_back(books.people[0], books.levanger, FEBRUARY, keys_of(books)[1:], "annulled")
    run = approved(books, [again._replace(amount_ore=RATE_2024)])
    decided(books, reference, 0, "De var her likevel.")
    with scope(books.approver, books.cast.day):
        pay_run(run.subject.reference, by=books.approver, at=books.cast.at)
        assert not run.payments.exists()
    assert of_kind(books, reference, "recovered") == [RATE_2024]
    assert balance_of(books) == 0


def test_what_is_written_off_comes_back_too_and_what_was_let_go_of_others_stands(cast: Cast) -> None:
    books = opened_books(cast)
    one, other, here = books.people[0], books.people[1], books.levanger
    paid(books, [due(one, here, JANUARY, SMALL - 1), due(other, here, JANUARY, 1)])
    first, second = keys_of(books)
    gone = [(one, first, SMALL - 1), (other, second, 1)]
    paid(books, [taken_back(who, here, JANUARY, [key])._replace(amount_ore=-ore) for who, key, ore in gone])
    reference = noticed(books)
    again = taken_back(one, here, JANUARY, [first, keys_of(books)[2]], "annulled")
    run = paid(books, [again._replace(amount_ore=SMALL - 1), due(one, here, FEBRUARY)])
    assert of_kind(books, reference, "recovered") == [SMALL - 1]
    with scope(cast.udi, cast.day):
        assert [payment.amount_ore for payment in run.payments.all()] == [RATE_2024]
    assert accounts_of(books)["losses"] == 1


def test_the_database_takes_back_no_more_than_was_let_go(books: Books) -> None:
    reference = noticed(books)
    answered(books, reference)
    decided(books, reference, RATE_2024 - 1000, "Avtalt.")
    run = paid(books, [])
    copy = (
        "INSERT INTO ledger_claimsettlement (claim_id, subject_id, kind, amount_ore, run_id, reason, settled_on,"
        " recorded_at, recorded_by_id, debit, credit) SELECT id, subject_id, 'recovered', %s, %s, '', noticed_on,"
        " now(), %s, 'municipality', 'losses' FROM ledger_claim"
    )
    with scope(books.approver, books.cast.day):
        refused = pytest.raises(IntegrityError, match="more than was let go")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copy, [1001, run.pk, books.approver.user_id])
        with connection.cursor() as cursor:
            cursor.execute(copy, [1000, run.pk, books.approver.user_id])
