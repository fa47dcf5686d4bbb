"""The pages of those who give roles."""
