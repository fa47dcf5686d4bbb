"""Platform: the glue between the pure core, Django and PostgreSQL.

What every domain stands on: the clock, the scope under which rows are visible, the act (one transaction),
facts with two clocks, events and who listens, jobs, logs, sentences for refusals, and the page components.
It knows no rule of the field and imports no domain.
"""
