"""Pure rules of retention."""
