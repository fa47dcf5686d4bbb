"""Acts of allocation."""
