"""Accommodation: centres in operation, rooms and beds, stays, absence, leave and departure.

The work of the centres, of UDI who decides on places, and of everyone who asks where somebody lives today or lived on a
past day. All stays of whatever kind are one table. It does not decide who may have a place, nor pay for it.
"""
