"""One module for each command: `add_arguments(parser)` and `run(arguments)`, which returns the exit status."""
