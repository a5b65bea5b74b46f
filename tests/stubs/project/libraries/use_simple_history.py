from datetime import datetime
from typing import Any, assert_type

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalChanges, ModelDelta, to_historic
from simple_history.utils import (
    bulk_create_with_history,
    bulk_update_with_history,
    get_history_model_for_model,
    update_change_reason,
)

from shop.models import Item, ItemHistoryManager, Order, Price


def history(order: Order, item: Item, price: Price, when: datetime) -> None:
    assert_type(Order.history, HistoryManager[HistoricalChanges[Order]])
    assert_type(Order.history.all(), HistoricalQuerySet[HistoricalChanges[Order]])
    assert_type(Order.history.filter(history_type="+", id=1).latest_of_each().first(), HistoricalChanges[Order] | None)
    assert_type(Order.history.as_of(when), HistoricalQuerySet[HistoricalChanges[Order], Order])
    assert_type(Order.history.as_of(when).filter(pk=1).first(), Order | None)
    assert_type(Order.history.all().as_instances().get(pk=1), Order)
    assert_type(order.history.as_of(when), Order)
    assert_type(order.history.most_recent(), Order)
    assert_type(order.history.latest(), HistoricalChanges[Order])
    for record in order.history.exclude(history_type="-").order_by("-history_date"):
        assert_type(record, HistoricalChanges[Order])
        assert_type(record.instance, Order)
        assert_type(record.history_object, Order)
        assert_type(record.history_date, datetime)
        assert_type(record.history_type, str)
        assert_type(record.history_change_reason, str | None)
        assert_type(record.history_user, Any)
        assert_type(record.prev_record, HistoricalChanges[Order] | None)
        assert_type(record.a_field_of_the_order, Any)
        if record.next_record is not None:
            delta = record.next_record.diff_against(record, excluded_fields=["id"])
            assert_type(delta, ModelDelta)
            assert_type([change.field for change in delta.changes], list[str])
    for then in Order.history.as_of(when):
        assert_type(then, Order)
    assert_type(to_historic(order), HistoricalChanges[Order] | None)
    assert_type(get_history_model_for_model(Order), type[HistoricalChanges[Order]])
    assert_type(bulk_create_with_history([order], Order, batch_size=100), list[Order])
    assert_type(bulk_update_with_history([order], Order, ["id"], default_change_reason="typo"), int)
    update_change_reason(order, "typo")
    # A manager and a query set of the project's own.
    assert_type(Item.history, ItemHistoryManager)
    assert_type(item.history.of_today(), int)
    assert_type(item.history.first(), HistoricalChanges[Item] | None)
    price.history.filter(pk=1).lowest()
    Price.history.lowest()


class OrderAdmin(SimpleHistoryAdmin[Order]):
    history_list_display = ["status"]

    def status(self, record: HistoricalChanges[Order]) -> str:
        return record.history_type


admin.site.register(Order, OrderAdmin)


def refused(order: Order, when: datetime) -> None:
    Order.history.as_of("yesterday")  # E
    Order.history.as_of(when).lines()  # E
    order.history.as_of(when).lines  # E
    order.history.first().instance  # E
    order.history.latest_of_all()  # E
    order.history.latest().diff_against(order)  # E
    bulk_update_with_history([1], Order, ["id"])  # E
    bulk_create_with_history(order, Order)  # E
    update_change_reason("order", "typo")  # E
    Item.history.of_yesterday()  # E
