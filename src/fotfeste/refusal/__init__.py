"""Refusal of settlement (bosettingsnekt): what follows when a household does not move to its municipality, in steps
that wait for each other, with letters to adults, deadlines and those who must be told first. UDI leads it, IMDi and the
municipality hold the offer, and a resident may accept until they have moved (REF-01..06; GUIDE 1.9, Vedlegg 6).
"""
