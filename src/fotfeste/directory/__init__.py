"""Directory: municipalities, organisations, their units, contact persons and users.

The work of each organisation's administrator. It owns a centre as an organisation (its operation, rooms and beds are
`accommodation`'s). It knows nothing of residents.
"""
