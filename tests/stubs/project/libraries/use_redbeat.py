from collections import OrderedDict, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, assert_type
from uuid import UUID

from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import crontab, schedule
from redbeat import RedBeatScheduler, RedBeatSchedulerEntry
from redbeat.schedules import rrule

from shop.models import Order

app = Celery("shop")


class Parcel(NamedTuple):
    order_id: int
    weight: float


entry = RedBeatSchedulerEntry(
    "ship",
    "shop.tasks.ship",
    crontab(minute=5),
    args=[1, "fast", None, 1.5, True, {"to": ["a", {"b": datetime.now()}]}, {7: (8, 9)}],
    kwargs={"order": {"id": 1, "lines": [1, 2]}, "speed": None},
    options={"queue": "slow", "headers": {"by": "beat"}},
    app=app,
)
assert_type(entry.save(), RedBeatSchedulerEntry)
assert_type(RedBeatSchedulerEntry.from_key("redbeat:ship", app=app), RedBeatSchedulerEntry)
assert_type(next(entry), RedBeatSchedulerEntry)
assert_type(entry.due_at, datetime | None)
assert_type(entry.rank, int | None)
assert_type(entry.enabled, bool)
assert_type(entry.is_due(), tuple[bool, float])
entry.reschedule(datetime.now())
RedBeatSchedulerEntry("ship", "shop.tasks.ship", 60.0)
RedBeatSchedulerEntry("ship", "shop.tasks.ship", timedelta(days=1), enabled=False, total_run_count=3)
RedBeatSchedulerEntry("ship", "shop.tasks.ship", rrule("DAILY", count=3, byhour=[8, 20]))


def stored(
    ids: list[int],
    names: list[str | None],
    counts: dict[str, int],
    lines: dict[str, list[int]],
    by_id: dict[int, str],
    pair: tuple[int, str],
    parcel: Parcel,
    ordered: OrderedDict[str, int],
    grouped: defaultdict[str, list[int]],
    anything: Any,
    listed: list[Any],
    mapped: dict[str, Any],
) -> None:
    every = schedule(60)
    RedBeatSchedulerEntry("a", "b", every, args=ids, kwargs=counts)
    RedBeatSchedulerEntry("a", "b", every, args=names, kwargs=lines)
    RedBeatSchedulerEntry("a", "b", every, args=pair, kwargs=ordered)
    RedBeatSchedulerEntry("a", "b", every, args=parcel, kwargs=grouped)
    RedBeatSchedulerEntry("a", "b", every, args=listed, kwargs=mapped)
    RedBeatSchedulerEntry("a", "b", every, args=anything, kwargs=anything)
    RedBeatSchedulerEntry("a", "b", every, args=[ids, counts, lines, by_id, parcel, ordered, grouped, anything, mapped])


def beat(scheduler: RedBeatScheduler) -> None:
    assert_type(scheduler.schedule, dict[str, ScheduleEntry])
    assert_type(scheduler.lock_key, str | None)


def refused(order: Order, orders: list[Order], by_name: dict[str, Order], key: UUID) -> None:
    RedBeatSchedulerEntry("a", "b", 60, args=[order])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=(1, order))  # E
    RedBeatSchedulerEntry("a", "b", 60, args=orders)  # E
    RedBeatSchedulerEntry("a", "b", 60, kwargs={"order": order})  # E
    RedBeatSchedulerEntry("a", "b", 60, kwargs=by_name)  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[1, {"orders": [order]}])  # E
    RedBeatSchedulerEntry("a", "b", 60, kwargs={"orders": {"one": (order,)}})  # E
    RedBeatSchedulerEntry("a", "b", 60, args=Order.history.all())  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[{1, 2}])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[b"raw"])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[range(3)])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[[[order]]])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[key])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[Decimal(1)])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[date.today()])  # E
    RedBeatSchedulerEntry("a", "b", 60, args=[timedelta(1)])  # E
    RedBeatSchedulerEntry("a", "b", 60, args="order")  # E
    RedBeatSchedulerEntry("a", "b", 60, kwargs=[("order", 1)])  # E
    RedBeatSchedulerEntry("a", "b", 60, options={"link": order})  # E
    RedBeatSchedulerEntry("a", "b", "every minute")  # E
    RedBeatSchedulerEntry("a", "b", 60, arguments=[1])  # E
