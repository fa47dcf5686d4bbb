"""Measurements, printed and never asserted: how long the country takes to load, and each page beside its limit.

Run with `PYTHONPATH=src:. .venv/bin/python -m bench [--people 7500 75000]`, on the embedded PostgreSQL or on the one in
`DATABASE_URL`. The limit of a page is the one SQL statement that fetches the same facts, timed in the same process.
"""
