"""What makes an instance unusable."""


class UnusableInstance(ValueError):
    """An instance that cannot be solved. The text names the array and what is wrong with it, in one line."""

    def __init__(self, array: str, fault: str) -> None:
        self.array = array
        self.fault = fault
        super().__init__(f"{array}: {fault}" if array else fault)
