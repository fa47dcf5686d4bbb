"""Pages of refusal."""
