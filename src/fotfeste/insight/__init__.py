"""Reports (innsikt): counts and pictures over many people, with the table beside and small numbers left out (INS)."""
