"""What other packages may use of allocation."""

__all__: list[str] = []
