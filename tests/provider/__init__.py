"""A provider of logins in its own process, as an organisation has one: allauth's own, with a database of its own."""
