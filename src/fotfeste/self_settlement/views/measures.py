"""Agreed self-settlement in numbers: shares, days, reasons for no, by municipality and centrality."""
