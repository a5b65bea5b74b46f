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
An opaque `**kwargs` is left alone; one whose type shows its keys (a dict literal, a `TypedDict`) is read. Subclasses of
`Session` that override `request` or `send` are left, as are modules that mount an adapter with a `send` of its own, or
give a session another `request` (`session.request = partial(session.request, timeout=30)`): these are the usual ways to
set a default.

## Options
`http_calls`: full names of a project's own functions or methods that take a `timeout` and must be given one.

## References
- requests, "Timeouts": https://requests.readthedocs.io/en/latest/user/quickstart/#timeouts
- httpx, "Timeouts": https://www.python-httpx.org/advanced/timeouts/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.nodes import TypeInfo
from mypy.types import Instance, NoneType

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.names import HTTP_FUNCTIONS, HTTP_METHODS, HTTPX_CLIENTS, REQUESTS_SESSION

HTTP_ADAPTER: Final = "requests.adapters.HTTPAdapter"

FUNCTIONS: Final = HTTP_FUNCTIONS | {
    *HTTPX_CLIENTS,
    "http.client.HTTPConnection",
    "http.client.HTTPSConnection",
    "smtplib.SMTP",
    "smtplib.SMTP_SSL",
    "ftplib.FTP",
    "ftplib.FTP_TLS",
    "socket.create_connection",
}
METHODS: Final = HTTP_METHODS


def configured_names(options: Options) -> tuple[str, ...]:
    """Full names of further functions and methods that the options put under the rule."""
    return options.http_calls


def check_call(call: Call) -> Iterator[Finding]:
    definer = call.defined_in()
    if definer is not None and _sets_its_own_default(call, definer):
        return
    callee = call.fullname
    if definer is not None:
        callee = definer.fullname if call.receiver is None else f"{definer.fullname}.{call.name}"
    timeout = call.argument("timeout")
    if timeout is None:
        opaque = any(argument.is_opaque for argument in call.arguments)
        if not opaque and not callee.startswith("httpx."):
            yield Finding(call.node, f'"{_shown(callee)}" has no timeout and can wait forever; pass timeout=<seconds>')
    elif not timeout.is_unpacked and isinstance(call.type_of(timeout.expr), NoneType):
        yield Finding(
            timeout.expr, f'"{_shown(callee)}" gets timeout=None and can wait forever; pass timeout=<seconds>'
        )


def _sets_its_own_default(call: Call, definer: TypeInfo) -> bool:
    known = FUNCTIONS | METHODS.get(call.name, frozenset())
    if definer.fullname not in known and f"{definer.fullname}.{call.name}" not in call.options.http_calls:
        return True
    if definer.fullname != REQUESTS_SESSION or not isinstance(call.receiver, Instance):
        return False
    session = call.receiver.type
    return any(session.get_containing_type_info(name) is not definer for name in ("request", "send")) or (
        _has_another_way_to_send(call)
    )


def _has_another_way_to_send(call: Call) -> bool:
    """Whether the module mounts an adapter of its own, or gives a session a ``partial`` of its ``request``."""
    for node in walk(call.api.tree):
        match node:
            case nodes.AssignmentStmt(
                lvalues=[nodes.MemberExpr(name="request" | "send")],
                rvalue=nodes.CallExpr(callee=nodes.RefExpr(fullname=names.PARTIAL)),
            ):
                return True
            case nodes.CallExpr(callee=nodes.MemberExpr(name="mount"), args=[_, adapter]):
                made = _class_of(adapter)
                sender = made.get_containing_type_info("send") if made and made.has_base(HTTP_ADAPTER) else None
                if sender is not None and sender.fullname != HTTP_ADAPTER:
                    return True
    return False


def _class_of(expr: nodes.Expression) -> TypeInfo | None:
    """The class of ``Adapter(...)``, or of a name bound to one: other functions' types are not known yet."""
    match expr:
        case nodes.CallExpr(callee=nodes.RefExpr(node=TypeInfo() as info)):
            return info
        case nodes.RefExpr(node=nodes.Var(type=Instance(type=info))):
            return info
        case _:
            return None


def _shown(callee: str) -> str:
    """The name that a user would import: ``requests.get`` for ``requests.api.get``."""
    parts = callee.split(".")
    private = {"requests": ("api", "sessions"), "httpx": ("_api", "_client")}.get(parts[0], ())
    return ".".join(part for part in parts if part not in private)
