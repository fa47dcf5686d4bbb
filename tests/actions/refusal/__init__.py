"""Acts of refusal, against a real database."""
