"""The letters of a claim and of a run, as their pages link to them: those that the session may see."""

from collections.abc import Collection, Mapping

from fotfeste.letters.public import Letter, LetterKind


def letters_of_run(run_id: int, municipality_ids: Collection[int]) -> Mapping[int, str]:
    """The references of the letters that told municipalities (organisations) what a run pays, by municipality."""
    letters = Letter.objects.filter(
        kind=LetterKind.GRANT_LETTER,
        to_organisation_id__in=municipality_ids,
        subject__isnull=True,
        facts__run_id=run_id,
    )
    return dict(letters.values_list("to_organisation_id", "reference"))
