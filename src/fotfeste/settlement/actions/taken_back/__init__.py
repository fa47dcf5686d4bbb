"""What was registered by mistake is taken back: the case stands as if it had never been."""
