"""The pages of accommodation."""
