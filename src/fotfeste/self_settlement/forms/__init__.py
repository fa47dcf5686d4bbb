"""The forms of self_settlement."""
