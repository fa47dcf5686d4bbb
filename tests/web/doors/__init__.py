"""Side doors: ways to learn of somebody that lead past the pages about them, tried by those whom they should stop."""
