"""Registry: persons, their numbers, names, languages and statuses, and the placement groups they belong to.

The work of the police and the arrival centre first, of everyone later. One person, one record, whatever number arrives
first; likely duplicates are proposed, never joined silently. It knows nothing of where people live (`accommodation`).
"""
