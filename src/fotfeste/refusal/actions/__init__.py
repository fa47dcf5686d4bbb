"""Writes of refusal: the acts of the parties, and what follows from the acts of others."""
