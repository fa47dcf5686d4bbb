"""The solver: groups into municipalities within every limit, for the greatest value, with a certificate of how good.

Numbers in, numbers out (docs/formats/settlement-solve.md). Groups are never split. A plan carries prices from which
anybody can compute that no plan is worth more than so much, with three lines of NumPy and without trusting this code.

`instance` reads and checks; `columns` finds the few places worth looking at for each group; `prices` finds what a place
costs; `rounding` and `improving` make a plan of whole groups; `exact` and `patterns` prove an optimum where that is
possible; `certificate` computes the bounds by their definition; `solving` puts them together; `plan` writes.
"""
