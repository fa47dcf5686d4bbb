"""The pages of self_settlement."""
