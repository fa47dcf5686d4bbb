"""The solver: groups into municipalities within every limit, for the greatest value, with a certificate of how good.

Numbers in, numbers out (docs/formats/settlement-solve.md). Groups are never split. A plan carries prices from which
anybody can compute that no plan is worth more than so much, with three lines of NumPy and without trusting this code.

`instance` and `reading` read and check, `crowding` is what each next person in a municipality is worth less;
`columns` finds the few places worth looking at for each group; `pricing` what a place costs; `rounding`, `chains` and
`shaking` make a plan of whole groups; `exact` proves an optimum where groups are few, `scarce` where places are;
`certificate` computes the bounds by their definition; `solving` puts them together; `plan` writes.
"""
