"""The pages of the program by area, each with who visits it in the journeys' country."""
