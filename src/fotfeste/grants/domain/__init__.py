"""What is due to a municipality for whom, and the difference from what earlier lines say: pure, no Django, no clock."""
