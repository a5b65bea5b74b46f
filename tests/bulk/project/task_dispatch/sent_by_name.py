# select: task-model-arg, task-json-arg, task-signature
"""The name of a task: written out, or taken from the task."""

from __future__ import annotations

from celery import Task, signature
from shop.celery import app
from shop.models import Order

from task_dispatch import named_tasks
from task_dispatch.named_tasks import Bill, Parcel, registered, ship


def by_its_attribute(order: Order, task: Task[[int], None], name: str) -> None:
    app.send_task(ship.name, ("a",))  # E: task-signature
    app.send_task(ship.name, (1,))
    app.send_task(ship.name, (order,))  # E: task-model-arg
    app.send_task(name=named_tasks.ship.name, args=("a",))  # E: task-signature
    kept = ship.name
    app.send_task(kept, ("a",))  # E: task-signature
    signature(ship.name, ("a",))  # E: task-signature
    signature(ship.name)
    app.send_task(task.name, ("a",))  # E: task-signature
    app.send_task(registered.name, ("a",))  # E: task-signature
    app.send_task(Bill.name, ("a",))
    app.send_task(name, ("a",))


def of_a_class() -> None:
    app.send_task("task_dispatch.named_tasks.Bill", ("a",))  # E: task-signature
    app.send_task("task_dispatch.named_tasks.Bill", (1,))
    app.send_task("named", ("a",))  # E: task-signature
    app.send_task("named", (1,))
    app.send_task("task_dispatch.named_tasks.Named", (1, 2, 3))
    app.send_task("task_dispatch.named_tasks.NoTask", (1, 2, 3))


def with_pydantic(parcel: Parcel) -> None:
    app.send_task("task_dispatch.named_tasks.weigh", (parcel.model_dump(),))
    app.send_task("task_dispatch.named_tasks.weigh", (parcel,))  # E: task-json-arg
    app.send_task("task_dispatch.named_tasks.weigh", ("a",))  # E: task-signature
    app.send_task(named_tasks.weigh.name, (parcel.model_dump(),))
    app.send_task(named_tasks.weigh.name, (parcel,))  # E: task-json-arg
