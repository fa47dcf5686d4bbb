"""Files: what was attached and what was typeset, as rows behind the fence of whom they are about.

A file is kept as it came, with its hash; it is read by those alone to whom its compartment is open for the subject, and
where `seen_by` names organisations, in those alone. A file of several people, or of somebody who is not known yet, has
no subject of its own: then those organisations see it whose roles open its compartment for anybody.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.file_names import media_type_of, shown_name
from fotfeste.platform.models import StoredFile
from fotfeste.platform.parameters import book
from fotfeste.platform.viewer import Viewer

BYTES_IN_A_KB = 1000
KB_IN_A_MB = 1000


def store(
    subject_id: int | None,
    name: str,
    content: bytes,
    kind: str,
    *,
    compartment: str,
    by: Viewer,
    at: datetime,
    seen_by: Collection[int] = (),
    also_about: Collection[int] = (),
) -> StoredFile:
    """Keep a file. `kind` is the caller's word for what it is for; `compartment` is where it lies.

    `seen_by`: the organisations that alone see it, beside their need to know; required where `subject_id` is None.
    `also_about`: further subjects that it names; nobody sees it who may not know of one of them (protected addresses).

    Raises Refused with field `file`: `file_is_empty`, `file_too_large` (dated limit), `file_type_not_taken`,
    `file_claims_other_type`.
    """
    day = legal_day(at)
    if not content:
        raise Refused("file_is_empty", "file")
    most = book().get("file_size_kb", day).integer
    if len(content) > most * BYTES_IN_A_KB:
        raise Refused("file_too_large", "file", {"most": most // KB_IN_A_MB})
    media_type = media_type_of(content)
    return StoredFile.objects.create(
        subject_id=subject_id,
        compartment=compartment,
        seen_by=sorted(set(seen_by)),
        also_about=sorted(set(also_about)),
        kind=kind,
        name=shown_name(name, media_type, book().get("file_name_length", day).integer),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        stored_at=at,
        stored_by_id=by.user_id,
        organisation_id=by.organisation_id,
    )


def read(file_id: int) -> StoredFile:
    """The file with its content. Raises NotFound where there is none that the session may see."""
    found = StoredFile.objects.filter(pk=file_id).first()
    if found is None:
        raise NotFound("not_found")
    return found


def tell_whose(file_id: int, subject_id: int) -> None:
    """Say whom a file is about that came before they were known; once, then it stays. Raises NotFound."""
    if not StoredFile.objects.filter(pk=file_id, subject_id__isnull=True).update(subject_id=subject_id):
        raise NotFound("not_found")


def file_answer(file: StoredFile, *, is_ours: bool = False) -> HttpResponse:
    """The file as the answer of a view that has checked access and logs the look (`StaffView.shows`, `whom`).

    It is what it was found to be when it was stored, and nothing guesses again. What came from outside is saved, never
    opened in our pages; what we have typeset ourselves (`is_ours`) opens in the browser.
    """
    answer = HttpResponse(bytes(file.content), content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(not is_ours, file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
