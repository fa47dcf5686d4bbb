"""How far a letter comes: to the right unit, by post where there is none, opened, returned and sent again."""

import pytest
from django.db import DatabaseError, connection, transaction

from fotfeste.directory.public import Unit, UnitKind
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.letters.public import (
    Letter,
    LetterStatus,
    ReturnReason,
    mark_delivered,
    mark_opened,
    mark_returned,
    send_letter,
)
from fotfeste.letters.queries import UNREAD, letter_by_reference, letters_about, mailbox, unread_of
from fotfeste.platform.files import read
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.actions.letters.stage import household, letter_to_people, request_to, without_units
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def sent(cast: Cast, letter: Letter) -> Letter:
    """UDI sends it."""
    with scope(cast.udi, cast.day):
        return send_letter(letter.reference, by=cast.udi, at=cast.at)


@pytest.mark.req("ALT-07", "REG-07")
def test_a_letter_to_a_municipality_goes_to_the_unit_that_answers_for_it(cast: Cast) -> None:
    letter = sent(cast, request_to(cast, household(cast)))
    unit = Unit.objects.get(organisation_id=cast.municipality.organisation_id, kind=UnitKind.REFUGEE_SERVICE)
    assert (letter.status, letter.way, letter.to_unit_id) == (LetterStatus.DELIVERED, "unit", unit.pk)
    assert (letter.sent_at, letter.delivered_at) == (cast.at, cast.at)


@pytest.mark.req("ALT-07", "REG-07")
def test_a_letter_for_which_no_unit_is_named_goes_by_post_and_asks_for_one(cast: Cast) -> None:
    subject_id = household(cast)
    without_units(cast)
    letter = sent(cast, request_to(cast, subject_id))
    assert (letter.status, letter.way, letter.to_unit_id) == (LetterStatus.SENT, "post", None)
    with scope(cast.municipality, cast.day):
        [task] = Task.objects.filter(kind="name_letter_unit")
        assert (task.organisation_id, task.object_id) == (cast.municipality.organisation_id, letter.pk)
        mark_opened(letter.reference, by=cast.municipality, at=cast.at)
        task.refresh_from_db()
    assert task.outcome == "done"


@pytest.mark.req("ALT-07")
def test_a_letter_is_opened_by_its_receiver_once(cast: Cast) -> None:
    letter = sent(cast, request_to(cast, household(cast)))
    with scope(cast.municipality, cast.day):
        opened = mark_opened(letter.reference, by=cast.municipality, at=cast.at)
        again = mark_opened(letter.reference, by=cast.municipality, at=cast.at.replace(hour=12))
    assert (opened.status, again.opened_at) == (LetterStatus.OPENED, cast.at)
    steps = every_event().filter(workflow="letter", object_id=letter.pk).order_by("pk")
    assert list(steps.values_list("transition", "to_state")) == [
        ("send", "sent"),
        ("deliver", "delivered"),
        ("open", "opened"),
    ]


@pytest.mark.req("ALT-07")
def test_a_letter_that_came_back_is_sent_again(cast: Cast) -> None:
    letter = sent(cast, letter_to_people(cast, household(cast)))
    assert (letter.status, letter.way) == (LetterStatus.SENT, "by_hand")
    with scope(cast.centre, cast.day):
        back = mark_returned(letter.reference, ReturnReason.MOVED, by=cast.centre, at=cast.at)
        assert (back.status, back.return_reason) == (LetterStatus.RETURNED, ReturnReason.MOVED)
        again = send_letter(letter.reference, by=cast.centre, at=cast.at)
        assert (again.status, again.return_reason, again.returned_at) == (LetterStatus.SENT, "", None)
        assert mark_delivered(letter.reference, by=cast.centre, at=cast.at).status == LetterStatus.DELIVERED


def test_a_letter_takes_no_step_that_the_table_does_not_have(cast: Cast) -> None:
    letter = letter_to_people(cast, household(cast))
    with scope(cast.udi, cast.day):
        with pytest.raises(IllegalStep):
            mark_delivered(letter.reference, by=cast.udi, at=cast.at)
        send_letter(letter.reference, by=cast.udi, at=cast.at)
        with pytest.raises(IllegalStep):
            send_letter(letter.reference, by=cast.udi, at=cast.at)


@pytest.mark.req("ACS-01")
def test_a_letter_to_a_municipality_is_its_two_ends_alone(cast: Cast) -> None:
    subject_id = household(cast)
    letter = sent(cast, request_to(cast, subject_id))
    for viewer, sees in ((cast.udi, True), (cast.municipality, True), (cast.centre, False), (cast.imdi, False)):
        with scope(viewer, cast.day):
            assert letters_about(subject_id).filter(pk=letter.pk).exists() is sees
            if not sees:
                with pytest.raises(NotFound):
                    read(letter.file_id)


def test_nobody_but_the_sender_says_what_became_of_a_letter_and_nobody_but_the_receiver_opens_it(cast: Cast) -> None:
    letter = sent(cast, request_to(cast, household(cast)))
    with scope(cast.municipality, cast.day), pytest.raises(NotAllowed):
        mark_returned(letter.reference, ReturnReason.MOVED, by=cast.municipality, at=cast.at)
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        mark_opened(letter.reference, by=cast.udi, at=cast.at)


@pytest.mark.req("ALT-07")
def test_a_mailbox_has_what_came_to_its_units_the_unread_first(cast: Cast) -> None:
    subject_id = household(cast)
    first, second = (sent(cast, request_to(cast, subject_id)) for _ in range(2))
    draft = request_to(cast, subject_id)
    with scope(cast.municipality, cast.day):
        mark_opened(second.reference, by=cast.municipality, at=cast.at)
        assert [each.pk for each in mailbox(cast.municipality)] == [first.pk, second.pk]
        assert [each.pk for each in mailbox(cast.municipality, which=UNREAD)] == [first.pk]
        assert unread_of(cast.municipality) == 1
        assert not mailbox(cast.municipality, unit="000000000000").exists()
        with pytest.raises(NotFound):
            letter_by_reference(cast.municipality, draft.reference)
    with scope(cast.other_municipality, cast.day):
        assert not mailbox(cast.other_municipality).exists()


@pytest.mark.req("MON-02")
def test_a_letter_about_several_is_for_its_two_ends_in_roles_that_open_its_compartment(cast: Cast) -> None:
    subject_id = household(cast)
    letter = sent(cast, request_to(cast, None, also_about=[subject_id], compartment="money"))
    for viewer, sees in ((cast.udi, True), (cast.municipality, True), (cast.other_municipality, False)):
        with scope(viewer, cast.day):
            assert Letter.objects.filter(pk=letter.pk).exists() is sees
    with scope(cast.centre_administrator, cast.day):
        assert not Letter.objects.filter(pk=letter.pk).exists()


def test_a_letter_is_written_in_no_language_that_the_kind_does_not_have(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        request_to(cast, household(cast), language="uk")
    assert refused.value.code == "letter_not_in_language"


@pytest.mark.parametrize("status", ["delivered", "opened", "returned"])
def test_the_database_lets_no_draft_be_more_than_sent(cast: Cast, status: str) -> None:
    letter = letter_to_people(cast, household(cast))
    with (
        scope(cast.udi, cast.day),
        pytest.raises(DatabaseError, match="no step of letter"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE letters_letter SET status = %s, sent_at = now(), return_reason = 'moved' WHERE id = %s",
            [status, letter.pk],
        )
