import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, ClassVar, Protocol, SupportsIndex, TypeAlias, type_check_only

from typing_extensions import TypeVar

_T_co = TypeVar("_T_co", covariant=True)
_K_co = TypeVar("_K_co", covariant=True)

# A list or a tuple, and neither bytes nor range nor deque, which differ in the parameter of __contains__ or __mul__.
@type_check_only
class _Array(Protocol[_T_co]):
    def __contains__(self, item: object, /) -> bool: ...
    def __mul__(self, times: SupportsIndex, /) -> Sequence[_T_co]: ...

@type_check_only
class _Object(Protocol[_K_co, _T_co]):
    def items(self) -> AbstractSet[tuple[_K_co, _T_co]]: ...

# The values of a TypedDict are all object to a protocol, so it is known by its class attribute. ty and pyrefly do not
# see that one: there a TypedDict is refused.
@type_check_only
class _TypedDict(Protocol):
    __required_keys__: ClassVar[frozenset[str]]

# What RedBeatJSONEncoder writes into Redis and Kombu can send afterwards: plain JSON and datetimes. Kombu's encoder has
# no part in the writing, so a date, a Decimal and a UUID are refused.
_Stored: TypeAlias = (
    bool
    | int
    | float
    | str
    | datetime
    | _Array[_Stored]
    | _Object[str | int | float | bool | None, _Stored]
    | _TypedDict
    | None
)
_StoredArgs: TypeAlias = _Array[_Stored]
_StoredKwargs: TypeAlias = _Object[str, _Stored] | _TypedDict

def to_timestamp(dt: datetime) -> int: ...
def get_utcoffset_minutes(dt: datetime) -> float: ...
def from_timestamp(seconds: float, tz_minutes: float = 0) -> datetime: ...

class RedBeatJSONDecoder(json.JSONDecoder):
    # What json.JSONDecoder takes, but object_hook.
    def __init__(self, *args: Any, **kargs: Any) -> None: ...
    def dict_to_object(self, d: dict[str, Any]) -> Any: ...

class RedBeatJSONEncoder(json.JSONEncoder):
    def default(self, obj: Any) -> Any: ...  # pyright: ignore[reportIncompatibleMethodOverride]
