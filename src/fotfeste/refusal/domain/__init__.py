"""Pure rules of refusal: who gets which letter and when at the earliest, whose benefit stops, what waits for what."""
