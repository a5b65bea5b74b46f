class Shipper:  # row: a class that could be a function
    def __init__(self, order_id: int) -> None:
        self.order_id = order_id

    def ship(self) -> int:
        return self.order_id
