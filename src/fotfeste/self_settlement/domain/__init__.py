"""Rules of agreed self-settlement: pure, without Django and without a clock."""
