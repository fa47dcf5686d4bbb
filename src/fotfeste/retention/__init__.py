"""Storing no longer than the purpose lasts (ACS-04): purposes with periods as dated rules, a nightly run that
anonymises households whose purpose is over and says what it did, and the page about it. It runs as the owner of the
database, in a process of its own: no page and no job of the app role can start it. What goes of each table is said by
the packages that have the tables (their `forgetting.py`). It decides nothing about people; there is no ledger yet.
"""
