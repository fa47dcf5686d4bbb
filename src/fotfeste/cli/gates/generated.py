"""Gates on what is made from the sources: the English catalogues and the generated documents."""

from pathlib import Path

from fotfeste.cli.documents import stale_documents
from fotfeste.platform.i18n import check


def translations(root: Path) -> list[str]:
    """Every Norwegian text has its English, and nothing else does."""
    return check(root / "src" / "fotfeste")


def documents(root: Path) -> list[str]:
    """The committed documents are as the program would write them now."""
    return stale_documents(root)
