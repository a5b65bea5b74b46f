"""What the stubs claim beyond signatures, done for real; ``test_behaviour`` runs it with the project's settings."""

import json
import tempfile
from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from celery import Celery, schedules
from celery.result import EagerResult
from celery_batches import Batches, SimpleRequest
from celery_once import AlreadyQueued, QueueOnce
from celery_singleton.util import generate_lock
from django.core.management import call_command
from django.db.models import Model
from django_celery_beat.models import IntervalSchedule, PeriodicTask
from django_celery_beat.schedulers import ModelEntry
from redbeat.decoder import RedBeatJSONDecoder, RedBeatJSONEncoder
from shop.models import Customer, Item, ItemHistoryManager, Order, Price
from simple_history.models import HistoricalChanges

app = Celery("shop", broker="memory://")
app.conf.ONCE = {"backend": "celery_once.backends.File", "settings": {"location": tempfile.mkdtemp()}}


@app.task(base=QueueOnce)
def ship(order_id: int) -> int:
    return order_id


@app.task(base=Batches)
def count(requests: list[SimpleRequest]) -> list[SimpleRequest]:
    return requests


def refuses(error: type[Exception], function: Callable[..., object], *arguments: object, **options: object) -> bool:
    try:
        function(*arguments, **options)
    except error:
        return True
    return False


PLAIN: list[Any] = [None, True, 1, 1.5, "a", [1, (2, None)], {"a": {"b": [1]}}, {1: "a"}]
KOMBU_ONLY: list[Any] = [b"raw", date.today(), time(12), Decimal(1), UUID(int=1)]
NOWHERE: list[Any] = [object(), {1}, range(3), deque([1]), timedelta(1), Customer()]


def json_of_singleton() -> None:
    for value in PLAIN:
        assert generate_lock("ship", [value], {"a": value})
    for value in [*KOMBU_ONLY, *NOWHERE, datetime.now()]:
        assert refuses(TypeError, generate_lock, "ship", [value]), value


def json_of_redbeat() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    for value in [*PLAIN, now]:
        assert json.dumps([value], cls=RedBeatJSONEncoder)
    assert json.loads(json.dumps([now], cls=RedBeatJSONEncoder), cls=RedBeatJSONDecoder) == [now]
    for value in [*KOMBU_ONLY, *NOWHERE]:
        assert refuses(TypeError, json.dumps, [value], cls=RedBeatJSONEncoder), value


def json_of_periodic_tasks() -> None:
    for value in [*PLAIN, *KOMBU_ONLY, datetime.now()]:
        entry = ModelEntry.from_entry("ship", app=app, schedule=schedules.schedule(60), task="ship", args=[value])
        assert type(entry.model.args) is str
        assert type(entry.model.interval) is IntervalSchedule
    for value in NOWHERE:
        refused = refuses(
            TypeError, ModelEntry.from_entry, "ship", schedule=schedules.schedule(60), task="ship", args=[value]
        )
        assert refused, value
    assert PeriodicTask.objects.filter(enabled=True).enabled().count() == 1


def results() -> None:
    once = {"graceful": True}
    assert not isinstance(ship.apply_async([1], once=once), EagerResult)
    rejected = ship.apply_async([1], once=once)
    assert isinstance(rejected, EagerResult)
    assert rejected.state == "REJECTED"
    assert refuses(AlreadyQueued, ship.delay, 1)
    [request] = count.apply((1,), {"a": 2}).get()
    assert type(request) is SimpleRequest
    assert (request.args, request.kwargs) == ((1,), {"a": 2})


def history() -> None:
    order = Order.objects.create(customer=Customer.objects.create(email="a@example.org"))
    now = datetime.now(UTC)
    [record] = order.history.all()
    assert isinstance(record, HistoricalChanges)
    assert isinstance(record, Model)
    assert type(record.instance) is type(record.history_object) is Order
    assert record.next_record is record.prev_record is record.history_user is record.history_change_reason is None
    assert record.status == ""
    assert type(Order.history.as_of(now).get(pk=order.pk)) is Order
    assert type(Order.history.all().as_instances().get(pk=order.pk)) is Order
    assert type(order.history.as_of(now)) is type(order.history.most_recent()) is Order
    assert isinstance(Item.history, ItemHistoryManager)
    assert Item.history.of_today() == Price.history.lowest() == 0


call_command("migrate", run_syncdb=True, verbosity=0)
json_of_singleton()
json_of_redbeat()
json_of_periodic_tasks()
results()
history()
