"""What is written of each household, in both languages: `python -m tests.domain.allocation.written` writes it anew.

Read what changed before it is committed: it is what a case worker and a resident would have read.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from fotfeste.kernel.calendar import Week
from tests.domain.allocation.reading import HERE, NAMES, ON, Household, household, real_names

LANGUAGES = ("nb", "en")


def path_of(name: str, language: str) -> Path:
    """Where it stands."""
    return HERE / f"{name}.{language}.md"


def written(of: Household, language: str) -> str:
    """The case worker's page and what the letter says, as plain text."""
    from django.utils import translation

    with translation.override(language):
        return "\n".join(_lines(of)) + "\n"


def _lines(of: Household) -> Iterator[str]:
    from fotfeste.allocation.explained import for_case_worker, for_resident

    explanation = of.explanation()
    yield f"# {of.title}"
    for section in for_case_worker(explanation, real_names(), Week.of(ON)):
        yield from ("", f"## {section.heading}", "", *(f"- {line}" for line in section.lines))
    yield from ("", "## I brevet", "", *(f"- {line}" for line in for_resident(explanation)))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.config.settings")
    django.setup()
    for each in NAMES:
        for code in LANGUAGES:
            path_of(each, code).write_text(written(household(each), code), encoding="utf-8")
