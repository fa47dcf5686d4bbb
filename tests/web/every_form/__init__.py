"""The forms of the product by area, each on a stage on which its page is open: for tests that go through all."""
