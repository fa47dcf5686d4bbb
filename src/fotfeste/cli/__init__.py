"""The commands behind `./fotfeste`, run inside the environment that the launcher makes.

One module in `commands/` for each command; `gates/` is what `./fotfeste test` asks before the tests. `environment`
runs before there is anything installed. Nothing here knows a rule of the field: commands have a database, set up
Django, and call what others own.
"""
