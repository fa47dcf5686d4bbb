"""Agreed self-settlement (avtalt selvbosetting): a group without a municipality asks one, which approves the home and
the rent contract before it is signed and agrees it with IMDi; then the group is settled with the same rights as with
public help. Beside it, on what terms each municipality allows it (SET-13, SET-17; GUIDE 1.8, Vedlegg 5; NIBR 2016:5,
2017:1). Whoever only moves by themselves is not here: that is a departure.
"""
