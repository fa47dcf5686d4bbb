"""What figures say, without Django."""
