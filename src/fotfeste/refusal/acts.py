"""What somebody can do in a refusal now, and what cannot be done yet, with its day or what it waits for."""

from fotfeste.refusal.domain.types import LETTERS, TO_OFFICER, Happening

"""The page of each act, and the permission that it takes."""

_FIRST = (Happening.HOLD_ASKED, Happening.IMDI_MESSAGE, *LETTERS, *TO_OFFICER)
