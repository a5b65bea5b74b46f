"""A network call has no timeout.

## What it does
Reports calls of requests, `urllib`, `http.client`, `smtplib`, `ftplib` and `socket` that are given no `timeout`, or
`timeout=None`, and httpx calls and clients with an explicit `timeout=None` (httpx waits 5 seconds by default). The call
is found by the type of what is called, however it is reached: `self.session.get(url)` counts when `self.session` is a
`requests.Session`.

## Why is this bad?
None of these libraries but httpx has a default timeout. A peer that accepts the connection and never answers blocks the
worker process or the request thread until somebody restarts it.

## Example
```python
import requests

def fetch_rates(url: str) -> bytes:
    return requests.get(url).content
```

## Use instead
```python
import requests

def fetch_rates(url: str) -> bytes:
    return requests.get(url, timeout=30).content
```

## Limits
An opaque `**kwargs` is left alone; one whose type shows its keys (a dict literal, a `TypedDict`) is read. What has a
timeout from elsewhere is left:

- subclasses of `Session` that override `request` or `send`;
- sessions in and from a module that mounts an adapter with a `send` of its own, or puts a function or a `partial` in
  the place of `session.request`;
- `urllib`, `http.client`, `smtplib`, `ftplib` and `socket`, where a module that is imported, or the settings module,
  calls `socket.setdefaulttimeout` (requests takes no notice of it);
- a connection that is given its timeout later: `ftp.connect(host, timeout=5)`.

## Options
`http_calls`: full names of a project's own functions, methods or classes that take a `timeout` and must be given one.

## References
- requests, "Timeouts": https://requests.readthedocs.io/en/latest/user/quickstart/#timeouts
- httpx, "Timeouts": https://www.python-httpx.org/advanced/timeouts/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.nodes import Expression, MemberExpr, TypeInfo
from mypy.types import Instance, NoneType

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.timeouts import Default, has_default, is_plain_session, is_timed_later
from mypy_deckrules.names import HTTP_FUNCTIONS, HTTP_METHODS, HTTPX_CLIENTS, REQUESTS_SESSION

CONNECTIONS: Final = frozenset(
    {
        "http.client.HTTPConnection",
        "http.client.HTTPSConnection",
        "smtplib.SMTP",
        "smtplib.SMTP_SSL",
        "ftplib.FTP",
        "ftplib.FTP_TLS",
    }
)
"""Classes of the standard library whose instances hold the timeout, and may connect later."""

FUNCTIONS: Final = HTTP_FUNCTIONS | HTTPX_CLIENTS | CONNECTIONS | {"socket.create_connection"}
METHODS: Final = HTTP_METHODS


def configured_names(options: Options) -> tuple[str, ...]:
    """Full names of further functions and methods that the options put under the rule."""
    return options.http_calls


def check_call(call: Call) -> Iterator[Finding]:
    definer, callee = call.defined_in(), call.fullname
    if definer is not None:
        callee = definer.fullname if call.receiver is None else f"{definer.fullname}.{call.name}"
        if _sets_its_own_default(call, definer, callee):
            return
    timeout = call.argument("timeout")
    if timeout is None:
        opaque = any(argument.is_opaque for argument in call.arguments)
        if not opaque and not _has_timeout_from_elsewhere(call, callee):
            yield Finding(call.node, f'"{_shown(callee)}" has no timeout and can wait forever; pass timeout=<seconds>')
    elif not timeout.is_unpacked and _is_none(call, timeout.expr):
        yield Finding(
            timeout.expr, f'"{_shown(callee)}" gets timeout=None and can wait forever; pass timeout=<seconds>'
        )


def _is_none(call: Call, expr: Expression) -> bool:
    """Whether a timeout is None; not an attribute that is None here (``self.timeout``): another may stand in for it."""
    return isinstance(call.type_of(expr), NoneType) and not isinstance(expr, MemberExpr)


def _sets_its_own_default(call: Call, definer: TypeInfo, callee: str) -> bool:
    known = FUNCTIONS | METHODS.get(call.name, frozenset())
    if definer.fullname not in known and callee not in call.options.http_calls:
        return True
    if definer.fullname != REQUESTS_SESSION or not isinstance(call.receiver, Instance):
        return False
    session = call.receiver.type
    return any(session.get_containing_type_info(name) is not definer for name in ("request", "send"))


def _has_timeout_from_elsewhere(call: Call, callee: str) -> bool:
    """Whether a call without a ``timeout`` has one all the same."""
    library = callee.partition(".")[0]
    if callee in call.options.http_calls or library == "httpx":  # httpx: 5 seconds by default
        return library == "httpx"
    if library == "requests":
        classes = call.receiver.type.mro if isinstance(call.receiver, Instance) else []
        modules = [info.module_name for info in classes]
        return has_default(call.api, Default.REQUESTS) or (
            has_default(call.api, Default.SESSIONS, modules) and bool(classes) and not is_plain_session(call)
        )
    settings = [call.options.settings_module] if call.options.settings_module is not None else []
    if has_default(call.api, Default.SOCKETS, settings):
        return True
    connects_later = callee.startswith("http.") or call.argument("host") is None
    return callee in CONNECTIONS and connects_later and is_timed_later(call.api.tree, call.node)


def _shown(callee: str) -> str:
    """The name that a user would import: ``requests.get`` for ``requests.api.get``."""
    parts = callee.split(".")
    private = {"requests": ("api", "sessions"), "httpx": ("_api", "_client")}.get(parts[0], ())
    return ".".join(part for part in parts if part not in private)
