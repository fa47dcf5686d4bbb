"""The pages of alternative."""
