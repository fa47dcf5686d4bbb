"""Secrets in addresses: nobody guesses one, nobody gets to it from what is kept, and no log line has it."""

import json
import logging

import pytest

from fotfeste.platform.logs import JsonLine
from fotfeste.platform.secret_links import LENGTH, digest_of, is_secret, new_secret, seal, unseal


def test_a_secret_is_long_and_another_each_time() -> None:
    drawn = {new_secret() for _ in range(200)}
    assert len(drawn) == 200
    assert all(is_secret(each) and len(each) == LENGTH for each in drawn)


@pytest.mark.parametrize("text", ["", "abc", "i" * 32, "A" * 32, "0" * 31, "0" * 33, "../" * 10 + "ab"])
def test_what_is_no_secret_of_ours_is_told_from_one(text: str) -> None:
    assert not is_secret(text)


def test_what_is_sealed_with_a_secret_is_read_with_no_other() -> None:
    mine, other = new_secret(), new_secret()
    sealed = seal(mine, "Олена".encode())
    assert unseal(mine, sealed).decode() == "Олена"
    assert "Олена".encode() not in sealed
    with pytest.raises(ValueError, match="another secret"):
        unseal(other, sealed)


def test_the_digest_is_the_same_each_time_and_has_nothing_of_the_secret() -> None:
    secret = new_secret()
    assert digest_of(secret) == digest_of(secret) != digest_of(new_secret())
    assert secret[:8] not in digest_of(secret)


def test_no_log_line_has_a_secret_in_it() -> None:
    secret = new_secret()
    record = logging.LogRecord("fotfeste.request", logging.INFO, "", 0, f"GET /bo-privat/lenke/{secret}/", None, None)
    record.fields = {"to": f"/bo-privat/lenke/{secret}/"}
    line = json.loads(JsonLine().format(record))
    assert secret not in json.dumps(line)
    assert line["message"] == "GET /bo-privat/lenke/[hemmelig]/"
