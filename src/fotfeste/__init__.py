"""Fotfeste ("foothold"): a household from its first day in Norway to its own front door in a municipality.

One record of dated facts, shared by everyone with a duty on the way; who may see, what is due, what is late
and what to do today are derived from it. The map of the packages, and who may import whom, is docs/adr and
the import contracts.
"""
