"""Living privately with public support (alternativ mottaksplass): applications for AMOT and MAMOT, what each scheme
asks for, host's and municipality's part, the agreement and how it ends. The schemes are dated rules (UDI 2020-005, UDI
2022-003). Where people live is a stay in `accommodation`; what is paid for it is in `grants`.
"""
