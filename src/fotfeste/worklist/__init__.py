"""Worklist: tasks with deadlines, owned by an organisation's unit, taken by a person.

A task is opened and closed by the act that makes it necessary or does it; nobody ticks it off by hand. It knows a kind
and a subject; the domains say in words what a kind asks for and where it is done.
"""
