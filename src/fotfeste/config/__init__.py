"""Config: settings, addresses, and the one readable list of who listens to which event."""
