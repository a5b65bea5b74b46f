import csv
import io
from abc import ABC, abstractmethod
from typing import NamedTuple

from shop.models import Book, OrderLine


class Sale(NamedTuple):
    title: str
    quantity: int


class Report(ABC):
    def __init__(self, sales: list[Sale]) -> None:
        self.sales = sales

    @abstractmethod
    def render(self) -> str: ...


class CsvReport(Report):
    def render(self) -> str:
        text = io.StringIO()
        csv.writer(text).writerows(self.sales)
        return text.getvalue()


def sales_of(order_id: int) -> list[Sale]:
    sales = []
    for line in OrderLine.objects.filter(order_id=order_id).select_related("book"):
        sales.append(Sale(line.book.title, line.quantity))
    return sales


def stock() -> dict[str, int]:
    stock_by_title: dict[str, int] = {book.title: book.stock for book in Book.objects.all()}
    return stock_by_title
