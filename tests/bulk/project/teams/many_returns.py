# select: task-json-arg, task-model-arg
"""Functions that call themselves in many places and assign a variable many times are read once, not along each path."""

from celery import Celery


def application(obj):
    app = Celery("many")
    if obj == 0:
        return application(obj.a0)
    if obj == 1:
        return application(obj.a1)
    if obj == 2:
        return application(obj.a2)
    if obj == 3:
        return application(obj.a3)
    if obj == 4:
        return application(obj.a4)
    if obj == 5:
        return application(obj.a5)
    if obj == 6:
        return application(obj.a6)
    if obj == 7:
        return application(obj.a7)
    if obj == 8:
        return application(obj.a8)
    if obj == 9:
        return application(obj.a9)
    if obj == 10:
        return application(obj.a10)
    if obj == 11:
        return application(obj.a11)
    return app


def text(value, other):
    value = value.replace("0", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("1", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("2", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("3", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("4", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("5", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("6", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("7", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("8", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("9", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("10", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("11", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("12", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("13", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("14", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("15", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("16", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("17", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("18", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("19", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("20", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("21", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("22", other) if other else other.join(value)
    other = other or value.strip()
    value = value.replace("23", other) if other else other.join(value)
    other = other or value.strip()
    return value


def first(obj):
    if obj == 0:
        return second(obj) or application(obj)
    if obj == 1:
        return second(obj) or application(obj)
    if obj == 2:
        return second(obj) or application(obj)
    if obj == 3:
        return second(obj) or application(obj)
    if obj == 4:
        return second(obj) or application(obj)
    if obj == 5:
        return second(obj) or application(obj)
    if obj == 6:
        return second(obj) or application(obj)
    if obj == 7:
        return second(obj) or application(obj)
    return None


def second(obj):
    if obj == 0:
        return first(obj.next) or second(obj.a0)
    if obj == 1:
        return first(obj.next) or second(obj.a1)
    if obj == 2:
        return first(obj.next) or second(obj.a2)
    if obj == 3:
        return first(obj.next) or second(obj.a3)
    if obj == 4:
        return first(obj.next) or second(obj.a4)
    if obj == 5:
        return first(obj.next) or second(obj.a5)
    if obj == 6:
        return first(obj.next) or second(obj.a6)
    if obj == 7:
        return first(obj.next) or second(obj.a7)
    return None


app = application(None)
text("a", "b")
first("a")


@app.task
def ship(pk: int, tags: object = None) -> None: ...


ship.delay(1, {"a"})  # E: task-json-arg
