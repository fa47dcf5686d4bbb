"""What becomes of letters and files when the purpose of keeping them is over: they go, whoever else they name."""

from fotfeste.kernel.forgetting import Forgotten, Part

FORGOTTEN = (
    # A letter about several is of all of them: it goes with the first whose time is over.
    Forgotten(
        table="letters_letter",
        part=Part.TEXTS,
        whose="t.subject_id = ANY (%(subjects)s) OR t.also_about && %(subjects)s::bigint[]",
    ),
    Forgotten(
        table="platform_file",
        part=Part.TEXTS,
        whose="t.subject_id = ANY (%(subjects)s) OR t.also_about && %(subjects)s::bigint[]",
    ),
)
KEPT = ()
