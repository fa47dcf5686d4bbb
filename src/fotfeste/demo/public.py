"""What other packages may use of the demo."""

from fotfeste.demo.loading.country import AlreadyLoaded, Loaded, load_country

DEMO_SEED = 1
DEMO_PEOPLE = 5000

__all__ = ["DEMO_PEOPLE", "DEMO_SEED", "AlreadyLoaded", "Loaded", "load_country"]
