import csv
import io
from collections import namedtuple

from shop.models import Book, OrderLine

Sale = namedtuple("Sale", ["title", "quantity"])  # E: design-namedtuple


class Report:
    def __init__(self, sales):
        self.sales = sales

    def render(self):  # E: design-abstract-method
        raise NotImplementedError


class CsvReport(Report):
    def render(self):
        text = io.StringIO()
        csv.writer(text).writerows(self.sales)
        return text.getvalue()


def sales_of(order_id: int) -> list[Sale]:
    sales = []
    for line in OrderLine.objects.filter(order_id=order_id):
        sales.append(Sale(line.book.title, line.quantity))  # E: query-related-in-loop
    return sales


def stock() -> dict[str, int]:
    stock_by_title = {book.title: book.stock for book in Book.objects.all()}  # E: design-mapping-annotation
    return stock_by_title
