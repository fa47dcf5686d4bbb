"""What other packages may use of the demo."""

from fotfeste.demo.loading.country import AlreadyLoaded, Loaded, load_country
from fotfeste.demo.loading.self_settling import let_some_ask

DEMO_SEED = 1
DEMO_PEOPLE = 5000

__all__ = ["DEMO_PEOPLE", "DEMO_SEED", "AlreadyLoaded", "Loaded", "let_some_ask", "load_country"]
