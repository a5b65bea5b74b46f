class Carrier:
    def ship(self) -> None:  # row: a method that only raises `NotImplementedError`
        raise NotImplementedError
