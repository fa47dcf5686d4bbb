"""What pages need beside Python: the front end's files and the compiled translations, made when they are stale."""

from fotfeste.cli.frontend import ensure_built
from fotfeste.cli.project import ROOT, SOURCES
from fotfeste.platform.i18n import compile_all


def prepare() -> None:
    """Have both as the sources are now."""
    ensure_built(ROOT)
    compile_all(SOURCES)
