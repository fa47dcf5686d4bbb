"""What a night's run has left: words of the stage in any table, and the tables that it changed."""

from tests.properties.whole import Fingerprint, fingerprint, rows

# What is in the words of the stage: names in both scripts, numbers, birthdays, contacts, addresses, what was said.
WORDS = (
    "Olena",
    "Kovalen",
    "Andrij",
    "Danylo",
    "Sofia",
    "1986-05-03",
    "1983-01-20",
    "2010-08-09",
    "2017-11-30",
    "2028-08-09",
    "2035-11-30",
    "Vergesen",
    "99 99 99 99",
    "vert@example.no",
    "Kirkegata",
    "Anne Moe",
    "74 00 00 00",
    "Levanger stasjon",
    "Trenger ro",
    "hund",
    "Rullestol",
    "Gjaldt andre",
    "Feil husstand",
    "økonomi",
    "regnskapsfører",
    "Møterom",
    "Kari Nordmann",
    "er i fare",
)


def found_anywhere(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Tables and words that stand in any column of any row, reference data apart."""
    names = rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    found = []
    for (table,) in names:
        if table.startswith(("directory_", "django_")):
            continue
        text = " ".join(row for (row,) in rows(f"SELECT t::text FROM {table} t")).casefold()
        found += [(table, word) for word in words if word.casefold() in text]
    return found


def changed(before: Fingerprint) -> set[str]:
    """The tables that are not as they were, but for what a run says of itself."""
    after = fingerprint()
    return {table for table in before if before[table] != after[table]} - {"retention_run", "retention_runline"}
