"""Database addresses: what is written is read back, and what is no address is refused without its password."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.platform.postgres import DatabaseSetupError, url_to_django
from fotfeste.platform.postgres.urls import DatabaseUrl

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
hosts = st.sampled_from(["", "localhost", "db.example.no", "10.0.0.7", "::1", "/var/run/pg", "/run/a b"])


@given(
    st.builds(
        DatabaseUrl,
        user=text,
        password=text,
        host=hosts,
        port=st.sampled_from(["", "5432"]),
        name=text,
        options=st.sampled_from([(), (("sslmode", "require"),)]),
    )
)
def test_an_address_is_read_as_it_was_written(url: DatabaseUrl) -> None:
    assert DatabaseUrl.parse(url.render()) == url


@pytest.mark.parametrize("text", ["", "fotfeste", "mysql://a:secret@b/c", "postgresql://a:secret@b:port/c"])
def test_what_is_no_address_is_refused_without_repeating_its_password(text: str) -> None:
    with pytest.raises(DatabaseSetupError, match="must look like postgresql://") as refusal:
        DatabaseUrl.parse(text)
    assert "secret" not in str(refusal.value)


def test_a_password_is_never_shown_with_the_address() -> None:
    assert "secret" not in repr(DatabaseUrl.parse("postgresql://a:secret@b/c"))


def test_django_gets_each_part_by_itself() -> None:
    assert url_to_django("postgresql://ola:p%40ss@db:5433/fot?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "fot",
        "USER": "ola",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    assert url_to_django("postgresql://ola@/fot?host=/run/pg")["HOST"] == "/run/pg"
