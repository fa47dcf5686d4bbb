"""The kernel: what every rule in Fotfeste is written in.

Periods and timelines, Norwegian days, weeks and months, decisions with reasons, typed refusals, workflow
tables, dated parameters, identifiers and names. Pure functions over frozen values: no Django, no database,
no clock ("today" is always an argument), no float. It knows nothing of persons, places or money flows; the
domains do.
"""
