"""Allocation (fordeling): the best place for every group, for a week or for the whole country, with the reason.

The work of IMDi's case workers when many groups and many municipalities are looked at together: what fits and how well,
a plan within what the municipalities have room for, and how far from the best it can be. One group's own way from the
interview to the journey is `settlement`'s; a plan proposes, a case worker decides.
"""
