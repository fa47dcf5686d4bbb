"""What other packages may use of insight."""

__all__: list[str] = []
