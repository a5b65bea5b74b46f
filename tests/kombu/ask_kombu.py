"""Encode and decode values of every type, by the Kombu that is on the path; prints what came of it as JSON.

``{"kombu": "5.7.0", "silent": [...], "outcomes": {"json": {"set[int]": {"values": 9, "refused": 9, "changed": 0}}}}``
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from enum import Enum
from typing import Any

import kombu
import kombu.utils.json
from celery.canvas import Signature
from django.utils.functional import Promise
from hypothesis import HealthCheck, given, settings
from kombu.serialization import dumps, registry

from tests.kombu import zoo
from tests.kombu.cases import SILENT, Strategy, strategies

EXAMPLES = 12
LEFT = (Promise, Signature, zoo.Registered, zoo.Hooked, zoo.DataWithHook)
"""What turns itself into something else."""


def values_of(strategy: Strategy) -> list[Any]:
    values: list[Any] = []

    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def make(value: Any) -> None:
        values.append(value)

    make()
    return values


def is_same(sent: Any, got: Any) -> bool:
    """Whether a value arrived as what it was; plain subclasses of text and numbers may arrive as those."""
    if isinstance(sent, LEFT):
        return True
    if isinstance(sent, str | int | float) and not isinstance(sent, Enum):
        return bool(sent == got)
    if type(sent) is not type(got):
        return False
    if isinstance(sent, dict):
        keys = {key: key for key in got}
        return sent.keys() == keys.keys() and all(
            is_same(key, keys[key]) and is_same(value, got[key]) for key, value in sent.items()
        )
    if isinstance(sent, list | tuple):
        return len(sent) == len(got) and all(map(is_same, sent, got))
    return bool(sent == got)


def sent_by(serializer: str, value: Any) -> Any:
    """The value as a worker gets it; raises what Kombu raises."""
    content_type, _, payload = dumps(value, serializer)
    return registry._decoders[content_type](payload)


def outcome(serializer: str, values: list[Any]) -> Counter[str]:
    counts = Counter(values=len(values), refused=0, changed=0)
    for value in values:
        try:
            got = sent_by(serializer, value)
        except Exception:
            counts["refused"] += 1
        else:
            counts["changed"] += not is_same(value, got)
    return counts


def main(serializers: list[str]) -> None:
    if hasattr(kombu.utils.json, "register_type"):
        kombu.utils.json.register_type(zoo.Registered, "registered", lambda _: "", lambda _: zoo.Registered())
    made = {typ: values_of(strategy) for typ, strategy in strategies().items()}
    results = {name: {typ: outcome(name, values) for typ, values in made.items()} for name in serializers}
    print(json.dumps({"kombu": kombu.__version__, "silent": list(SILENT), "outcomes": results}))


if __name__ == "__main__":
    main(sys.argv[1:])
