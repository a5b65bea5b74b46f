def ship(order_id: int):  # row: a service without a return annotation
    return order_id
