from collections.abc import Callable, Collection, Iterable
from queue import Queue
from typing import Any, Generic

from celery import Celery
from celery.app.task import Task
from celery.canvas import Signature
from celery.result import AsyncResult, EagerResult
from celery.worker.consumer import Consumer
from celery.worker.request import Request
from typing_extensions import ParamSpec, Self, TypeVar

__all__ = ["Batches"]

_T = TypeVar("_T")
_P = ParamSpec("_P", default=...)
_R_co = TypeVar("_R_co", covariant=True, default=Any)

def consume_queue(queue: Queue[_T]) -> Iterable[_T]: ...

# Those for which the predicate is false, and those for which it is true.
def partition(predicate: Callable[[_T], bool], iterable: Iterable[_T]) -> tuple[Iterable[_T], Iterable[_T]]: ...

class SimpleRequest:
    id: str
    name: str
    args: tuple[Any, ...]
    kwargs: dict[Any, Any]
    delivery_info: dict[str, Any]
    hostname: str
    ignore_result: bool
    reply_to: str | None
    correlation_id: str | None
    request_dict: dict[str, Any] | None
    chord: None
    def __init__(
        self,
        id: str,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[Any, Any],
        delivery_info: dict[str, Any],
        hostname: str,
        ignore_result: bool,
        reply_to: str | None,
        correlation_id: str | None,
        request_dict: dict[str, Any] | None,
    ) -> None: ...
    @classmethod
    def from_request(cls, request: Request) -> Self: ...

# _P is what a call may send, not what the function takes: the worker collects the calls and hands the function one
# list of requests. _R_co is what the function returns for a batch; the result of a call is what the function stores
# for its request with app.backend.mark_as_done, so it can be anything.
class Batches(Task[..., _R_co], Generic[_P, _R_co]):
    flush_every: int
    flush_interval: float
    def __init__(self) -> None: ...
    def run(self, requests: list[SimpleRequest], /) -> _R_co: ...
    def __call__(self, requests: list[SimpleRequest], /) -> _R_co: ...
    def delay(self, *args: _P.args, **kwargs: _P.kwargs) -> AsyncResult[Any]: ...
    def si(self, *args: _P.args, **kwargs: _P.kwargs) -> Signature[Any]: ...
    def Strategy(  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        self, task: Batches[..., Any], app: Celery[Any], consumer: Consumer
    ) -> Callable[..., None]: ...
    # Runs a batch of this one request.
    def apply(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        args: tuple[Any, ...] | list[Any] | None = None,
        kwargs: dict[str, Any] | None = None,
        *_args: Any,
        **options: Any,
    ) -> EagerResult[_R_co]: ...
    def flush(self, requests: Collection[Request]) -> Any: ...
