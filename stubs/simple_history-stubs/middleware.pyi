from collections.abc import Awaitable, Callable
from typing import Any, overload

from django.http import HttpRequest
from django.http.response import HttpResponseBase

@overload
def HistoryRequestMiddleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]: ...
@overload
def HistoryRequestMiddleware(
    get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], Any]: ...
