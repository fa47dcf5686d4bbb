"""What other packages may use of the demo."""

from fotfeste.demo.domain.units import demo_users as _demo_users
from fotfeste.demo.loading.country import AlreadyLoaded, Loaded, load_country
from fotfeste.directory.reference import read

DEMO_SEED = 1
DEMO_PEOPLE = 5000


def demo_users(seed: int = DEMO_SEED) -> list[tuple[str, str, str, str]]:
    """The users that a visitor may choose from: username, name, organisation, role."""
    return _demo_users(seed, read.municipalities(), read.reception_units())


__all__ = ["DEMO_PEOPLE", "DEMO_SEED", "AlreadyLoaded", "Loaded", "demo_users", "load_country"]
