"""What each of Kombu's serializers does with a value, by the value's class.

``kombu/serialization.py`` registers them: ``kombu.utils.json.dumps``, ``yaml.safe_dump`` (PyYAML 6),
``msgpack.packb(use_bin_type=True)`` (msgpack 1) and ``pickle.dumps``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Final

from mypy.nodes import TypeInfo

from mypy_deckrules import names

NONE: Final = "None"
"""Stands for ``None`` among the classes that can be keys."""


class Shape(Enum):
    """What a value is made of, for the one who sends it."""

    SCALAR = auto()
    ITEMS = auto()
    KEYS = auto()
    """Items that must be as good as a dict's keys: where they arrive, they are hashed."""
    KEYS_AND_VALUES = auto()
    OWN = auto()
    """Code of its own turns it into something else."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """The class in a value's MRO that decides how the value travels."""

    base: TypeInfo
    shape: Shape


ABSTRACT: Final[Mapping[str, Shape]] = {
    "typing.Iterable": Shape.ITEMS,
    "typing.Collection": Shape.ITEMS,
    "typing.Reversible": Shape.ITEMS,
    "typing.Sequence": Shape.ITEMS,
    "typing.MutableSequence": Shape.ITEMS,
    "typing.Mapping": Shape.KEYS_AND_VALUES,
    "typing.MutableMapping": Shape.KEYS_AND_VALUES,
}
"""What a list or a dict may be declared as. A class that derives from them (``range``, ``UserDict``) is neither."""

ABSTRACT_SETS: Final[Mapping[str, Shape]] = {"typing.AbstractSet": Shape.KEYS, "typing.MutableSet": Shape.KEYS}

MORE_GENERAL: Final = frozenset(
    {
        "builtins.object",
        "numbers.Number",
        "numbers.Complex",
        "numbers.Real",
        "numbers.Rational",
        "numbers.Integral",
        "typing.ByteString",
        # numpy.float64 is a float, numpy.str_ a str; older stubs do not say so.
        "numpy.generic",
        "numpy.number",
        "numpy.inexact",
        "numpy.floating",
        "numpy.flexible",
        "numpy.character",
    }
)
"""Classes, no protocols, that stand above one that can be encoded."""

NO_DATA: Final = frozenset(
    {
        "__call__",
        "__next__",
        "__anext__",
        "__await__",
        "__aiter__",
        "__enter__",
        "__aenter__",
        "__fspath__",
    }
)
"""What a protocol asks of callables, iterators, paths and the like, and what no value that can be encoded has."""

PICKLE_HOOKS: Final = frozenset({"__reduce__", "__reduce_ex__", "__getstate__"})


@dataclass(frozen=True, slots=True)
class Encoding:
    """One serializer.

    Attributes:
        label: how a message names it.
        native: the classes that it encodes as they are.
        adapted: the classes that it turns into something else first, where no native one is in the MRO.
        hook: the method by which a class may do so itself; it goes before ``adapted``.
        abstract: the abstract collections that a native one may be declared as.
        keys: the native classes that can be keys; None where any can.
        text_keys: those of ``keys`` that arrive as ``str``.
        exact: whether it refuses subclasses of what it encodes.
        arrives: what values arrive as, by the class that carries them, where that is another class.
        refused: what it cannot carry; None where that is every class that nothing above names.
    """

    label: str
    native: Mapping[str, Shape]
    adapted: Mapping[str, Shape] = field(default_factory=dict)
    hook: str | None = None
    abstract: Mapping[str, Shape] = field(default_factory=lambda: ABSTRACT)
    keys: frozenset[str] | None = None
    text_keys: frozenset[str] = frozenset()
    exact: bool = False
    arrives: Mapping[str, str] = field(default_factory=dict)
    refused: frozenset[str] | None = None

    def carrier(self, info: TypeInfo) -> Carrier | None:
        """How values of a class travel; None where it is not known to be encoded."""
        if info.fullname in self.abstract:
            return Carrier(info, self.abstract[info.fullname])
        candidates = info.mro[:1] if self.exact else info.mro
        for base in candidates:
            if base.fullname in self.native:
                return Carrier(base, self.native[base.fullname])
        if self.hook is not None and info.get(self.hook) is not None:
            return Carrier(info, Shape.OWN)
        for base in candidates:
            if base.fullname in self.adapted:
                return Carrier(base, self.adapted[base.fullname])
        return None

    def refuses(self, info: TypeInfo) -> bool:
        """Whether no value of a class without a carrier can travel."""
        if self.refused is None:
            if info.is_protocol:
                return not NO_DATA.isdisjoint(info.protocol_members)
            return info.fullname not in MORE_GENERAL
        for base in info.mro:
            if base.fullname in self.refused:
                return True
            if not PICKLE_HOOKS.isdisjoint(base.names):
                return False
        return False

    def can_be_key(self, base: str) -> bool:
        """Whether what a class carries can be a dict's key."""
        return self.keys is None or base in self.keys or base in self.abstract


@cache
def encoding_of(serializer: str, kombu: tuple[int, int], registered: frozenset[str]) -> Encoding | None:
    """The encoding of a serializer of Kombu's, None for one that somebody else registered."""
    if serializer == "json":
        return _json(kombu, registered)
    return {"yaml": YAML, "msgpack": MSGPACK, "pickle": PICKLE}.get(serializer)


DATES: Final = ("datetime.datetime", "datetime.date", "datetime.time")
LAZY_TEXT: Final = "django.utils.functional.Promise"


def _json(kombu: tuple[int, int], registered: frozenset[str]) -> Encoding:
    """``kombu.utils.json``. Before Kombu 5.3 it wrote dates, decimals and UUIDs as text, and refused bytes."""
    keeps_types = kombu >= (5, 3)
    adapted = dict.fromkeys((*DATES, "decimal.Decimal", "uuid.UUID"), Shape.SCALAR)
    arrives = {} if keeps_types else dict.fromkeys(adapted, "a str")
    if keeps_types:
        adapted |= {"builtins.bytes": Shape.SCALAR}
    return Encoding(
        label="JSON",
        native={
            "builtins.str": Shape.SCALAR,
            "builtins.int": Shape.SCALAR,
            "builtins.float": Shape.SCALAR,
            "builtins.list": Shape.ITEMS,
            "builtins.tuple": Shape.ITEMS,
            "builtins.dict": Shape.KEYS_AND_VALUES,
            names.SIGNATURE: Shape.OWN,
        },
        hook="__json__",
        adapted={LAZY_TEXT: Shape.OWN, **adapted, **dict.fromkeys(registered, Shape.OWN)},
        keys=frozenset({"builtins.str", "builtins.int", "builtins.float", NONE}),
        text_keys=frozenset({"builtins.int", "builtins.float", NONE}),
        arrives={"builtins.tuple": "a list", **arrives},
    )


YAML: Final = Encoding(
    label="YAML",
    native={
        "builtins.str": Shape.SCALAR,
        "builtins.bool": Shape.SCALAR,
        "builtins.int": Shape.SCALAR,
        "builtins.float": Shape.SCALAR,
        "builtins.bytes": Shape.SCALAR,
        "datetime.datetime": Shape.SCALAR,
        "datetime.date": Shape.SCALAR,
        "builtins.list": Shape.ITEMS,
        "builtins.tuple": Shape.ITEMS,
        "builtins.set": Shape.KEYS,
        "builtins.dict": Shape.KEYS_AND_VALUES,
    },
    abstract={**ABSTRACT, **ABSTRACT_SETS},
    keys=frozenset(
        {
            "builtins.str",
            "builtins.bool",
            "builtins.int",
            "builtins.float",
            "builtins.bytes",
            "datetime.datetime",
            "datetime.date",
            NONE,
        }
    ),
    exact=True,
    arrives={"builtins.tuple": "a list"},
)

MSGPACK: Final = Encoding(
    label="msgpack",
    native={
        "builtins.str": Shape.SCALAR,
        "builtins.int": Shape.SCALAR,
        "builtins.float": Shape.SCALAR,
        "builtins.bytes": Shape.SCALAR,
        "builtins.bytearray": Shape.SCALAR,
        "builtins.memoryview": Shape.SCALAR,
        "builtins.list": Shape.ITEMS,
        "builtins.tuple": Shape.ITEMS,
        "builtins.dict": Shape.KEYS_AND_VALUES,
        names.SIGNATURE: Shape.OWN,
    },
    keys=frozenset({"builtins.str", "builtins.bytes"}),
    arrives={"builtins.tuple": "a list", "builtins.bytearray": "bytes", "builtins.memoryview": "bytes"},
)

PICKLE: Final = Encoding(
    label="pickle",
    native={
        "builtins.list": Shape.ITEMS,
        "builtins.tuple": Shape.ITEMS,
        "builtins.set": Shape.ITEMS,
        "builtins.frozenset": Shape.ITEMS,
        "collections.deque": Shape.ITEMS,
        "builtins.dict": Shape.KEYS_AND_VALUES,
    },
    abstract={**ABSTRACT, **ABSTRACT_SETS},
    refused=frozenset(
        {
            "_asyncio.Future",
            "_collections_abc.dict_items",
            "_collections_abc.dict_keys",
            "_collections_abc.dict_values",
            "_contextvars.Context",
            "_contextvars.ContextVar",
            "_io.BufferedRandom",
            "_io.BufferedReader",
            "_io.BufferedWriter",
            "_io.FileIO",
            "_io.TextIOWrapper",
            "_queue.SimpleQueue",
            "_socket.socket",
            "_ssl._SSLContext",
            "_thread.LockType",
            "_thread.RLock",
            "_thread._local",
            "_thread.lock",
            "builtins.memoryview",
            "concurrent.futures._base.Executor",
            "concurrent.futures._base.Future",
            "mmap.mmap",
            "queue.Queue",
            "sqlite3.Connection",
            "sqlite3.Cursor",
            "subprocess.Popen",
            "threading.Barrier",
            "threading.Condition",
            "threading.Event",
            "threading.Semaphore",
            "threading.Thread",
            "threading._RLock",
            "types.AsyncGeneratorType",
            "types.CellType",
            "types.CodeType",
            "types.CoroutineType",
            "types.FrameType",
            "types.GeneratorType",
            "types.MappingProxyType",
            "types.ModuleType",
            "types.TracebackType",
            "typing.AsyncGenerator",
            "typing.Coroutine",
            "typing.Generator",
            "weakref.ReferenceType",
        }
    ),
)
"""Nearly everything can be pickled; named is what surely cannot: what runs, is open, locked or a view of another."""
