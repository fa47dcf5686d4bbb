"""What an attached file is called and what it is: by its content, never by its name or what its sender claims.

Pure: bytes and text in, text out.
"""

import mimetypes
import re
import unicodedata
from enum import StrEnum

import filetype

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.names import readable


class MediaType(StrEnum):
    """What may be kept: what a phone or a scanner makes, and what runs nothing where it is opened."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


ENDINGS: dict[MediaType, tuple[str, ...]] = {
    MediaType.PDF: ("pdf",),
    MediaType.JPEG: ("jpg", "jpeg"),
    MediaType.PNG: ("png",),
}
# Joiners too: they show nothing in a name, and tell two of them apart.
_NOT_IN_A_NAME = re.compile('[\u200c\u200d<>:"|?*/\\\\]')
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,4})$")
# The library's own table: what the machine's says differs between machines.
_KNOWN = mimetypes.MimeTypes(filenames=())


def media_type_of(content: bytes) -> MediaType:
    """What the content is, by its first bytes. Raises Refused (`file_type_not_taken`, field `file`) for the rest."""
    found = filetype.guess_mime(content)
    if found not in set(MediaType):
        raise Refused("file_type_not_taken", "file")
    return MediaType(found)


def shown_name(name: str, media_type: MediaType, longest: int) -> str:
    """A name to show and to offer when the file is saved, with the ending of what the file is.

    Without folders, and without what nobody sees, turns a line around, or means something to a file system; `fil` where
    nothing is left. Raises Refused (`file_claims_other_type`, field `file`) where the name says that it is something
    else: whoever sent it has mistaken the file, or wants somebody to.
    """
    plain = readable(unicodedata.normalize("NFC", name.replace("\x00", "")))
    plain = _NOT_IN_A_NAME.sub("", re.split(r"[/\\]", plain)[-1]).rstrip(" .")
    ending = _claimed_ending(plain)
    if ending is not None and ending not in ENDINGS[media_type]:
        raise Refused("file_claims_other_type", "file", {"ending": ending, "found": ENDINGS[media_type][0]})
    stem = (plain if ending is None else plain[: -len(ending) - 1]).strip(" .")
    kept = ending or ENDINGS[media_type][0]
    return f"{stem[: longest - len(kept) - 1].strip() or 'fil'}.{kept}"


def _claimed_ending(name: str) -> str | None:
    """The ending of a name where it is one that says what a file is; `avtale v1.2` and `leie.mars` say nothing."""
    found = _ENDING.search(name)
    if found is None or _KNOWN.guess_type(f"x.{found[1].lower()}")[0] is None:
        return None
    return found[1].lower()
