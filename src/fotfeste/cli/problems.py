"""What stops a command: one sentence for the person at the keyboard, no traceback."""


class CommandProblem(Exception):
    """The command cannot go on. The text says what is missing and what to do."""
