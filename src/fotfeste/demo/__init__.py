"""Demo: the synthetic country: people who do not exist, whose totals follow the real series."""
