"""Settlement: from the permit to the municipality: interview, queue, request, offer, journey.

The work of the centre's settlement coordinator, IMDi and the municipality's refugee service. The source is the GUIDE to
settlement work in emergency accommodation. Refusal of settlement is `refusal`'s; money is the grants'.
"""
