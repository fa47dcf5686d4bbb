"""The pure generator: people, centres and cases that never were, from a seed. No Django, no clock."""
