"""Acts whose process is killed, each with what there is before it; more than one scene as `act: what`."""
