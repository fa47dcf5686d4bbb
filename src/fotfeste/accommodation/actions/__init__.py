"""What people do in accommodation, one module for each kind of work."""
