"""Rules of living privately: pure, without Django and without a clock."""
