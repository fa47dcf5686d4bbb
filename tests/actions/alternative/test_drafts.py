"""What is begun without a login: kept sealed, opened with the secret alone, sent once, gone after its time."""

from datetime import timedelta

import pytest
from django.db import connection

from fotfeste.alternative.domain.door_rules import Attempt, Step
from fotfeste.alternative.doors import drafts
from fotfeste.alternative.doors.attempts import is_held_up, try_once
from fotfeste.alternative.models.doors import DoorAttempt, DoorDocument, DoorDraft
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.secret_links import new_secret
from tests.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.req("ALT-06", "POR-07")]
TYPED = {"helper_name": ["Kari Nordmann"], "filled_in_by": ["helper"]}
PDF = b"%PDF-1.4 leiekontrakt"


def begun() -> drafts.Begun:
    """An application that somebody has begun."""
    return drafts.begin(Step.WHO, TYPED, at=AT)


def test_what_was_typed_is_there_again_for_who_has_the_address() -> None:
    secret = begun().secret
    assert drafts.open_begun(secret, at=AT).pages == {"hvem": TYPED}


def test_in_the_database_there_is_neither_the_secret_nor_a_word_of_what_was_typed() -> None:
    secret = begun().secret
    drafts.add_document(secret, {"name": "kontrakt.pdf", "kind": "rent_contract"}, PDF, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text, f::text FROM alternative_doordraft d, alternative_doordocument f")
        kept = "".join(cursor.fetchone())
    rows = [each.objects.values_list("sealed", flat=True) for each in (DoorDraft, DoorDocument)]
    sealed = [each for found in rows for each in found]
    as_bytes = kept + "".join(bytes(each).decode("latin-1") for each in sealed)
    for hidden in (secret, "Kari", "Nordmann", "kontrakt.pdf", "leiekontrakt", PDF.hex()):
        assert hidden not in as_bytes


def test_nobody_opens_it_with_another_secret_or_after_its_time() -> None:
    mine = begun()
    for secret, at in ((new_secret(), AT), ("x", AT), (mine.secret, mine.expires_at)):
        with pytest.raises(NotFound):
            drafts.open_begun(secret, at=at)


def test_going_on_with_it_gives_it_more_time() -> None:
    mine, later = begun(), AT + timedelta(days=10)
    drafts.change(mine.secret, lambda each: each.people.append({"person": {"name": ["Olena"]}}), at=later)
    assert drafts.open_begun(mine.secret, at=mine.expires_at + timedelta(days=9)).people


def test_it_is_sent_once_however_often_the_button_is_pressed() -> None:
    mine, sent = begun(), []

    def sending(each: drafts.Begun) -> dict[str, object]:
        sent.append(each.pages)
        return {"reference": "abc"}

    for _ in range(3):
        assert drafts.send(mine.secret, sending, at=AT).sent == {"reference": "abc"}
    assert sent == [{"hvem": TYPED}]


def test_once_it_is_sent_only_the_receipt_is_left_and_is_changed_no_more() -> None:
    secret = begun().secret
    drafts.add_document(secret, {"name": "kontrakt.pdf", "kind": "rent_contract"}, PDF, at=AT)
    drafts.send(secret, lambda _each: {"reference": "abc"}, at=AT)
    drafts.change(secret, lambda each: each.pages.update({"hvem": {}}), at=AT)
    left = drafts.open_begun(secret, at=AT)
    assert (left.pages, left.people, left.documents, left.sent) == ({}, [], [], {"reference": "abc"})
    assert not DoorDocument.objects.exists()


def test_where_the_sending_fails_nothing_of_what_was_typed_is_lost() -> None:
    secret = begun().secret

    def failing(_each: drafts.Begun) -> dict[str, object]:
        raise Refused("scheme_is_closed")

    with pytest.raises(Refused, match="scheme_is_closed"):
        drafts.send(secret, failing, at=AT)
    assert drafts.open_begun(secret, at=AT).pages == {"hvem": TYPED}


def test_a_file_comes_back_as_it_was_and_can_be_taken_away() -> None:
    secret = begun().secret
    kept = drafts.add_document(secret, {"name": "kontrakt.pdf", "kind": "rent_contract"}, PDF, at=AT)
    assert list(drafts.contents_of(kept).values()) == [PDF]
    assert drafts.remove_document(secret, kept.documents[0]["id"], at=AT).documents == []
    assert not DoorDocument.objects.exists()


def test_nobody_takes_away_a_file_of_somebody_else() -> None:
    mine, other = begun().secret, begun().secret
    kept = drafts.add_document(mine, {"name": "kontrakt.pdf", "kind": "rent_contract"}, PDF, at=AT)
    drafts.remove_document(other, kept.documents[0]["id"], at=AT)
    assert DoorDocument.objects.count() == 1


def test_there_is_an_end_to_how_many_files_are_kept() -> None:
    secret = begun().secret
    for _ in range(4):
        drafts.add_document(secret, {"name": "kontrakt.pdf", "kind": "other"}, PDF, at=AT)
    with pytest.raises(Refused, match="too_many_documents"):
        drafts.add_document(secret, {"name": "kontrakt.pdf", "kind": "other"}, PDF, at=AT)


def test_whoever_tries_too_often_waits_and_others_do_not() -> None:
    for _ in range(30):
        try_once(Attempt.LINK, "192.0.2.1", AT)
    with pytest.raises(Refused, match="tried_too_often") as refused:
        try_once(Attempt.LINK, "192.0.2.1", AT)
    assert refused.value.params["again_at"] == AT + timedelta(minutes=15)
    assert is_held_up(Attempt.LINK, "192.0.2.1", AT)
    assert is_held_up(Attempt.LINK, "192.0.2.2", AT) is None
    try_once(Attempt.LINK, "192.0.2.2", AT)
    try_once(Attempt.LINK, "192.0.2.1", AT + timedelta(minutes=16))


def test_the_same_number_from_many_addresses_is_held_up_and_another_number_is_not() -> None:
    for place in range(5):
        try_once(Attempt.SEND, f"192.0.2.{place}", AT, numbers=[synthetic_duf(1), synthetic_duf(2)])
    with pytest.raises(Refused, match="tried_too_often"):
        try_once(Attempt.SEND, "192.0.2.99", AT, numbers=[synthetic_duf(1)])
    try_once(Attempt.SEND, "192.0.2.99", AT, numbers=[synthetic_duf(3)])


def test_no_address_and_no_number_can_be_read_from_what_is_counted() -> None:
    try_once(Attempt.SEND, "192.0.2.1", AT, numbers=[synthetic_duf(1)])
    kept = str(list(DoorAttempt.objects.values_list("address_digest", "number_digest")))
    assert "192.0.2" not in kept
    assert synthetic_duf(1) not in kept
