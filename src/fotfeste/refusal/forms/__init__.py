"""The forms of refusal."""
