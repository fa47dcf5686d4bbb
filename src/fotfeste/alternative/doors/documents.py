"""A file that somebody without a login sends: what it is by its content, what it is called, not too large."""

from datetime import date

from fotfeste.kernel.errors import Refused
from fotfeste.platform.file_names import MediaType, media_type_of, shown_name
from fotfeste.platform.parameters import book


def checked(name: str, content: bytes, on: date) -> tuple[str, MediaType, bytes]:
    """The name as it is shown, what the file is, and its content. Raises Refused with field `file`."""
    if not content:
        raise Refused("file_is_empty", "file")
    most = book().get("file_size_kb", on).integer
    if len(content) > most * 1000:
        raise Refused("file_too_large", "file", {"most": most // 1000})
    media_type = media_type_of(content)
    return shown_name(name, media_type, book().get("file_name_length", on).integer), media_type, content
