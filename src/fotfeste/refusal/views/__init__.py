"""The pages of refusal."""
