from typing import Any, assert_type

from celery import Celery, shared_task
from celery.result import AsyncResult
from celery_batches import Batches, SimpleRequest

app = Celery("shop")


@shared_task(base=Batches, flush_every=100, flush_interval=10)
def count_clicks(requests: list[SimpleRequest]) -> int:
    for request in requests:
        assert_type(request.id, str)
        assert_type(request.args, tuple[Any, ...])
        assert_type(request.reply_to, str | None)
        app.backend.mark_as_done(request.id, len(request.args))
    return len(requests)


# A call sends what it likes; the function gets the requests of many calls.
count_clicks_task: Batches[..., Any] = count_clicks
assert_type(count_clicks.delay(url="/"), AsyncResult[Any])
count_clicks([])


class Clicks(Batches[[str], int]):
    flush_every = 50
    flush_interval = 0.5

    def run(self, requests: list[SimpleRequest]) -> int:
        return len(requests)


clicks = Clicks()
assert_type(clicks.delay("/"), AsyncResult[Any])
assert_type(clicks([]), int)
assert_type(clicks.run([]), int)
assert_type(clicks.apply(("/",)).get(), int)


def refused(request: SimpleRequest) -> None:
    count_clicks.dealy(1)  # E
    clicks.delay(1)  # E
    clicks.delay()  # E
    clicks("/")  # E
    count_clicks("/")  # E
    request.argss  # E
    clicks.flush_every = "often"  # E
