import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import assert_type
from uuid import UUID
from zoneinfo import ZoneInfo

from celery import schedules
from django_celery_beat.clockedschedule import clocked
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    PeriodicTasks,
    SolarSchedule,
)
from django_celery_beat.querysets import PeriodicTaskQuerySet
from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry

from shop.models import Order, Report

every, made = IntervalSchedule.objects.get_or_create(every=10, period=IntervalSchedule.SECONDS)
assert_type(every, IntervalSchedule)
assert_type(every.every, int)
assert_type(every.schedule, schedules.schedule)
assert_type(every.get_period_display(), str)
assert_type(every.periodictask_set.first(), PeriodicTask | None)
crontab = CrontabSchedule.objects.create(minute="30", timezone=ZoneInfo("UTC"))
assert_type(crontab.timezone, ZoneInfo)
assert_type(crontab.human_readable, str)
assert_type(CrontabSchedule.from_schedule(schedules.crontab()), CrontabSchedule)
assert_type(ClockedSchedule.from_schedule(clocked(datetime.now())).clocked_time, datetime)
assert_type(SolarSchedule.objects.get(pk=1).latitude, Decimal)

task = PeriodicTask.objects.create(name="ship", task="shop.tasks.ship", interval=every, args=json.dumps([1]))
assert_type(task, PeriodicTask)
assert_type(task.id, int)
assert_type(task.args, str)
assert_type(task.queue, str | None)
assert_type(task.interval, IntervalSchedule | None)
assert_type(task.interval_id, int | None)
assert_type(task.crontab, CrontabSchedule | None)
assert_type(task.expires, datetime | None)
assert_type(task.priority, int | None)
assert_type(task.enabled, bool)
assert_type(task.schedule, schedules.BaseSchedule)
task.enabled = False
task.args = "[2]"
task.queue = None
task.crontab = crontab
task.save(update_fields=["args"])
PeriodicTask(name="ship", task="shop.tasks.ship", kwargs="{}", crontab=crontab, one_off=True, expires=datetime.now())
Report(name="month", recipients="all")

assert_type(PeriodicTask.objects.all(), PeriodicTaskQuerySet)
assert_type(PeriodicTask.objects.filter(enabled=True).enabled().order_by("name").first(), PeriodicTask | None)
assert_type(PeriodicTask.objects.enabled().exclude(name="ship").count(), int)
assert_type(PeriodicTask.objects.select_related("interval").get(pk=1), PeriodicTask)
assert_type(PeriodicTask.objects.filter(pk=1).update(args="[]", enabled=True), int)
assert_type(
    PeriodicTask.objects.update_or_create(name="ship", defaults={"args": "[1]", "interval": every}),
    tuple[PeriodicTask, bool],
)
for row in PeriodicTask.objects.filter(task__startswith="shop."):
    assert_type(row, PeriodicTask)
assert_type(PeriodicTasks.last_change(), datetime | None)
PeriodicTasks.update_changed()


async def later() -> None:
    assert_type(await PeriodicTask.objects.acreate(name="ship"), PeriodicTask)
    assert_type(await PeriodicTask.objects.aget_or_create(name="ship"), tuple[PeriodicTask, bool])


entry = ModelEntry.from_entry(
    "ship",
    schedule=schedules.crontab(),
    task="shop.tasks.ship",
    args=[1, {"at": datetime.now(), "on": date.today(), "price": Decimal(1)}, UUID(int=1), b"raw"],
    kwargs={"ids": [1, 2]},
)
assert_type(entry, ModelEntry)
assert_type(entry.model, PeriodicTask)


def beat(scheduler: DatabaseScheduler) -> None:
    assert_type(scheduler.enabled_models(), list[PeriodicTask])
    assert_type(scheduler.all_as_schedule(), dict[str, ModelEntry])


async def refused(order: Order) -> None:
    PeriodicTask(name="ship", args=[order])  # E
    PeriodicTask(name="ship", args=order)  # E
    PeriodicTask(name="ship", kwargs={"order": order})  # E
    PeriodicTask(name="ship", interval=order)  # E
    PeriodicTask.objects.create(name="ship", args=[order.pk])  # E
    PeriodicTask.objects.create(name="ship", kwargs={"order": order})  # E
    PeriodicTask.objects.create(name="ship", crontab="* * * * *")  # E
    PeriodicTask.objects.filter(pk=1).create(name="ship", args=(order,))  # E
    PeriodicTask.objects.get_or_create(name="ship", kwargs={"order": order})  # E
    PeriodicTask.objects.update_or_create(name="ship", args=[order])  # E
    PeriodicTask.objects.filter(pk=1).update(args=[order])  # E
    PeriodicTask.objects.update(headers={"order": order})  # E
    await PeriodicTask.objects.acreate(name="ship", args=[order])  # E
    await PeriodicTask.objects.filter(pk=1).aupdate(kwargs={"order": order})  # E
    Report(name="month", args=[order])  # E
    task.args = [order]  # E
    task.kwargs = {"order": order}  # E
    task.interval = order  # E
    task.enabled = "yes"  # E
    ModelEntry.from_entry("ship", schedule=schedules.crontab(), task="shop.tasks.ship", args=[order])  # E
    ModelEntry.from_entry("ship", schedule=schedules.crontab(), kwargs={"order": [order]})  # E
    ModelEntry.from_entry("ship", schedule=schedules.crontab(), kwargs={"after": timedelta(1)})  # E
    IntervalSchedule.from_schedule(schedules.crontab())  # E
    PeriodicTask.objects.active()  # E
    every.perod  # E
