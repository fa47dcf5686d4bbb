"""Access: who may do what, and which organisation has a need to know of whom, from when to when.

Roles carry permissions; needs to know are dated facts, opened and ended by the acts that create and end their reason.
Row-level security in the database reads the needs. This package knows subjects, not persons: it holds no personal data.
"""
